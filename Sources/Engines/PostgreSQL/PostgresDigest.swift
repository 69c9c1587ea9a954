import CPostgres
import SchemaModel
import SchemaText

extension PostgresConnection {
  package func digests(
    of tables: [Table], progress: (TableDigest) -> Void
  ) throws(EngineError) -> [TableDigest] {
    try inSnapshot { () throws(EngineError) in
      var digests: [TableDigest] = []
      for table in tables where table.holdsRows {
        let digest = try digest(of: table)
        progress(digest)
        digests.append(digest)
      }
      return digests
    }
  }

  /// Counts and hashes a table's rows as `COPY` prints them, in the current transaction.
  ///
  /// The same lines stand in a `pg_dump` archive, so an archive can be hashed without a server.
  ///
  /// - Parameter encoding: that of an archive the lines are to be compared with, where it is not the connection's.
  func digest(of table: Table, encoding: String? = nil) throws(EngineError) -> TableDigest {
    let columns = table.storedColumns.map(\.name)
    var digest = TableDigest(table: table.name, columns: columns, rowCount: 0, content: ContentHash())
    try copyOut(CopyStatement.reading(table, encoding: encoding)) { line in
      digest.rowCount += 1
      digest.content.add(RowHash.hash(UnsafeRawBufferPointer(rebasing: line.dropLast())))
    }
    return digest
  }

  /// Runs `COPY … TO STDOUT` and hands over each row: a line with its line feed.
  func copyOut(_ sql: String, row: (UnsafeRawBufferPointer) -> Void) throws(EngineError) {
    _ = try query(sql)
    forEachCopyRow(row)
    // What PQgetResult still holds tells whether the copy came to its end.
    while let raw = PQgetResult(connection) {
      _ = try checked(PostgresResult(owning: raw), statement: sql)
    }
  }
}

extension Table {
  /// Whether rows are stored in the table itself: those of a partitioned table are in its partitions.
  package var holdsRows: Bool { partitionKey == nil && foreignServer == nil }
}

/// The `COPY` statements that read and write a table's rows in an archive's form.
enum CopyStatement {
  /// Prints every row's stored columns, in the table's order.
  ///
  /// - Parameter pages: only rows on these pages of the table's file, in their order.
  static func reading(_ table: Table, encoding: String? = nil, pages: Range<Int>? = nil) -> String {
    let columns = table.storedColumns.map { SQLDialect.postgreSQL.identifier($0.name) }
    let name = SQLDialect.postgreSQL.name(table.name)
    // COPY has no way to name no column at all; a query has.
    if let pages {
      return """
        COPY (SELECT \(columns.joined(separator: ", ")) FROM ONLY \(name) \
        WHERE ctid >= '(\(pages.lowerBound),0)' AND ctid < '(\(pages.upperBound),0)') TO STDOUT
        """
    }
    let subject =
      columns.isEmpty ? "(SELECT FROM ONLY \(name))" : "\(name) (\(columns.joined(separator: ", ")))"
    let options = encoding.map { " WITH (ENCODING \(SQLDialect.postgreSQL.literal($0)))" } ?? ""
    return "COPY \(subject) TO STDOUT\(options)"
  }
}
