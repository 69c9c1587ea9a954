import SchemaModel

/// How a row is made that other rows refer to and that is missing.
package enum PhantomPlan: Hashable, Sendable {
  /// The parent, and its columns in order with where their values come from.
  case row(Table, [Source])
  /// Why none can be made.
  case impossible(String)

  /// A column of the row that is made.
  package struct Source: Hashable, Sendable {
    package var column: String
    package var value: Value
  }

  /// Where a column's value comes from.
  package enum Value: Hashable, Sendable {
    /// The column of the row that refers to it.
    case child(String)
    /// An expression in SQL; `plumb_number` in it counts the rows that are made, from 1.
    case expression(String)
  }

  package init(for key: ForeignKey, of table: Table, in schema: Schema) {
    guard !key.isTemporal else {
      self = .impossible("nobody knows for which period its row would be")
      return
    }
    guard let parent = schema.table(named: key.referencedTable), parent.foreignServer == nil else {
      self = .impossible("\(key.referencedTable) is no table of this database")
      return
    }
    var sources = zip(key.referencedColumns, key.columns).map { Source(column: $0, value: .child($1)) }
    let given = Set(key.referencedColumns)
    for column in parent.columns {
      let isDemanded =
        column.isNotNull || BaseType.forbidsNull(column.type, in: schema)
        || (parent.primaryKey?.columns.contains(column.name) ?? false)
      switch column.value {
      case .generated where given.contains(column.name):
        self = .impossible("\(column.name) of \(parent.name) is generated")
        return
      case .generated, .default, .identity: continue
      case .none where given.contains(column.name) || !isDemanded: continue
      case .none: break
      }
      switch Self.invention(of: column, in: parent, schema) {
      case .made(let expression): sources.append(Source(column: column.name, value: .expression(expression)))
      case .none(let reason):
        self = .impossible("\(parent.name) demands \(column.name), and \(reason)")
        return
      }
    }
    self = .row(parent, sources)
  }

  private enum Invention {
    case made(String)
    case none(String)
  }

  private static func invention(of column: Column, in parent: Table, _ schema: Schema) -> Invention {
    let isReference = parent.foreignKeys.contains { $0.columns.contains(column.name) }
    guard !isReference else { return .none("that refers to another row") }
    let isExclusive = parent.exclusions.contains { $0.keys.contains { $0.column == column.name } }
    guard !isExclusive else { return .none("that may not meet another row's") }
    let isUnique = parent.uniqueColumnSets.contains { $0.contains(column.name) }
    let expression =
      switch schema.engine {
      case .postgreSQL: postgres(column, isUnique, of: parent, in: schema)
      case .sqlite: sqlite(column, isUnique, of: parent)
      }
    return expression.map(Invention.made) ?? .none("nothing can be invented for its type \(column.type)")
  }

  /// What the marked rows are called wherever a text has to be given.
  package static let mark = "plumb phantom"

  private static func postgres(
    _ column: Column, _ isUnique: Bool, of parent: Table, in schema: Schema
  ) -> String? {
    let dialect = SQLDialect.postgreSQL
    let name = BaseType.name(of: column.type, in: schema)
    let type = name.hasSuffix(")") ? String(name.prefix { $0 != "(" }) : name
    let cast = "::\(column.type)"
    let least = "least(0, (SELECT min(\(dialect.identifier(column.name))) FROM \(dialect.name(parent.name))))"
    switch type {
    case "text", "character varying", "character", "name", "public.citext":
      // The type's own length cuts it.
      return isUnique
        ? "('\(mark) ' || pg_catalog.gen_random_uuid())\(cast)" : "'\(mark)'\(cast)"
    case "smallint", "integer", "bigint", "numeric", "real", "double precision":
      return isUnique ? "(\(least) - plumb_number)\(cast)" : "0\(cast)"
    case "uuid":
      return isUnique
        ? "pg_catalog.gen_random_uuid()\(cast)" : "'00000000-0000-0000-0000-000000000000'\(cast)"
    default: break
    }
    guard !isUnique else { return nil }
    if type.hasSuffix("[]") { return "'{}'\(cast)" }
    if let labels = schema.enums.first(where: { dialect.name($0.name) == type })?.labels {
      return labels.first.map { "\(dialect.literal($0))\(cast)" }
    }
    let constants = [
      "boolean": "false", "date": "'epoch'", "timestamp without time zone": "'epoch'",
      "timestamp with time zone": "'epoch'", "time without time zone": "'00:00'",
      "time with time zone": "'00:00'",
      "interval": "'0'", "json": "'{}'", "jsonb": "'{}'", "bytea": "''", "inet": "'0.0.0.0'",
      "cidr": "'0.0.0.0'",
      "money": "'0'", "xml": "''", "bit varying": "''", "tsvector": "''", "int4range": "'empty'",
      "int8range": "'empty'",
      "numrange": "'empty'", "tsrange": "'empty'", "tstzrange": "'empty'", "daterange": "'empty'",
    ]
    return constants[type].map { "\($0)\(cast)" }
  }

  /// By the rules that give a column its affinity.
  private static func sqlite(_ column: Column, _ isUnique: Bool, of parent: Table) -> String? {
    let dialect = SQLDialect.sqlite
    let type = column.type.uppercased()
    let least = """
      (SELECT min(0, coalesce(min(\(dialect.identifier(column.name))), 0)) FROM \(dialect.name(parent.name)))
      """
    if type.contains("INT") { return isUnique ? "\(least) - plumb_number" : "0" }
    if ["CHAR", "CLOB", "TEXT"].contains(where: type.contains) {
      return isUnique ? "'\(mark) ' || lower(hex(randomblob(8)))" : "'\(mark)'"
    }
    if type.isEmpty || type.contains("BLOB") { return isUnique ? "randomblob(8)" : "x''" }
    return isUnique ? "\(least) - plumb_number" : "0"
  }
}
