import Analysis
import SchemaModel
import Testing

@Suite struct DriftProbesTests {
  private let drawn = Schema.drawn(
    .drawn("orders", .drawn("id")),
    .drawn(
      "items", .drawn("id"), .drawn("order_id"), .drawn("count", notNull: false),
      keys: .drawn("order_id", to: "orders"))
  ).changing("items") { table in
    var check = CheckConstraint(named: "positive")
    check.expression = "count > 0"
    table.checks = [check]
    var key = KeyConstraint(named: "once")
    key.columns = ["order_id"]
    table.uniqueConstraints = [key]
    var index = TableIndex(named: "twice")
    index.isUnique = true
    index.keys = [IndexKey(.expression("abs(count)"))]
    table.indexes = [index]
  }

  @Test func `nothing is counted where production demands the same`() {
    #expect(DriftProbes.find(blueprint: drawn, live: drawn).isEmpty)
  }

  @Test func `every demand that only the blueprint makes is counted on the live table`() {
    let live = drawn.changing("items") { table in
      table.columns[1].isNotNull = false
      table.primaryKey = nil
      table.uniqueConstraints = []
      table.foreignKeys = []
      table.checks = []
      table.indexes = []
    }
    let probes = DriftProbes.find(blueprint: drawn, live: live)
    #expect(probes.allSatisfy { $0.table == live.tables[0] })
    let items = ObjectName(schema: "public", "items")
    func constraint(_ kind: ObjectKind, _ name: String) -> EvidenceSubject {
      .constraint(ConstraintReference(kind: kind, table: items, name: name))
    }
    #expect(
      probes.map(\.subject) == [
        .column(ColumnReference(table: items, column: "order_id")),
        constraint(.primaryKey, "items_pkey"), constraint(.uniqueConstraint, "once"),
        constraint(.foreignKey, "order_id_fkey"), constraint(.checkConstraint, "positive"),
        constraint(.index, "twice"),
      ])
  }

  @Test func `a constraint that production never validated, or that demands something else, is counted`() {
    let live = drawn.changing("items") { table in
      table.foreignKeys[0].isValidated = false
      table.checks[0].expression = "count >= 0"
      table.indexes[0].predicate = "count > 1"
    }
    let probes = DriftProbes.find(blueprint: drawn, live: live)
    #expect(
      probes.map(\.demand) == [
        .foreignKey(drawn.tables[0].foreignKeys[0]), .check(drawn.tables[0].checks[0]),
        .uniqueIndex(drawn.tables[0].indexes[0]),
      ])
  }

  @Test func `a constraint that only has another name is not counted`() {
    let live = drawn.changing("items") { table in
      table.foreignKeys[0].name = "fk"
      table.checks[0].name = "c"
      table.uniqueConstraints[0].name = "u"
      table.indexes[0].name = "i"
      table.primaryKey?.name = "p"
    }
    #expect(DriftProbes.find(blueprint: drawn, live: live).isEmpty)
  }

  @Test func `what production has no columns or tables for is not counted`() {
    let noColumn = drawn.changing("items") { table in
      table.columns.remove(at: 2)
      table.checks = []
      table.indexes = []
    }
    #expect(DriftProbes.find(blueprint: drawn, live: noColumn).isEmpty)
    var noParent = drawn.changing("items") { $0.foreignKeys = [] }
    noParent.tables.removeAll { $0.name.name == "orders" }
    #expect(DriftProbes.find(blueprint: drawn, live: noParent).isEmpty)
    #expect(DriftProbes.find(blueprint: drawn, live: .drawn()).isEmpty)
  }
}
