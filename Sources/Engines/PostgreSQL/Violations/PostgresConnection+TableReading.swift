import SchemaModel
import SchemaText

extension PostgresConnection {
  /// Reads tables and no indexes, on this connection and on others beside it.
  ///
  /// A connection that cannot be had, of a pooler or a role that has no more, is done without.
  package func readTables(
    _ asked: [TableQuestion], in schema: Schema, workers: Int,
    progress: (TableQuestion, TableAnswer?) -> Void
  ) throws(EngineError) {
    let order = ReadingOrder(asked.map(\.table), sizes: try estimatedRowCounts(), of: schema)
    let questions = Dictionary(asked.map { ($0.table.name, $0) }, uniquingKeysWith: { first, _ in first })
    let (place, purpose) = (place, purpose)
    try mayUseIndexes(false)
    let own = try ConstraintReading(self, schema: schema, known: order.known)
    try translatingFailures(of: "rows were looked at") {
      try ParallelWork.assisted(
        order.first, own: own, helpers: min(workers, asked.count) - 1,
        context: {
          let connection = try PostgresConnection(place, for: purpose)
          try connection.mayUseIndexes(false)
          return try ConstraintReading(connection, schema: schema, known: order.known)
        },
        perform: { reading, name in
          let answer = try questions[name].flatMap { try reading.answer(to: $0) }
          return ((name, answer), next: order.next(after: name))
        },
        tell: { name, answer in
          if let question = questions[name] { progress(question, answer) }
        })
    }
  }
}

extension ConstraintReading {
  /// - Throws: what is not about this table alone.
  fileprivate func answer(to question: TableQuestion) throws(EngineError) -> TableAnswer? {
    do throws(EngineError) {
      return try read(question.table, for: question.queries).map(TableAnswer.told)
    } catch {
      guard error.isAboutOneObject else { throw error }
      return error.isLockTimeout ? .locked(error) : nil
    }
  }
}
