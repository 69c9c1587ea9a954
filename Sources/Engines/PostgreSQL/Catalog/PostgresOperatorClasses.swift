/// The operator classes of a database, and which of them must be named where they are used.
struct PostgresOperatorClasses {
  private struct OperatorClass {
    var name: String
    var isDefault: Bool
    var method: Int
    var inputType: Int
    /// Whether an index stores another type than the one that was given (`pg_opclass.opckeytype`).
    var storesOtherType: Bool
  }

  private struct Subject: Hashable {
    var method: Int
    var type: Int
  }

  private let classes: [Int: OperatorClass]
  private let defaults: [Subject: Int]
  /// The type under each domain (`pg_type.typbasetype`), by `pg_type.oid`.
  private let domains: [Int: Int]

  init(_ connection: PostgresConnection) throws(EngineError) {
    let found = try connection.query(
      """
      SELECT oc.oid, CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(oc.opcname)
        ELSE format('%I.%I', n.nspname, oc.opcname) END, oc.opcdefault, oc.opcmethod, oc.opcintype, oc.opckeytype
      FROM pg_opclass oc JOIN pg_namespace n ON n.oid = oc.opcnamespace
      """)
    classes = Dictionary(
      uniqueKeysWithValues: found.rows.map { row in
        let read = OperatorClass(
          name: row.text(1), isDefault: row.flag(2), method: row.number(3), inputType: row.number(4),
          storesOtherType: row.number(5) != 0)
        return (row.number(0), read)
      })
    defaults = Dictionary(
      classes.filter(\.value.isDefault).map { (Subject(method: $1.method, type: $1.inputType), $0) },
      uniquingKeysWith: { first, _ in first })
    let bases = try connection.query("SELECT oid, typbasetype FROM pg_type WHERE typtype = 'd'")
    domains = Dictionary(uniqueKeysWithValues: bases.rows.map { ($0.number(0), $0.number(1)) })
  }

  /// The class's name, qualified; `nil` when a key of that type has it without its being named.
  ///
  /// A class may be the default of one type and be used for another that only looks the same to it:
  /// `text_ops` over a `citext` column tells upper from lower case.
  func name(of oid: Int, onType type: Int?, isExpression: Bool, hasOptions: Bool) -> String? {
    guard let used = classes[oid] else { return nil }
    guard used.isDefault && !hasOptions else { return used.name }
    // Of an expression only the stored type is known.
    guard var type, !(isExpression && used.storesOtherType) else { return nil }
    while let base = domains[type] { type = base }
    let own = defaults[Subject(method: used.method, type: type)]
    return own == nil || own == oid ? nil : used.name
  }
}
