import SchemaModel

extension Samples {
  /// A SQLite schema with one of each.
  static var house: Schema {
    var schema = Schema(engine: .sqlite, serverVersion: "3.40.1")
    schema.tables = [pairs, people, visits]
    var latest = View(named: ObjectName("Latest"))
    latest.definition = "select id, count(*) from visits group by id -- newest"
    latest.columns = ["id", "count(*)"]
    var totals = View(named: ObjectName("totals"))
    totals.definition = "SELECT 1 AS one"
    totals.columns = ["one"]
    totals.comment = Comment("Not kept.")
    schema.views = [latest, totals]
    return schema
  }

  private static var pairs: Table {
    var table = Table(named: ObjectName("pairs"))
    table.isStrict = true
    table.isWithoutRowID = true
    table.columns = [
      column("left", "TEXT", notNull: true), column("right", "INT", notNull: true), column("note", "ANY"),
    ]
    table.primaryKey = primaryKey("", "left", "right")
    table.primaryKey?.isNamed = false
    return table
  }

  private static var people: Table {
    var table = Table(named: ObjectName("people"))
    table.comment = Comment("@owner front desk\n\n  Who's known; \"all\" of them.")
    table.columns = [
      column("id", "INTEGER", comment: "Never used again."),
      column(
        "Full Name", "VARCHAR(40)", notNull: true, .default("'?'"), comment: "@sensitive name\nAs told."),
      column("state", "", .default("active")),
      column("born", "TEXT", .default("CURRENT_DATE")),
      column("balance", "REAL", .default("-1.5")),
      column("token", "BLOB", .default("x'00'")),
      column("seen", "TEXT", .default("datetime('now')")),
      column("initial", "TEXT", .generated("substr(\"Full Name\", 1, 1)", isStored: false)),
      column("size", "INTEGER", .generated("length(\"Full Name\")", isStored: true)),
    ]
    table.columns[3].collation = "NOCASE"
    table.primaryKey = primaryKey("people_key", "id")
    table.primaryKey?.isAutoincrement = true
    var name = unique("people name", "Full Name", "born")
    name.conflictAction = "IGNORE"
    var token = unique("", "token")
    token.isNamed = false
    table.uniqueConstraints = [name, token]
    table.checks = [
      check("", "balance > -10 -- or nearly"), check("state known", "(state in ('active', 'gone'))"),
    ]
    table.checks[0].isNamed = false
    var lower = IndexKey(.expression("lower(\"Full Name\")"))
    lower.collation = "RTRIM"
    var byName = index("people_name_idx", lower, IndexKey(.column("born")), IndexKey(.expression("size + 1")))
    byName.keys[1].isDescending = true
    byName.isUnique = true
    byName.predicate = "state <> 'gone' -- alive"
    byName.comment = Comment("Not kept.")
    table.indexes = [byName]
    return table
  }

  private static var visits: Table {
    var table = Table(named: ObjectName("visits"))
    table.columns = [column("id", "INTEGER"), column("person", "INTEGER"), column("host", "INTEGER")]
    table.primaryKey = primaryKey("", "id")
    table.primaryKey?.isNamed = false
    var person = foreignKey("", ["person"], ObjectName("people"), ["id"])
    person.isNamed = false
    person.onDelete = .setNull
    person.onUpdate = .cascade
    var host = foreignKey("host known", ["host"], ObjectName("people"), ["id"])
    host.deferrability = .initiallyDeferred
    host.match = .full
    table.foreignKeys = [person, host]
    return table
  }
}
