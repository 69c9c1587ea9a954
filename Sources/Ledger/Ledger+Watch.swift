import Engines
import Foundation
import SchemaModel
import SchemaText

/// What watches saw and told: each structure once, the stretches of time in which it was seen, and the events.
extension Ledger {
  /// The tables; as those of ``Ledger``, never changed.
  static let watchLayout = """
    CREATE TABLE IF NOT EXISTS schema_snapshot (
      digest TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      byte_count INTEGER NOT NULL,
      document BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS watch_span (
      number INTEGER PRIMARY KEY,
      database TEXT NOT NULL,
      run TEXT NOT NULL,
      seen_from TEXT NOT NULL,
      seen_until TEXT NOT NULL,
      snapshot TEXT NOT NULL REFERENCES schema_snapshot
    );
    CREATE INDEX IF NOT EXISTS watch_span_database ON watch_span (database, seen_from);
    CREATE TABLE IF NOT EXISTS watch_event (
      number INTEGER PRIMARY KEY,
      database TEXT NOT NULL,
      at TEXT NOT NULL,
      event TEXT NOT NULL,
      is_told INTEGER NOT NULL,
      record TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS watch_event_database ON watch_event (database, at);
    """

  /// Begins a stretch in which the structure is seen as it is; returns its number.
  ///
  /// - Parameters:
  ///   - known: the schema's fingerprint, where it is known already.
  ///   - database: the database's name for the ledger, the same whoever connects to it.
  ///   - run: tells the watch apart from other ones.
  package func beginSpan(
    of schema: Schema, fingerprint known: Fingerprint? = nil, in database: String, run: String, from: Date
  ) throws -> Int {
    let fingerprint = known ?? Fingerprint(of: schema)
    let text = SchemaDocument.text(of: schema, fingerprint: fingerprint)
    let digest = SHA256.hexadecimal(of: text.utf8)
    let isKnown = try !session.rows("SELECT 1 FROM schema_snapshot WHERE digest = \(quoted(digest))").isEmpty
    if !isKnown {
      guard let bytes = Compressed.bytes(of: text) else {
        throw EngineError(.refused, "there is no memory to keep the schema in the ledger")
      }
      try session.execute(
        """
        INSERT OR IGNORE INTO schema_snapshot VALUES (
          \(quoted(digest)), \(quoted(fingerprint.hexadecimal)), \(text.utf8.count), \(Self.blob(bytes)))
        """)
    }
    let row = try session.rows(
      """
      INSERT INTO watch_span (database, run, seen_from, seen_until, snapshot)
      VALUES (\(quoted(database)), \(quoted(run)), \(quoted(from)), \(quoted(from)), \(quoted(digest)))
      RETURNING number
      """)
    return row.first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }

  /// Says that the structure of a span was still seen at a later moment.
  package func extendSpan(_ number: Int, until: Date) throws {
    try session.execute(
      """
      UPDATE watch_span SET seen_until = max(seen_until, \(quoted(until))) WHERE number = \(number)
      """)
  }

  /// Keeps an event.
  package func add(_ event: WatchEvent, of database: String) throws {
    let isTold = [.drift, .inLine].contains(event.event) && event.maintenance == nil
    try session.execute(
      """
      INSERT INTO watch_event (database, at, event, is_told, record) VALUES (
        \(quoted(database)), \(quoted(event.changedAt)), \(quoted(event.event.rawValue)), \(isTold ? 1 : 0),
        \(quoted(try RecordDocument.text(of: event, isPretty: false))))
      """)
  }

  /// The events of a database, oldest first.
  ///
  /// - Parameters:
  ///   - since: leaves out what was earlier.
  ///   - limit: keeps the newest ones only.
  package func watchEvents(of database: String, since: Date? = nil, limit: Int? = nil) throws -> [WatchEvent]
  {
    let condition = since.map { " AND at >= \(quoted($0))" } ?? ""
    let newest = try session.rows(
      """
      SELECT record FROM watch_event WHERE database = \(quoted(database))\(condition)
      ORDER BY at DESC, number DESC LIMIT \(limit ?? -1)
      """)
    return try newest.reversed().compactMap { try Self.event($0) }
  }

  /// The last event that told how the database differs.
  package func lastTold(of database: String) throws -> WatchEvent? {
    try session.rows(
      """
      SELECT record FROM watch_event WHERE database = \(quoted(database)) AND is_told = 1
      ORDER BY number DESC LIMIT 1
      """
    ).first.flatMap { try Self.event($0) }
  }

  /// The stretches in which a database was seen, oldest first.
  package func spans(of database: String) throws -> [WatchedSpan] {
    try session.rows(
      """
      SELECT run, seen_from, seen_until, fingerprint FROM watch_span JOIN schema_snapshot ON digest = snapshot
      WHERE database = \(quoted(database)) ORDER BY seen_from, number
      """
    ).compactMap { row in
      guard let run = row[0], let from = row[1].flatMap(RecordDocument.date),
        let until = row[2].flatMap(RecordDocument.date), let fingerprint = row[3]
      else { return nil }
      return WatchedSpan(run: run, from: from, until: until, fingerprint: fingerprint)
    }
  }

  /// The structure of a database that was seen last, at or before a moment.
  package func schema(of database: String, seenBefore moment: Date) throws -> Schema? {
    let rows = try session.rows(
      """
      SELECT document, byte_count FROM watch_span JOIN schema_snapshot ON digest = snapshot
      WHERE database = \(quoted(database)) AND seen_from <= \(quoted(moment))
      ORDER BY seen_from DESC, number DESC LIMIT 1
      """)
    guard let row = rows.first else { return nil }
    guard let stream = row[0].flatMap(Self.bytes), let count = row[1].flatMap({ Int($0) }),
      let text = Compressed.text(of: stream, byteCount: count)
    else {
      throw EngineError(
        .damaged, "a schema that the ledger keeps is damaged",
        hint: "Name another moment: 'plumb history' lists when the structure changed.")
    }
    return try SchemaDocument.read(text).schema
  }

  /// The databases that were ever watched.
  package func watchedDatabases() throws -> [String] {
    try session.rows("SELECT DISTINCT database FROM watch_span ORDER BY 1").compactMap { $0[0] }
  }

  private static func event(_ row: [String?]) throws -> WatchEvent? {
    guard let text = row.first.flatMap({ $0 }) else { return nil }
    return try RecordDocument.read(WatchEvent.self, from: text)
  }

  private func quoted(_ text: String) -> String { SQLDialect.sqlite.literal(text) }

  /// A moment as RFC 3339 in UTC with milliseconds, so that moments compare as texts.
  private func quoted(_ moment: Date) -> String { quoted(RecordDocument.time(moment)) }

  /// Bytes as a literal of SQLite: `X'0A1B'`.
  private static func blob(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = Array("X'".utf8)
    text.reserveCapacity(bytes.count * 2 + 3)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self) + "'"
  }

  /// The bytes of such a literal.
  private static func bytes(_ literal: String) -> [UInt8]? {
    let digits = Array(literal.utf8.dropFirst(2).dropLast())
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for position in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Character(UnicodeScalar(digits[position])).hexDigitValue,
        let low = Character(UnicodeScalar(digits[position + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
