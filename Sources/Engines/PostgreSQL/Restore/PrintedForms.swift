import SchemaModel
import SchemaText
import Synchronization

/// The forms in which a dump may have printed its rows, where pg_dump leaves that to its source.
///
/// What an archive held is known by its hash alone. Rows that print, under another setting, to the very same hash are the same
/// rows; so a table whose rows seem to differ is read again under the others.
final class PrintedForms: Sendable {
  /// What the archive held of each table.
  private let held: [ObjectName: TableDigest]
  /// The form that was right last: a source has one for all of its tables.
  private let known = Mutex(Form.usual)

  /// Values of settings that change how a value is printed.
  private struct Form: Hashable {
    /// As before PostgreSQL 9.0; pg_dump goes by its source's setting.
    var escapesBytes: Bool
    /// Names in values such as `regclass`: as `pg_dump --quote-all-identifiers` has them.
    var quotesNames: Bool

    /// As our connections print.
    static let usual = Form(escapesBytes: false, quotesNames: false)

    static let all = [false, true].flatMap { quotesNames in
      [false, true].map { Form(escapesBytes: $0, quotesNames: quotesNames) }
    }

    var settings: String {
      """
      SET bytea_output = '\(escapesBytes ? "escape" : "hex")'; \
      SET quote_all_identifiers = \(quotesNames ? "on" : "off")
      """
    }
  }

  init(of held: [TableDigest]) {
    self.held = Dictionary(held.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads a table's rows, in the form that makes them equal to what the archive held, if there is one.
  func digest(
    of table: Table, encoding: String?, on connection: PostgresConnection
  ) throws(EngineError) -> TableDigest {
    let likely = known.withLock { $0 }
    let first = try digest(of: table, in: likely, encoding: encoding, on: connection)
    guard let held = held[table.name], held.rowCount == first.rowCount, held.content != first.content else {
      return first
    }
    for form in Form.all where form != likely {
      let other = try digest(of: table, in: form, encoding: encoding, on: connection)
      guard other.content == held.content else { continue }
      known.withLock { $0 = form }
      return other
    }
    return first
  }

  /// Has a connection print rows in the form that was right last.
  func apply(to connection: PostgresConnection) throws(EngineError) {
    try connection.execute(known.withLock { $0 }.settings)
  }

  private func digest(
    of table: Table, in form: Form, encoding: String?, on connection: PostgresConnection
  ) throws(EngineError) -> TableDigest {
    try connection.execute(form.settings)
    return try connection.digest(of: table, encoding: encoding)
  }
}
