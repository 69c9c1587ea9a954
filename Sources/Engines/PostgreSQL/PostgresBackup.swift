import SchemaModel
import SchemaText

/// Writes a standard `pg_dump` directory archive, and learns from the same snapshot what is in it.
package enum PostgresBackup {
  /// Dumps the database into `folder`, which must not exist yet.
  ///
  /// One connection holds a snapshot; `pg_dump` writes the archive from it while the tables are read a
  /// second time, through our own connection, to be counted and hashed: two independent readings.
  /// - Parameter workers: how many connections pg_dump uses, and how many hash.
  package static func write(
    from place: PostgresConnectionString, into folder: String, workers: Int,
    progress: @Sendable (TableDigest) -> Void
  ) throws(EngineError) -> BackupEvidence {
    let connection = try PostgresConnection(place, for: .reading(statementSeconds: longestReadingSeconds))
    let tool = try PostgresTool(atLeast: connection.majorVersion)
    do throws(EngineError) {
      return try write(
        from: place, over: connection, with: tool, into: folder, workers: workers, progress: progress)
    } catch {
      throw connection.namingLocks(error)
    }
  }

  private static func write(
    from place: PostgresConnectionString, over connection: PostgresConnection, with tool: PostgresTool,
    into folder: String, workers: Int, progress: @Sendable (TableDigest) -> Void
  ) throws(EngineError) -> BackupEvidence {
    try connection.inSnapshot { () throws(EngineError) in
      let schema = try PostgresCatalog(connection: connection).schema()
      let snapshot = try connection.exportSnapshot()
      let sizes = try connection.tablePageCounts()
      let tables = schema.tables.filter(\.holdsRows)
        .sorted { (sizes[$0.name] ?? 0, $1.name) > (sizes[$1.name] ?? 0, $0.name) }
      let digests = try dumpAndHash(
        tables, of: place, snapshot: snapshot, into: folder, tool: tool,
        isText: try connection.hasKnownEncoding(), workers: workers, progress: progress)
      var evidence = BackupEvidence(
        schema: schema, tables: digests.sorted { $0.table < $1.table },
        archiveTool: "pg_dump \(tool.binaries.version)")
      evidence.walPosition = try connection.walPosition()
      evidence.locale = try connection.locale()
      evidence.roles = try connection.rolesWithObjects()
      return evidence
    }
  }

  /// A day: `pg_dump` itself sets no limit, and hashing the largest table is one statement.
  private static let longestReadingSeconds = 86_400

  private enum Job: Sendable {
    case dump
    case hash(Table)
  }

  private static func dumpAndHash(
    _ tables: [Table], of place: PostgresConnectionString, snapshot: String, into folder: String,
    tool: PostgresTool, isText: Bool, workers: Int, progress: @Sendable (TableDigest) -> Void
  ) throws(EngineError) -> [TableDigest] {
    // What pg_dump leaves to the database's settings although values are printed by it.
    let settled = place.adding(
      options: ["TimeZone": "UTC", "bytea_output": "hex", "quote_all_identifiers": "off"])
    let arguments =
      [
        "--format=directory", "--file=\(folder)", "--jobs=\(workers)", "--snapshot=\(snapshot)",
        "--compress=1",
        "--no-sync", "--lock-wait-timeout=10s", "--no-password", "--dbname=\(settled.withoutPassword)",
      ] + (isText ? ["--encoding=UTF8"] : [])
    let jobs: [Job] = [.dump] + tables.map { .hash($0) }
    return try translatingFailures(of: "the backup was written") {
      try ParallelWork.run(
        jobs, workers: workers + 1,
        context: {
          OnDemand { try PostgresConnection(place, for: .reading(statementSeconds: longestReadingSeconds)) }
        },
        perform: { connection, job -> TableDigest? in
          switch job {
          case .dump:
            try tool.run(.pgDump, arguments, for: place)
            return nil
          case .hash(let table):
            let reader = try connection.value()
            let digest = try reader.inSnapshot(snapshot) { () throws(EngineError) in
              try reader.digest(of: table)
            }
            progress(digest)
            return digest
          }
        }
      ).compactMap(\.self)
    }
  }
}

/// A value that is made when it is first needed: a worker that runs `pg_dump` needs no connection.
private final class OnDemand<Value> {
  private let make: () throws -> Value
  private var made: Value?

  init(_ make: @escaping () throws -> Value) { self.make = make }

  func value() throws -> Value {
    if let made { return made }
    let value = try make()
    made = value
    return value
  }
}
