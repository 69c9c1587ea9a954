import FoundationEssentials

/// A folder in `Tests/Cases/drift`: two databases, and what is to be told of them.
///
/// `a.sql` and `b.sql` make them; `expected` holds the differences, one a line: `table public.t | unlogged`.
///
/// An empty `expected` is a control: nothing may be told.
package struct DriftCase: Sendable, CustomStringConvertible {
  /// The folder's name.
  package let name: String
  /// The statements of both databases.
  package let scripts: (first: String, second: String)
  /// The differences, as ``DriftCasesTests`` writes them.
  package let expected: [String]
  /// The kinds of what is seen in either database and cannot be compared, one a line of `not-compared`.
  package let notCompared: [String]
  /// Why `pg_dump` says something else, where it does; the text of `pg_dump-disagrees`.
  package let disagreement: String?
  /// Why the fingerprint is the same for both, where it is; the text of `not-fingerprinted`.
  package let whyNotFingerprinted: String?
  /// Why no statement can undo the difference in at least one direction, where none can; the text of `no-undo`.
  package let whyNotUndoable: String?
  /// What the server answers to the script that undoes it, where it refuses it here; the line of `undo-refused`.
  package let refusal: String?

  package var description: String { name }

  /// All cases, by name.
  package static func all() throws -> [DriftCase] {
    try FileManager.default.contentsOfDirectory(atPath: root).sorted().map { name in
      func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(name)/\(file)", encoding: .utf8)
      }
      return DriftCase(
        name: name, scripts: (try text("a.sql"), try text("b.sql")),
        expected: try text("expected").split(separator: "\n").map(String.init),
        notCompared: ((try? text("not-compared")) ?? "").split(separator: "\n").map(String.init),
        disagreement: try? text("pg_dump-disagrees"), whyNotFingerprinted: try? text("not-fingerprinted"),
        whyNotUndoable: try? text("no-undo"),
        refusal: (try? text("undo-refused"))?.split(separator: "\n").first.map(String.init))
    }
  }

  private static var root: String { Repository.path("Tests/Cases/drift") }
}
