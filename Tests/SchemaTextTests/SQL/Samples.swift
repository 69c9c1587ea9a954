import SchemaModel

/// Schemas to print, small and with one of each kind of object.
enum Samples {
  static func column(
    _ name: String, _ type: String, notNull: Bool = false, _ value: ColumnValue = .none,
    comment: String? = nil
  ) -> Column {
    var column = Column(named: name)
    column.type = type
    column.isNotNull = notNull
    column.value = value
    column.comment = comment.map(Comment.init)
    return column
  }

  static func primaryKey(_ name: String, _ columns: String...) -> KeyConstraint {
    var key = KeyConstraint(named: name)
    key.isPrimary = true
    key.columns = columns
    return key
  }

  static func unique(_ name: String, _ columns: String...) -> KeyConstraint {
    var key = KeyConstraint(named: name)
    key.columns = columns
    return key
  }

  static func check(_ name: String, _ expression: String) -> CheckConstraint {
    var check = CheckConstraint(named: name)
    check.expression = expression
    return check
  }

  static func foreignKey(
    _ name: String, _ columns: [String], _ table: ObjectName, _ referenced: [String]
  ) -> ForeignKey {
    var key = ForeignKey(named: name)
    key.columns = columns
    key.referencedTable = table
    key.referencedColumns = referenced
    return key
  }

  static func index(_ name: String, _ keys: IndexKey...) -> TableIndex {
    var index = TableIndex(named: name)
    index.keys = keys
    return index
  }

  static func name(_ name: String) -> ObjectName { ObjectName(schema: "public", name) }
}

