import Foundation
import Testing

/// A folder of `Tests/Cases/dirty`: tables, rows that violate them, policies, and what a restore makes of it.
///
/// `schema.sql` and `dirt.sql` are for both engines; `schema.postgresql.sql` and the like for one. An engine
/// without either is not meant. `policies` holds one policy a line as `--policy` takes it; `repair.sql` is run in the
/// restored database before what was set aside is returned. `expected` is what both engines come to, unless there
/// is an `expected.sqlite`.
package struct DirtyCase: Sendable, CustomTestStringConvertible {
  package enum Engine: String, CaseIterable, Sendable {
    case postgresql, sqlite
  }

  package let name: String
  package let engine: Engine

  package var testDescription: String { "\(name) (\(engine.rawValue))" }

  /// All cases, for each engine they are meant for.
  package static var all: [DirtyCase] {
    let folder = Repository.path("Tests/Cases/dirty")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().flatMap { name in
      Engine.allCases.map { DirtyCase(name: name, engine: $0) }.filter { $0.file("schema", "sql") != nil }
    }
  }

  package var schema: String { text("schema", "sql") }
  package var dirt: String { text("dirt", "sql") }
  package var repair: String? {
    file("repair", "sql").flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
  }
  package var policies: [String] {
    text("policies", nil).split(separator: "\n").map(String.init)
  }
  package var expectedPath: String {
    let own = path("expected.\(engine.rawValue)")
    return FileManager.default.fileExists(atPath: own) ? own : path("expected")
  }

  private func text(_ stem: String, _ ending: String?) -> String {
    file(stem, ending).flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? ""
  }

  private func file(_ stem: String, _ ending: String?) -> String? {
    let end = ending.map { ".\($0)" } ?? ""
    return ["\(stem).\(engine.rawValue)\(end)", "\(stem)\(end)"].map(path)
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private func path(_ file: String) -> String { Repository.path("Tests/Cases/dirty/\(name)/\(file)") }
}
