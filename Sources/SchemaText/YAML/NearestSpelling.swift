/// The known word that somebody most likely meant.
enum NearestSpelling {
  /// The nearest word; `nil` when none is near enough to be worth a suggestion.
  static func of(_ word: String, among known: [String]) -> String? {
    let typed = word.lowercased()
    let nearest = known.map { (word: $0, distance: distance(typed, $0.lowercased())) }.min { left, right in
      (left.distance, left.word) < (right.distance, right.word)
    }
    guard let nearest, nearest.distance <= max(1, nearest.word.count / 3) else { return nil }
    return nearest.word
  }

  /// How many letters must be put in, left out or replaced to turn one word into the other (Levenshtein).
  private static func distance(_ first: String, _ second: String) -> Int {
    let letters = Array(second)
    var row = Array(0...letters.count)
    for (line, letter) in first.enumerated() {
      var next = [line + 1]
      for (position, other) in letters.enumerated() {
        next.append(min(row[position] + (letter == other ? 0 : 1), row[position + 1] + 1, next[position] + 1))
      }
      row = next
    }
    return row[letters.count]
  }
}
