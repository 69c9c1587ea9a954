import Foundation
import SchemaModel
import SchemaText

/// What a restore has finished, written into the database it fills, so that another run can go on from there.
///
/// Table `plumb_restore.step` (step, subject, detail, at). Whatever a step does and its row are one transaction, so the
/// journal is never ahead of the database or behind it. It goes when the restore is complete.
package struct RestoreJournal: Hashable, Sendable {
  /// What has a row in the journal.
  package enum Step: String, CaseIterable, Hashable, Sendable {
    /// Which backup is restored and how; the first row.
    case begun
    /// Everything that comes before the rows is made.
    case tables
    /// The rows of one table are loaded; the subject is its entry's number.
    case rows
    /// One key or index is built; the subject is its entry's number.
    case build
    /// Which rules are off because rows violate them.
    case relaxed
    /// Sequence values, large objects, rows of tables that are not in the model.
    case otherData
    /// Every row was read back.
    case content
    /// Rows that do not belong to chosen ones are left out.
    case leftOut
    /// Rows that were set aside, and what else was done with rows that violate constraints.
    case setAside
    /// What comes last has been begun: some of it may be there.
    case rest
  }

  package static let schemaName = "plumb_restore"
  private static let table = "\(schemaName).step"

  /// Each step's rows: the detail of each subject.
  private var details: [Step: [String: String]] = [:]

  package init() {}

  /// Reads the journal of a database; `nil` when it has none.
  package init?(on connection: PostgresConnection) throws(EngineError) {
    let exists = try connection.rows("SELECT to_regclass('\(Self.table)') IS NOT NULL").first?.first
    guard exists == "t" else { return nil }
    for row in try connection.rows("SELECT step, subject, detail FROM \(Self.table)") {
      guard row.count == 3, let step = row[0].flatMap(Step.init(rawValue:)), let subject = row[1] else {
        continue
      }
      details[step, default: [:]][subject] = row[2] ?? ""
    }
  }

  /// Which backup is restored and how, as ``begin(_:on:)`` was told.
  package var identity: String? { detail(of: .begun) }

  /// What the journal says of a finished step; `nil` when it is not finished.
  package func detail(of step: Step, _ subject: String = "") -> String? { details[step]?[subject] }

  /// The subjects of a step that are finished, with their details.
  package func details(of step: Step) -> [String: String] { details[step] ?? [:] }

  /// Makes the journal of a restore that begins.
  static func begin(_ identity: String, on connection: PostgresConnection) throws(EngineError) {
    try connection.execute(
      """
      CREATE SCHEMA \(schemaName);
      COMMENT ON SCHEMA \(schemaName) IS 'A restore by plumb that is not complete: run the same command again.';
      CREATE TABLE \(table) (
        step text, subject text, detail text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (step, subject));
      \(statement(.begun, detail: identity))
      """)
  }

  /// Writes a step's row, in the transaction of what the step does.
  static func statement(_ step: Step, _ subject: String = "", detail: String = "") -> String {
    let literal = SQLDialect.postgreSQL.literal
    return """
      INSERT INTO \(table) (step, subject, detail) VALUES (\(literal(step.rawValue)), \(literal(subject)), \(literal(detail))) \
      ON CONFLICT (step, subject) DO UPDATE SET detail = EXCLUDED.detail, at = DEFAULT
      """
  }

  /// Takes the journal away: the restore is complete.
  static func end(on connection: PostgresConnection) throws(EngineError) {
    try connection.execute("DROP SCHEMA IF EXISTS \(schemaName) CASCADE")
  }
}

/// A table's rows as the journal remembers them.
struct JournaledRows: Codable {
  var digest: TableDigest
  var moments: [String]
}

/// Rules that are off, as the journal remembers them.
struct JournaledRules: Codable {
  var constraints: [ConstraintReference]
  var domains: [DomainRule]
}

extension RestoreJournal {
  /// A value as a row's detail.
  package static func text<Value: Encodable>(_ value: Value) throws(EngineError) -> String {
    try translatingFailures(of: "the restore's journal was written") {
      String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
  }

  /// The value in a row's detail.
  package static func value<Value: Decodable>(
    _ type: Value.Type, in text: String
  ) throws(EngineError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw EngineError(
        .damaged, "the journal of the interrupted restore cannot be read",
        hint: "Start over: run it again with --confirm and the database's name.")
    }
  }
}
