/// The comparison behind "did you mean".
enum Spelling {
  /// Returns the candidate at most two slips away (one for words of up to four letters); the first of equals.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let tolerance = word.filter { $0 != "-" }.count <= 4 ? 1 : 2
    let measured = candidates.map { (word: $0, distance: distance(word, $0)) }
    guard let best = measured.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= tolerance ? best.word : nil
  }

  /// Returns the number of letters to add, drop, change, or swap with their neighbour; O(n·m).
  ///
  /// The optimal string alignment distance, over three rows of its matrix.
  static func distance(_ first: String, _ second: String) -> Int {
    let (left, right) = (Array(first), Array(second))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let change = last[j] + (left[i] == right[j] ? 0 : 1)
        var cost = min(last[j + 1] + 1, row[j] + 1, change)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
