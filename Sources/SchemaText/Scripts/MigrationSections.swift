/// The part of a migration that makes its change, where the file also holds the part that takes it back.
///
/// Understands the marks of dbmate (`-- migrate:up`), goose (`-- +goose Up`), sql-migrate (`-- +migrate Up`) and
/// MyBatis (`-- //@UNDO`).
package enum MigrationSections {
  /// The text with the lines of every other part emptied, so that all lines keep their numbers.
  package static func up(of text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let marks = lines.map(Self.mark)
    guard marks.contains(where: { $0 != nil }) else { return text }
    // What stands before the first mark of a direction belongs to none, but may be the whole change before an undo.
    var isUp = marks.compactMap(\.self).first == .down
    return zip(lines, marks).map { line, mark in
      if let mark { isUp = mark == .up }
      return isUp && mark == nil ? line : ""
    }.joined(separator: "\n")
  }

  private enum Direction { case up, down }

  private static func mark(_ line: Substring) -> Direction? {
    guard let dashes = line.firstRange(of: "--"), line[..<dashes.lowerBound].allSatisfy(\.isWhitespace) else {
      return nil
    }
    let words = line[dashes.upperBound...].lowercased().split(whereSeparator: \.isWhitespace)
    switch words.first {
    case "migrate:up": return .up
    case "migrate:down": return .down
    case "+goose" where words.dropFirst().first == "up", "+migrate" where words.dropFirst().first == "up":
      return .up
    case "+goose" where words.dropFirst().first == "down", "+migrate" where words.dropFirst().first == "down":
      return .down
    case "//@undo": return .down
    case _: return nil
    }
  }
}
