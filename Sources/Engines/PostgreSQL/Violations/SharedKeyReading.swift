import SchemaModel
import SchemaText

/// Reads the key of every row of a table, and tells which keys rows share; keeps hashes of keys and no row.
///
/// To send all keys costs the server a fifth of what it costs to sort or group them.
struct SharedKeyReading {
  private let sent: SentRows
  private let rule: SentRows.Rule

  /// Hashes that are kept at once: 128 MiB.
  ///
  /// Of more keys, each time the table is read a share is looked at.
  static let mostHashes = 8 << 20

  /// - Parameter query: for rows that share a key; `nil` when keys that are sent cannot answer it.
  init?(_ query: ViolationQuery, of table: Table, in schema: Schema) {
    guard let sent = SentRows([query], of: table, in: schema),
      let rule = sent.rules.first
    else { return nil }
    self.sent = sent
    self.rule = rule
  }

  /// The shared keys, by the values of the constraint's columns as text; `nil` when they are too many, or cannot be told.
  ///
  /// - Parameter mostHashes: that are kept at once.
  func keys(
    on connection: PostgresConnection, mostHashes: Int = Self.mostHashes
  ) throws(EngineError) -> [[String]]? {
    let rowCount = try connection.estimatedRowCount(of: sent.sql)
    guard let shares = HashShare.all(ofRows: rowCount, keeping: mostHashes) else { return nil }
    var keys: [[String]] = []
    for share in shares {
      let judge = RuleJudge(
        rule, of: sent, parents: [:], mostHashes: mostHashes, share: share)
      guard try sent.read(on: connection, judge: { judge.judge($0) }) != nil else { return nil }
      switch judge.verdict {
      case .sound: continue
      case .suspected(let shared?): keys += shared
      case .suspected(nil), .unknown: return nil
      }
    }
    return keys
  }
}

/// One of several equal parts of all hashes.
struct HashShare {
  private let number: Int
  private let count: Int

  /// To read a table more often costs as much as to sort it.
  private static let mostShares = 6

  /// Shares that hold about so many hashes each; `nil` when they would be too many.
  ///
  /// - Parameter rowCount: an estimate; there may be half as many more.
  static func all(ofRows rowCount: Int, keeping limit: Int) -> [HashShare]? {
    let count = rowCount * 3 / 2 / limit + 1
    guard count <= mostShares else { return nil }
    return (0..<count).map { HashShare(number: $0, count: count) }
  }

  /// Goes by bits that do not choose a hash's slot (``DistinctHashes``).
  func contains(_ hash: UInt64) -> Bool { Int(hash >> 40) % count == number }
}

extension PostgresConnection {
  package func sharedKeys(
    violating query: ViolationQuery, of table: Table, in schema: Schema
  ) throws(EngineError) -> [[String]]? {
    try sharedKeys(violating: query, of: table, in: schema, mostHashes: SharedKeyReading.mostHashes)
  }

  /// - Parameter mostHashes: that are kept at once, of 16 bytes each.
  func sharedKeys(
    violating query: ViolationQuery, of table: Table, in schema: Schema, mostHashes: Int
  ) throws(EngineError) -> [[String]]? {
    guard isOnThisMachine, let reading = SharedKeyReading(query, of: table, in: schema) else { return nil }
    do throws(EngineError) {
      return try reading.keys(on: self, mostHashes: mostHashes)
    } catch {
      guard error.mayLieInRules else { throw error }
      return nil
    }
  }

  /// About how many rows a query has (`EXPLAIN`), by the size of its tables where nothing else is known.
  func estimatedRowCount(of sql: String) throws(EngineError) -> Int {
    let plan = try rows("EXPLAIN \(sql)").first?.first?.flatMap { $0 } ?? ""
    return plan.firstMatch(of: #/ rows=(\d+) /#).flatMap { Int($0.1) } ?? 0
  }
}