extension Samples {
  /// A PostgreSQL schema with one of each.
  static var shop: Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.namespaces = [Namespace(named: ObjectName("app")), Namespace(named: ObjectName("public"))]
    schema.namespaces[0].comment = Comment("@owner shop\nEverything that's sold.")
    schema.namespaces[1].comment = Comment("standard public schema")
    schema.extensions = [
      installed("btree_gist", in: "public"), installed("citext", in: "app"),
      installed("plpgsql", in: "pg_catalog"),
    ]
    schema.enums = [mood]
    schema.domains = [percentage, positive]
    schema.sequences = [ticketNumbers]
    schema.tables = [
      bookings, customers, orders, orderPartition("2025"), orderPartition("2026"), ordersNorth,
    ]
    schema.views = [openOrders, orderTotals, allOrders]
    schema.precedences = [openOrders, orderTotals].map { view in
      Precedence(
        of: ObjectReference(kind: view.kind, view.name),
        needs: [ObjectReference(kind: .view, app("all_orders"))])
    }
    schema.precedences.append(
      Precedence(
        of: ObjectReference(kind: .domainType, app("percentage")),
        needs: [ObjectReference(kind: .domainType, app("positive"))]))
    schema.notCompared = [
      NotCompared(kind: "functions", count: 7, names: ["a()", "b()", "c()", "d()", "e\n()"]),
      NotCompared(kind: "triggers", count: 1, names: ["t on app.orders"]),
    ]
    return schema
  }

  private static func installed(_ name: String, in schema: String) -> InstalledExtension {
    var item = InstalledExtension(named: ObjectName(name))
    item.version = "1.0"
    item.schema = schema
    return item
  }

  private static func app(_ name: String) -> ObjectName { ObjectName(schema: "app", name) }

  private static var mood: EnumType {
    var type = EnumType(named: app("mood"))
    type.labels = ["sad", "it's ok", "happy"]
    type.comment = Comment("How they feel.")
    return type
  }

  /// Sorts before the domain it is laid over.
  private static var percentage: DomainType {
    var domain = DomainType(named: app("percentage"))
    domain.baseType = "app.positive"
    domain.checks = [check("percentage_check", "((VALUE)::integer <= 100)")]
    domain.checks[0].comment = Comment("At most all.")
    return domain
  }

  private static var positive: DomainType {
    var domain = DomainType(named: app("positive"))
    domain.baseType = "integer"
    domain.defaultExpression = "1"
    domain.isNotNull = true
    domain.checks = [check("positive_check", "(VALUE > 0)"), check("odd", "((VALUE % 2) = 1)")]
    domain.checks[1].isValidated = false
    return domain
  }

  private static var ticketNumbers: SequenceGenerator {
    var sequence = SequenceGenerator(named: app("ticket_numbers"))
    sequence.options.type = "integer"
    sequence.options.start = 100
    sequence.options.increment = -5
    sequence.options.minimum = -500
    sequence.options.maximum = 100
    sequence.options.cache = 10
    sequence.options.cycles = true
    sequence.ownedBy = ColumnReference(table: app("customers"), column: "ticket")
    sequence.comment = Comment("Counts down.")
    return sequence
  }

  private static var bookings: Table {
    var table = Table(named: app("bookings"))
    table.isUnlogged = true
    table.columns = [
      column("room", "integer", notNull: true), column("during", "tstzrange", notNull: true),
      column("cancelled", "boolean", notNull: true, .default("false")),
    ]
    var exclusion = ExclusionConstraint(named: "one at a time")
    exclusion.method = "gist"
    exclusion.keys = [IndexKey(.column("room")), IndexKey(.column("during"))]
    exclusion.operators = ["OPERATOR(pg_catalog.=)", "OPERATOR(pg_catalog.&&)"]
    exclusion.predicate = "(NOT cancelled)"
    exclusion.deferrability = .initiallyDeferred
    exclusion.comment = Comment("A room is let once.")
    table.exclusions = [exclusion]
    return table
  }

  private static var customers: Table {
    var numbers = SequenceOptions()
    numbers.start = 1000
    numbers.minimum = 1000
    var table = Table(named: app("customers"))
    table.comment = Comment("@owner sales\nWho buys.")
    table.columns = [
      column("id", "bigint", notNull: true, .identity(always: true, SequenceOptions())),
      column("number", "bigint", notNull: true, .identity(always: false, numbers)),
      column("email", "app.citext", notNull: true, comment: "@sensitive email"),
      column("Name", "text"),
      column("mood", "app.mood", .default("'happy'::app.mood")),
      column("ticket", "integer", .default("nextval('app.ticket_numbers'::regclass)")),
      column("name_length", "integer", .generated("length(\"Name\")", isStored: true)),
      column("discount", "app.percentage"),
    ]
    table.columns[3].collation = "pg_catalog.\"C\""
    table.primaryKey = primaryKey("customers_pkey", "id")
    var number = unique("customers_number_key", "number")
    number.includedColumns = ["mood"]
    number.nullsNotDistinct = true
    number.deferrability = .initiallyImmediate
    number.comment = Comment("One number each.")
    table.uniqueConstraints = [number]
    table.checks = [
      check("email has at", "((email)::text ~~ '%@%'::text)"), check("name given", "(\"Name\" <> ''::text)"),
    ]
    table.checks[0].isNotInherited = true
    table.checks[1].isValidated = false
    table.checks[1].comment = Comment("Old rows may lack it.")
    table.indexes = [customerName, customerNumber]
    return table
  }

  private static var customerName: TableIndex {
    var name = IndexKey(.expression("lower(\"Name\")"))
    name.collation = "pg_catalog.\"C\""
    name.operatorClass = "pg_catalog.text_pattern_ops"
    name.isDescending = true
    var index = index("customers name", name, IndexKey(.column("id")))
    index.keys[1].nullsFirst = true
    index.isUnique = true
    index.includedColumns = ["email"]
    index.nullsNotDistinct = true
    index.predicate = "(mood = 'happy'::app.mood)"
    index.comment = Comment("For the search.")
    return index
  }

  private static var customerNumber: TableIndex {
    var index = index("customers_ticket_idx", IndexKey(.column("ticket")))
    index.method = "hash"
    index.isValid = false
    return index
  }

  private static var orders: Table {
    var table = Table(named: app("orders"))
    table.columns = orderColumns
    table.columns[0].value = .identity(always: false, SequenceOptions())
    table.partitionKey = "RANGE (placed_at)"
    table.primaryKey = primaryKey("orders_pkey", "id", "region", "placed_at")
    table.primaryKey?.comment = Comment("Cut by time.")
    table.checks = [check("orders_total_check", "(total >= (0)::numeric)")]
    table.indexes = [index("orders_customer_idx", IndexKey(.column("customer_id")))]
    var customer = foreignKey("orders_customer_fkey", ["customer_id"], app("customers"), ["id"])
    customer.onDelete = .cascade
    customer.onUpdate = .restrict
    customer.deferrability = .initiallyDeferred
    customer.comment = Comment("No order without one.")
    table.foreignKeys = [customer]
    return table
  }

  private static var orderColumns: [Column] {
    [
      column("id", "bigint", notNull: true), column("customer_id", "bigint"),
      column("region", "text", notNull: true), column("placed_at", "date", notNull: true),
      column("total", "numeric(10,2)", notNull: true, .default("0"), comment: "In euro."),
    ]
  }

  private static func orderPartition(_ year: String) -> Table {
    var table = Table(named: app("a_orders_\(year)"))
    table.columns = orderColumns
    table.partition = PartitionBounds(
      parent: app("orders"), bounds: "FOR VALUES FROM ('\(year)-01-01') TO ('\(year)-12-31')")
    if year == "2026" { table.partitionKey = "LIST (region)" }
    if year == "2025" { table.checks = [check("closed", "(total < (1000)::numeric)")] }
    return table
  }

  /// Sorts before the partition it is a partition of, and has its columns in another order.
  private static var ordersNorth: Table {
    var table = Table(named: app("a_north"))
    table.columns = orderColumns.reversed()
    table.partition = PartitionBounds(parent: app("a_orders_2026"), bounds: "FOR VALUES IN ('north')")
    table.uniqueConstraints = [unique("a_north_total_key", "total")]
    return table
  }

  private static var openOrders: View {
    var view = View(named: app("a_open_orders"))
    view.definition = " SELECT all_orders.id,\n    all_orders.total\n   FROM app.all_orders;"
    view.columns = ["id", "total"]
    view.options = ["check_option=local", "security_barrier=true"]
    view.columnComments = ["total": Comment("In euro.")]
    view.comment = Comment("Not paid.")
    return view
  }

  private static var allOrders: View {
    var view = View(named: app("all_orders"))
    view.definition = " SELECT orders.id,\n    orders.total\n   FROM app.orders;"
    view.columns = ["id", "total"]
    return view
  }

  private static var orderTotals: View {
    var view = View(named: app("a_totals"))
    view.isMaterialized = true
    view.definition = " SELECT sum(all_orders.total) AS sum\n   FROM app.all_orders;"
    view.columns = ["sum"]
    view.comment = Comment("Once a night.")
    view.indexes = [index("a_totals_idx", IndexKey(.column("sum")))]
    view.indexes[0].isUnique = true
    return view
  }
}
