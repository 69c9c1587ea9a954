import Glibc
import SchemaModel

/// A SQLite file that stays open and is looked at: a few numbers of its header, and whether it is still that file.
package final class SQLiteWatch: ChangeWatch {
  package let manner = WatchManner.polled(because: "SQLite has nobody who could tell")
  private let connection: SQLiteConnection
  private let path: String
  private let identity: Identity
  private var header: [[String?]]

  /// Which file it is, from `stat(2)`: a copy that is moved over it is another one.
  private struct Identity: Equatable {
    var device: dev_t
    var inode: ino_t

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (device, inode) = (status.st_dev, status.st_ino)
    }
  }

  /// Opens the file and takes the first look.
  package init(_ path: String) throws(EngineError) {
    connection = try SQLiteConnection(opening: path, .readOnly)
    guard let identity = Identity(path) else { throw Self.gone(path) }
    self.path = path
    self.identity = identity
    header = try Self.readHeader(connection)
  }

  package func wait(until deadline: ContinuousClock.Instant) -> WatchWake {
    Readiness.wait(for: [Interruption.descriptor], until: deadline)[0] ? .interrupted : .deadline
  }

  package func hasChanged() throws(EngineError) -> Bool {
    guard Identity(path) == identity else { throw Self.gone(path) }
    let now = try Self.readHeader(connection)
    defer { header = now }
    return now != header
  }

  package func look() throws(EngineError) -> WatchedSchema {
    guard Identity(path) == identity else { throw Self.gone(path) }
    return WatchedSchema(schema: try connection.schema(), statements: [])
  }

  /// What changes with the structure or with a setting of the file.
  private static func readHeader(_ connection: SQLiteConnection) throws(EngineError) -> [[String?]] {
    try connection.withSnapshot { () throws(EngineError) in
      var values: [[String?]] = []
      for pragma in ["schema_version", "user_version", "application_id", "auto_vacuum", "encoding"] {
        values += try connection.rows("PRAGMA main.\(pragma)")
      }
      return values
    }
  }

  private static func gone(_ path: String) -> EngineError {
    EngineError(
      .connectionLost, "the file \(path) was removed or replaced",
      hint: "It is opened again as soon as a database is there.")
  }
}
