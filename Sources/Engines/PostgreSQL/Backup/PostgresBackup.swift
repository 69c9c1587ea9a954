import Glibc
import SchemaModel
import SchemaText

/// Writes a standard `pg_dump` directory archive, and learns from the same snapshot what is in it.
package enum PostgresBackup {
  /// Dumps the database into `folder`, which must not exist yet.
  ///
  /// One connection holds a snapshot. In it `pg_dump` writes the archive with the rows of small tables, which are read
  /// a second time to be counted and hashed. Large tables are read once, by our own connections side by side: counted,
  /// hashed and written as they come (``TableDump``), and then entered into the archive's table of contents.
  /// - Parameter workers: how many connections read tables, besides pg_dump.
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
      let isText = try connection.hasKnownEncoding()
      let plan = BackupPlan(of: schema, pageCounts: sizes, isText: isText, workers: workers)
      // pg_dump's own locks end with it, and that may be long before the last large table is read.
      try connection.holdStill(plan.large.map(\.table.name))
      let dumped = try dump(
        plan, of: place, snapshot: snapshot, into: folder, tool: tool, isText: isText, workers: workers,
        progress: progress)
      var evidence = BackupEvidence(
        schema: schema, tables: dumped.digests.sorted { $0.table < $1.table },
        archiveTool: "pg_dump \(tool.binaries.version)")
      evidence.files = dumped.files
      evidence.databaseByteCount = try connection.databaseByteCount()
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
    /// A range of a large table's pages.
    case write(TableDump, Int)
  }

  private static func dump(
    _ plan: BackupPlan, of place: PostgresConnectionString, snapshot: String, into folder: String,
    tool: PostgresTool, isText: Bool, workers: Int, progress: @Sendable (TableDigest) -> Void
  ) throws(EngineError) -> (digests: [TableDigest], files: [FileEvidence]) {
    // pg_dump makes the archive's folder itself, and only where there is none: what we write waits beside it.
    let aside = folder + ".rows"
    guard mkdir(aside, 0o700) == 0 else {
      throw .unwritable(aside)
    }
    let large = plan.large.enumerated().map { number, share in
      TableDump(share.table, pageRanges: share.ranges, to: "\(aside)/\(number)")
    }
    let writes = large.flatMap { dump in dump.pageRanges.indices.map { Job.write(dump, $0) } }
    let jobs: [Job] = [.dump] + writes + plan.small.map { .hash($0) }
    let arguments = arguments(
      into: folder, of: place, snapshot: snapshot, plan, isText: isText, workers: workers)
    let small = try translatingFailures(of: "the backup was written") {
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
          case .write(let dump, let range):
            let reader = try connection.value()
            let part = try reader.inSnapshot(snapshot) { () throws(EngineError) in
              try dump.write(range, from: reader)
            }
            progress(part)
            return nil
          }
        }
      ).compactMap(\.self)
    }
    let entered = try ArchiveEntries.enter(large, into: folder)
    rmdir(aside)
    return (small + entered.digests, entered.files)
  }

  private static func arguments(
    into folder: String, of place: PostgresConnectionString, snapshot: String, _ plan: BackupPlan,
    isText: Bool,
    workers: Int
  ) -> [String] {
    // What pg_dump leaves to the database's settings although values are printed by it.
    let settled = place.adding(
      options: ["TimeZone": "UTC", "bytea_output": "hex", "quote_all_identifiers": "off"])
    return [
      "--format=directory", "--file=\(folder)", "--jobs=\(plan.small.isEmpty ? 1 : workers)",
      "--snapshot=\(snapshot)", "--compress=1", "--no-sync", "--lock-wait-timeout=10s", "--no-password",
      "--dbname=\(settled.withoutPassword)",
    ] + (isText ? ["--encoding=UTF8"] : [])
      + plan.large.map { "--exclude-table-data=\(namePattern($0.table.name))" }
  }

  /// A pattern that only this name fits: what stands in quotes stands for itself.
  private static func namePattern(_ name: ObjectName) -> String {
    [name.schema, name.name].compactMap { $0 }
      .map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ".")
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
