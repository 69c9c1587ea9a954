import CPostgres
import Glibc
import SchemaModel
import SchemaText

extension PostgresLoader {
  /// Loads one table over one connection.
  ///
  /// The table is emptied in the same transaction, which spares the server the write-ahead log when its
  /// level is minimal, and lets rows be written frozen.
  func loadAlone(_ table: Table, on connection: PostgresConnection) throws(EngineError) -> LoadedRows {
    let emptying =
      table.goesThroughRoot ? "" : "; TRUNCATE TABLE ONLY \(SQLDialect.postgreSQL.name(table.table.name))"
    try connection.execute("BEGIN" + emptying)
    var told = 0
    do {
      var reader = try archive.rows(of: table.entry)
      let block = RowBlock()
      let rows = try connection.copyIn(
        statement(for: table, frozen: !table.goesThroughRoot), rowsOf: table
      ) { (rows, send) throws(EngineError) in
        while try reader.fill(block) {
          let count = rows.add(block)
          told += count
          progress(count)
          guard send(block) else { return }
        }
      }
      try connection.execute((isJournaled ? try journaled(rows, of: table) + ";" : "") + "COMMIT")
      return rows
    } catch {
      _ = try? connection.query("ROLLBACK")
      progress(-told)
      throw error.saysRowsAreText ? error : error.during("loading \(table.table.name)")
    }
  }

  /// Writes down that a table is loaded.
  func journaled(_ rows: LoadedRows, of table: Table) throws(EngineError) -> String {
    let detail = JournaledRows(digest: rows.digest, moments: rows.moments.samples.sorted())
    return RestoreJournal.statement(.rows, "\(table.entry.id)", detail: try RestoreJournal.text(detail))
  }

  /// Loads this connection's share of a table.
  func loadShare(
    of shared: SharedTable, on connection: PostgresConnection
  ) throws(EngineError) -> SharedTable.End {
    let share: SharedTable.Share
    do throws(EngineError) {
      let feed = try shared.feed()
      share = .loaded(
        try connection.copyIn(statement(for: shared.table, frozen: false), rowsOf: shared.table) {
          (rows, send) throws(EngineError) in
          while let block = try feed.next() {
            progress(shared.tell(rows.add(block)))
            let goesOn = send(block)
            feed.giveBack(block)
            guard goesOn else { return }
          }
        })
    } catch {
      share = .failed(error)
    }
    let end = try shared.finish(share) { () throws(EngineError) in
      try empty(shared, on: connection)
      progress(-shared.toldCount)
    }
    if case .failed(let error) = share, !error.saysRowsAreText,
      !error.mayLieInRules || shared.table.rules != .on
    {
      throw error.during("loading \(shared.table.table.name)")
    }
    return end
  }

  /// Freezes the rows of a table that several connections loaded, as `COPY` does where one loads it alone.
  ///
  /// Everything that reads the table from now on, foreign keys first, can then go by its indexes alone.
  func freeze(_ table: Table, on connection: PostgresConnection) throws(EngineError) {
    try connection.execute(
      "VACUUM (FREEZE, INDEX_CLEANUP OFF, TRUNCATE OFF) \(SQLDialect.postgreSQL.name(table.table.name))")
  }

  /// The archive's `COPY … FROM stdin;` with what it does not say.
  ///
  /// - Parameter frozen: whether rows need no later visit by vacuum; only in a transaction that emptied the table.
  private func statement(for table: Table, frozen: Bool) -> String {
    let options =
      (frozen ? ["FREEZE"] : []) + (table.binary == nil ? [] : ["FORMAT binary"])
      + (archive.contents.foreignEncoding.map { ["ENCODING \(SQLDialect.postgreSQL.literal($0))"] } ?? [])
    let statement = table.entry.copyStatement
    guard !options.isEmpty, let range = statement.ranges(of: " FROM stdin;").last else { return statement }
    return statement[..<range.lowerBound] + " FROM stdin WITH (\(options.joined(separator: ", ")));"
  }

  /// Takes back what other shares have loaded of a table that must be loaded anew.
  private func empty(_ shared: SharedTable, on connection: PostgresConnection) throws(EngineError) {
    try connection.execute("TRUNCATE TABLE ONLY \(SQLDialect.postgreSQL.name(shared.table.table.name))")
  }
}

