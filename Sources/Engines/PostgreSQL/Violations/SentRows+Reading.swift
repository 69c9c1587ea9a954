import SchemaText

extension SentRows {
  /// Of each row.
  var fieldCount: Int { 1 + kinds.count }

  /// Has all rows sent, and hands them over in batches; how many they were.
  ///
  /// - Parameter limit: no more rows are sent.
  /// - Returns: `nil` when what was sent is not what was asked for.
  func read(
    on connection: PostgresConnection, limit: Int? = nil, judge: (borrowing SentBatch) -> Void
  ) throws(EngineError) -> Int? {
    var batch = SentBatch(fieldCount: fieldCount)
    var rowCount = 0
    let end = limit.map { " LIMIT \($0)" } ?? ""
    try connection.copyOut("COPY (\(sql)\(end)) TO STDOUT (FORMAT binary)") { message in
      batch.append(message)
      guard batch.isFull else { return }
      rowCount += batch.rowCount
      judge(batch)
      batch.removeAll()
    }
    judge(batch)
    return batch.isWellFormed ? rowCount + batch.rowCount : nil
  }
}
