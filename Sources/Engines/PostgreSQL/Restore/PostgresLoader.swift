import CPostgres
import SchemaModel
import SchemaText

/// Loads the rows of an archive with `COPY`, several tables at a time.
struct PostgresLoader: Sendable {
  /// A table, and the entry of the archive that holds its rows.
  struct Job: Sendable {
    var table: Table
    var entry: ArchiveContents.Entry
    /// Of the rows as they are stored.
    var byteCount: Int

    var copyStatement: String { entry.copyStatement }

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
  var archive: PostgresArchive
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
          } catch  where error.kind == .violation {
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
    var reader = try archive.rows(of: job.entry)
    var digest = TableDigest(
      table: job.table.name, columns: job.table.storedColumns.map(\.name), rowCount: 0, content: ContentHash()
    )
    _ = try connection.query(job.goesThroughRoot ? job.copyStatement : job.copyStatement.addingFreeze)
    let block = RowBlock()
    var isServerListening = true
    while isServerListening, !Interruption.isRequested, try reader.fill(block) {
      let count = block.forEachRow { digest.content.add(RowHash.hash($0)) }
      digest.rowCount += count
      progress(count)
      isServerListening = connection.interruptibly {
        PQputCopyData(
          connection.connection, block.rows.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(block.byteCount)) == 1
      }
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
}

extension String {
  /// The archive's `COPY … FROM stdin;` with FREEZE: the rows need no later visit by vacuum.
  fileprivate var addingFreeze: String {
    guard let range = ranges(of: " FROM stdin;").last else { return self }
    return self[..<range.lowerBound] + " FROM stdin WITH (FREEZE);"
  }
}
