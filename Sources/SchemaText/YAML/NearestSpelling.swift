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

  /// How many letters must be put in, left out, replaced or swapped with their neighbour to turn one word into the
  /// other (Damerau and Levenshtein, each letter touched once).
  private static func distance(_ first: String, _ second: String) -> Int {
    let (one, other) = (Array(first), Array(second))
    var before: [Int] = []
    var row = Array(0...other.count)
    for line in one.indices {
      var next = [line + 1]
      for place in other.indices {
        var least = min(row[place] + (one[line] == other[place] ? 0 : 1), row[place + 1] + 1, next[place] + 1)
        if line > 0, place > 0, one[line] == other[place - 1], one[line - 1] == other[place] {
          least = min(least, before[place - 1] + 1)
        }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[other.count]
  }
}
