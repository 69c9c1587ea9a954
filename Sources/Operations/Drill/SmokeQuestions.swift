import Engines
import SchemaModel

/// Asks a restored database the questions whose answers are known.
struct SmokeQuestions {
  let queries: [SmokeQuery]

  /// What came of asking.
  struct Outcome {
    var askedCount = 0
    /// Answers that were not as expected, each in one line.
    var problems: [String] = []
  }

  /// Asks those that are meant for a database.
  ///
  /// - Parameter isOnly: whether it is the only one, so that a question that names none is meant for it.
  func ask(_ session: any DatabaseSession, database: String, isOnly: Bool) throws -> Outcome {
    var outcome = Outcome()
    for query in queries where query.database == database || query.database == nil && isOnly {
      try Interruption.check()
      outcome.askedCount += 1
      let name = query.name ?? Self.shortened(query.sql)
      do throws(EngineError) {
        let answer = try Self.answer(to: query, from: session)
        if !query.accepts(answer) {
          outcome.problems.append(
            "smoke query '\(name)': expected \(Self.shortened(query.expected)), found "
              + (answer.isEmpty ? "nothing" : Self.shortened(answer)))
        }
      } catch {
        guard error.isAboutOneObject || error.kind == .violation else { throw error }
        outcome.problems.append("smoke query '\(name)' could not be asked: \(error.message)")
      }
    }
    return outcome
  }

  /// The rows as psql prints them without alignment; what a question changes is undone.
  private static func answer(
    to query: SmokeQuery, from session: any DatabaseSession
  ) throws(EngineError) -> String {
    try session.execute("BEGIN")
    do throws(EngineError) {
      if session.engine == .postgreSQL {
        try session.execute("SET LOCAL statement_timeout = '300s'; SET LOCAL search_path = \"$user\", public")
      }
      let rows = try session.rows(query.sql)
      try session.execute("ROLLBACK")
      return rows.map { $0.map { $0 ?? "" }.joined(separator: "|") }.joined(separator: "\n")
    } catch {
      try? session.execute("ROLLBACK")
      throw error
    }
  }

  /// The beginning of a text, on one line.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 60 ? line.prefix(57) + "..." : line
  }
}