extension LoadedRows {
  init(of table: Table) {
    digest = TableDigest(
      table: table.name, columns: table.storedColumns.map(\.name), rowCount: 0, content: ContentHash())
    moments = PrintedMoments(in: table)
  }

  /// Counts and hashes a block's rows; how many they are.
  mutating func add(_ block: RowBlock) -> Int {
    var (count, content, moments) = (0, digest.content, moments)
    block.forEachRow { row in
      content.add(RowHash.hash(row))
      if moments.wants(row: count) { moments.look(into: row) }
      count += 1
    }
    digest.content = content
    digest.rowCount += count
    self.moments = moments
    return count
  }

  /// Adds what another connection loaded of the same table.
  mutating func add(_ other: LoadedRows) {
    digest.rowCount += other.digest.rowCount
    digest.content.add(other.digest.content)
    moments.add(other.moments)
  }
}

extension PostgresConnection {
  /// Runs `COPY … FROM STDIN`; the server must take as many rows as were sent.
  ///
  /// - Parameter body: sends blocks, until there are none or the server no longer listens.
  fileprivate func copyIn(
    _ statement: String, rowsOf table: PostgresLoader.Table,
    _ body: (inout LoadedRows, (RowBlock) -> Bool) throws(EngineError) -> Void
  ) throws(EngineError) -> LoadedRows {
    _ = try query(statement)
    widenSendBuffer()
    var rows = LoadedRows(of: table.table)
    let binary = table.binary.map(BinaryRows.init)
    var isServerListening = binary == nil || BinaryRows.head.withUnsafeBytes(put)
    var isReadable = true
    try body(&rows) { block in
      guard !Interruption.isRequested else { return false }
      guard let binary else {
        isServerListening = put(block.rows)
        return isServerListening
      }
      guard let converted = binary.converted(block) else {
        isReadable = false
        return false
      }
      isServerListening = put(converted)
      return isServerListening
    }
    if Interruption.isRequested {
      PQputCopyEnd(connection, "interrupted")
    } else if !isReadable {
      PQputCopyEnd(connection, "rows are sent as text")
    } else if isServerListening {
      if binary != nil { _ = BinaryRows.tail.withUnsafeBytes(put) }
      PQputCopyEnd(connection, nil)
    }
    let taken: Int
    do throws(EngineError) {
      taken = try endOfCopy()
    } catch {
      throw isReadable || Interruption.isRequested ? error : .rowsAreText
    }
    guard taken == rows.digest.rowCount else {
      throw EngineError(
        .damaged, "the server took \(taken) of \(rows.digest.rowCount) rows of \(rows.digest.table)",
        hint: "The archive holds a line that ends its rows before their end: use another backup.")
    }
    return rows
  }

  /// Lets rows wait in the socket while the next ones are made ready, so that a local server never waits for them.
  ///
  /// The kernel gives as much of it as its own limit lets it (`net.core.wmem_max`); over TCP it finds the size itself.
  private func widenSendBuffer() {
    guard host.hasPrefix("/") else { return }
    var byteCount: Int32 = 1 << 20
    setsockopt(
      PQsocket(connection), SOL_SOCKET, SO_SNDBUF, &byteCount,
      socklen_t(MemoryLayout.size(ofValue: byteCount)))
  }

  /// Hands bytes to the server; whether it still listens.
  private func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
    interruptibly {
      // libpq listens only when it has to wait: a server that refused a row would be sent all others.
      PQputCopyData(
        connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)) == 1
        && PQconsumeInput(connection) == 1
    }
  }

  /// Reads what the server says of the copy: how many rows it took.
  private func endOfCopy() throws(EngineError) -> Int {
    var failure: EngineError?
    var count = 0
    while let raw = interruptibly({ PQgetResult(connection) }) {
      do throws(EngineError) {
        count = try checked(PostgresResult(owning: raw), statement: nil).changedRowCount
      } catch {
        failure = failure ?? error
      }
    }
    if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while rows were loaded") }
    if let failure { throw failure }
    return count
  }
}

extension EngineError {
  /// A row that is not printed as PostgreSQL prints it, and so cannot be sent in binary form.
  fileprivate static let rowsAreText = EngineError(
    .unsupported, "rows are not printed as PostgreSQL prints them")

  /// Whether the rows are to be sent again, as the text they are.
  var saysRowsAreText: Bool { self == .rowsAreText }
}
