import CPostgres
import CZlib
import Glibc
import SchemaModel
import SchemaText

/// Loads table data files of a directory archive with `COPY`, several tables at a time.
struct PostgresLoader: Sendable {
  /// A table's data file, and the statement that takes it.
  struct Job: Sendable {
    var table: Table
    var copyStatement: String
    /// As the table of contents names it: without the suffix of its compression.
    var file: String

    /// Whether the rows are given to the partitioned table, which finds each its partition.
    ///
    /// pg_dump asks for that where a row may belong to another partition in the new database: below a
    /// partition by the hash of an enum, whose values are numbered anew.
    var goesThroughRoot: Bool { !copyStatement.hasPrefix("COPY \(SQLDialect.postgreSQL.name(table.name)) ") }
  }

  /// What came of a job.
  enum Outcome: Sendable {
    /// The digest of the rows as they stand in the archive.
    case loaded(TableDigest)
    /// A check or NOT NULL refused a row; nothing was loaded.
    case violated
  }

  var place: PostgresConnectionString
  var archive: String
  var isStaging: Bool
  /// Told of the rows of each block that was handed to the server.
  var progress: @Sendable (_ rowCount: Int) -> Void

  /// Loads the tables, each in a transaction of its own, in the order given.
  func load(_ jobs: [Job], workers: Int) throws(EngineError) -> [Outcome] {
    try translatingFailures(of: "rows were loaded") {
      try ParallelWork.run(
        jobs, workers: workers,
        context: { try PostgresConnection(place, for: isStaging ? .staging : .restoring) },
        perform: { connection, job in
          do throws(EngineError) {
            return .loaded(try loadAlone(job, on: connection))
          } catch  where error.mayLieInRules {
            return .violated
          }
        })
    }
  }

  /// Loads one table.
  ///
  /// The table is emptied in the same transaction, which spares the server the write-ahead log when its
  /// level is minimal, and lets rows be written frozen.
  func loadAlone(_ job: Job, on connection: PostgresConnection) throws(EngineError) -> TableDigest {
    let emptying =
      job.goesThroughRoot ? "" : "; TRUNCATE TABLE ONLY \(SQLDialect.postgreSQL.name(job.table.name))"
    try connection.execute("BEGIN" + emptying)
    do {
      let digest = try copy(job, on: connection)
      try connection.execute("COMMIT")
      return digest
    } catch {
      _ = try? connection.query("ROLLBACK")
      throw error.during("loading \(job.table.name)")
    }
  }

  private func copy(_ job: Job, on connection: PostgresConnection) throws(EngineError) -> TableDigest {
    var reader = try CopyFileReader(path: filePath(of: job))
    var digest = TableDigest(
      table: job.table.name, columns: job.table.storedColumns.map(\.name), rowCount: 0, content: ContentHash()
    )
    _ = try connection.query(job.goesThroughRoot ? job.copyStatement : job.copyStatement.addingFreeze)
    var isServerListening = true
    try reader.forEachBlock { (block, lineEnds) throws(EngineError) in
      var start = 0
      for end in lineEnds {
        digest.content.add(RowHash.hash(UnsafeRawBufferPointer(rebasing: block[start..<end])))
        start = end + 1
      }
      digest.rowCount += lineEnds.count
      progress(lineEnds.count)
      isServerListening = connection.interruptibly {
        PQputCopyData(
          connection.connection, block.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(block.count))
          == 1
      }
      return isServerListening && !Interruption.isRequested
    }
    if Interruption.isRequested {
      PQputCopyEnd(connection.connection, "interrupted")
    } else if isServerListening {
      PQputCopyEnd(connection.connection, nil)
    }
    try drain(connection)
    return digest
  }

  /// Reads what the server says of the copy.
  private func drain(_ connection: PostgresConnection) throws(EngineError) {
    var failure: EngineError?
    while let raw = connection.interruptibly({ PQgetResult(connection.connection) }) {
      do throws(EngineError) {
        _ = try connection.checked(PostgresResult(owning: raw), statement: nil)
      } catch {
        failure = failure ?? error
      }
    }
    if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while rows were loaded") }
    if let failure { throw failure }
  }

  private func filePath(of job: Job) -> String {
    let path = "\(archive)/\(job.file)"
    return access(path, F_OK) == 0 ? path : path + ".gz"
  }
}

extension String {
  /// The archive's `COPY … FROM stdin;` with FREEZE: the rows need no later visit by vacuum.
  fileprivate var addingFreeze: String {
    guard let range = ranges(of: " FROM stdin;").last else { return self }
    return self[..<range.lowerBound] + " FROM stdin WITH (FREEZE);"
  }
}
