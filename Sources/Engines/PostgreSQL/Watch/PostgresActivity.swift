import SchemaModel

/// Tells from a few numbers whether a database's catalog can have changed since they were last asked for.
///
/// On a primary the server's own count of rows written to each catalog is asked for, which costs about a
/// millisecond however many tables there are. What writes to catalogs without changing what is modelled (temporary
/// tables, `TRUNCATE`, a rollback) moves that count too, so then the catalogs' rows themselves are looked at: their
/// number and the sum of the transactions that wrote them. That is never done more often than it may cost.
///
/// On a standby nothing is counted; there the position of replay says whether anything at all has happened.
final class PostgresActivity {
  /// The first and cheap look.
  private enum Counter: Hashable {
    /// The sum of `pg_stat_get_tuples_inserted`, `_updated` and `_deleted` over the catalogs.
    case writtenRows(String)
    /// `pg_last_wal_replay_lsn`, and the last statement that the primary has recorded.
    case replayed(String)
    /// The server counts nothing (`track_counts` is off).
    case none
  }

  /// The second look may take this part of the time: a tenth.
  private static let share = 10

  private let connection: PostgresConnection
  private let isStandby: Bool
  private let countsRows: Bool
  private let foldQuery: String
  private let counterQuery: String
  private var counter: Counter
  private var fold: String
  /// Not before this is looked at the catalogs' rows again.
  private var nextFold: ContinuousClock.Instant

  /// Remembers how things stand now, before the schema is read.
  init(of connection: PostgresConnection) throws(EngineError) {
    self.connection = connection
    let facts = try connection.query(
      "SELECT pg_is_in_recovery(), current_setting('track_counts') = 'on'"
    ).rows[0]
    isStandby = facts.flag(0)
    countsRows = facts.flag(1) && !facts.flag(0)
    let catalogs = try connection.query(Self.catalogs).rows.map {
      (oid: $0.text(0), name: $0.text(1), isReadable: $0.flag(2))
    }
    counterQuery =
      if isStandby {
        "SELECT pg_last_wal_replay_lsn()::text"
      } else {
        """
        SELECT sum(pg_stat_get_tuples_inserted(c) + pg_stat_get_tuples_updated(c) + pg_stat_get_tuples_deleted(c))
        FROM unnest('{\(catalogs.map(\.oid).joined(separator: ","))}'::oid[]) c
        """
      }
    foldQuery = Self.fold(over: catalogs.filter(\.isReadable).map(\.name))
    counter = .none
    fold = ""
    nextFold = .now
    counter = try readCounter()
    fold = try readFold()
  }

  /// Whether the catalog can have changed since the last call that said so, or since the beginning.
  func hasChanged() throws(EngineError) -> Bool {
    let now = try readCounter()
    if now == counter, now != .none { return false }
    // Too soon: the counter is left as it was, so the next call asks again.
    guard .now >= nextFold else { return false }
    let found = try readFold()
    counter = now
    defer { fold = found }
    return found != fold
  }

  private func readCounter() throws(EngineError) -> Counter {
    guard isStandby || countsRows else { return .none }
    let text = try connection.query(counterQuery).text(0, 0) ?? ""
    return isStandby ? .replayed(text) : .writtenRows(text)
  }

  private func readFold() throws(EngineError) -> String {
    let start = ContinuousClock.now
    let found = try connection.query(foldQuery).rows.map { "\($0.text(0)) \($0.text(1)) \($0.text(2))" }
    nextFold = .now + (.now - start) * Self.share
    return found.joined(separator: "\n")
  }

  /// The catalogs that hold structure: not statistics, not large objects, not what only repeats the others.
  private static let catalogs = """
    SELECT c.oid, c.relname, has_table_privilege(c.oid, 'SELECT') FROM pg_class c
    WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
      AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_shdepend',
        'pg_replication_origin', 'pg_subscription_rel')
    ORDER BY c.oid
    """

  /// How a catalog's rows that belong to temporary objects are told, by the catalog's name.
  private static let temporary: [String: String] = {
    let relations = "(SELECT oid FROM pg_class WHERE relpersistence = 't')"
    let namespaces = "(SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_')"
    return [
      "pg_class": "relpersistence = 't'", "pg_namespace": "nspname ~ '^pg_(toast_)?temp_'",
      "pg_attribute": "attrelid IN \(relations)", "pg_index": "indexrelid IN \(relations)",
      "pg_attrdef": "adrelid IN \(relations)", "pg_sequence": "seqrelid IN \(relations)",
      "pg_inherits": "inhrelid IN \(relations)", "pg_rewrite": "ev_class IN \(relations)",
      "pg_trigger": "tgrelid IN \(relations)", "pg_type": "typnamespace IN \(namespaces)",
      "pg_proc": "pronamespace IN \(namespaces)", "pg_constraint": "connamespace IN \(namespaces)",
    ]
  }()

  /// For each catalog how many rows it has and the sum of the transactions that wrote them.
  ///
  /// Exact until transaction numbers wrap around: whatever replaces a row was written by a later transaction. Of the
  /// databases only this one counts; of `pg_depend` only the members of extensions, the rest follows from the
  /// others. Of what the role may not read, the view is looked at that everybody may.
  private static func fold(over catalogs: [String]) -> String {
    var queries = catalogs.compactMap { name -> String? in
      let condition: String
      switch name {
      case "pg_depend": condition = "deptype = 'e'"
      case "pg_database": condition = "datname = current_database()"
      case "pg_db_role_setting":
        condition = "setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"
      case _: condition = temporary[name].map { "NOT (\($0))" } ?? "true"
      }
      return "SELECT '\(name)', count(*), sum(xmin::text::bigint) FROM pg_catalog.\(name) WHERE \(condition)"
    }
    if !catalogs.contains("pg_authid") { queries.append(digest(of: "pg_roles", by: "rolname")) }
    if !catalogs.contains("pg_user_mapping") { queries.append(digest(of: "pg_user_mappings", by: "umid")) }
    return queries.joined(separator: "\nUNION ALL ") + "\nORDER BY 1"
  }

  private static func digest(of view: String, by key: String) -> String {
    "SELECT '\(view)', count(*), ('x' || left(md5(string_agg(v::text, ',' ORDER BY \(key))), 15))::bit(60)::bigint FROM \(view) v"
  }
}
