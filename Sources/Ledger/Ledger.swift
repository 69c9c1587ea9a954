import Engines
import Foundation
import SchemaModel
import SchemaText

/// What must outlive a run: a SQLite file beside the configuration.
///
/// Nothing is ever restored from it; a lost ledger loses history, not data.
package final class Ledger {
  let session: SQLiteConnection

  /// Opens the ledger, making it when it does not exist.
  ///
  /// - Parameter path: the SQLite file, such as `.plumb/ledger.db`; its folder is made when needed.
  package init(path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    } catch {
      throw EngineError(
        .permission, "cannot make the folder \(folder) for the ledger", detail: [error.localizedDescription],
        hint: "Set 'ledger' in plumb.yaml to a file you may write.")
    }
    do throws(EngineError) {
      session = try SQLiteConnection(opening: path, .create)
      try session.execute(Self.layout + Self.watchLayout)
    } catch {
      throw Self.explain(error, path)
    }
  }

  /// History is lost with a damaged ledger, and nothing else.
  private static func explain(_ error: EngineError, _ path: String) -> EngineError {
    var error = error
    if error.kind == .damaged {
      error.message = "the ledger \(path) is damaged"
      error.hint = "Move it away: the next drill or watch makes a new one, and only their history is lost."
    }
    return error
  }

  /// Adds a drill; records are never changed.
  package func add(_ drill: DrillRecord) throws {
    let record = try RecordDocument.text(of: drill, isPretty: false)
    let values = [drill.backup, RecordDocument.time(drill.startedAt), drill.verdict.rawValue, record]
      .map(SQLDialect.sqlite.literal)
    try session.execute(
      """
      INSERT INTO drill (backup, started_at, verdict, record)
      VALUES (\(values.joined(separator: ", ")))
      """)
  }

  /// All drills of a backup, oldest first.
  package func drills(ofBackup id: String) throws -> [DrillRecord] {
    try records("SELECT record FROM drill WHERE backup = \(SQLDialect.sqlite.literal(id)) ORDER BY number")
  }

  /// All drills of a database's backups, oldest first.
  package func drills(ofDatabase name: String, on engine: DatabaseEngine) throws -> [DrillRecord] {
    try records("SELECT record FROM drill ORDER BY number").filter {
      $0.database == name && $0.engine == engine
    }
  }

  /// The newest drill of each backup, by the backup's id.
  package func lastDrills() throws -> [String: DrillRecord] {
    let newest = try records(
      "SELECT record FROM drill WHERE number IN (SELECT max(number) FROM drill GROUP BY backup)")
    return Dictionary(newest.map { ($0.backup, $0) }, uniquingKeysWith: { $1 })
  }

  private func records(_ sql: String) throws -> [DrillRecord] {
    try session.rows(sql).compactMap { row in
      guard let text = row.first.flatMap({ $0 }) else { return nil }
      return try RecordDocument.read(DrillRecord.self, from: text)
    }
  }

  /// The tables; a newer version adds tables and columns and never changes what stands here.
  private static let layout = """
    CREATE TABLE IF NOT EXISTS drill (
      number INTEGER PRIMARY KEY,
      backup TEXT NOT NULL,
      started_at TEXT NOT NULL,
      verdict TEXT NOT NULL,
      record TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS drill_backup ON drill (backup);
    """
}
