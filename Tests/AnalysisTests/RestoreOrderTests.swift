import Analysis
import SchemaModel
import Testing

@Suite struct RestoreOrderTests {
  @Test func `parents come before children and ties go by name`() {
    let order = RestoreOrder(of: [
      Self.table("tasks", to: "projects", "users"), Self.table("users", to: "orgs"),
      Self.table("projects", to: "orgs"), Self.table("orgs"), Self.table("alone"),
    ])
    #expect(order.tables.map(\.name) == ["alone", "orgs", "projects", "users", "tasks"])
    #expect(order.cycles.isEmpty && order.selfReferences.isEmpty)
  }

  @Test(arguments: 0..<6)
  func `the order does not depend on how the tables were given`(shift: Int) {
    let tables = [
      Self.table("a", to: "b", "f"), Self.table("b", to: "c"), Self.table("c", to: "b"),
      Self.table("d", to: "a", "d"), Self.table("e", to: "nowhere"), Self.table("f"),
    ]
    let order = RestoreOrder(of: Array(tables[shift...] + tables[..<shift]))
    #expect(order == RestoreOrder(of: tables))
    #expect(order.tables.map(\.name) == ["b", "c", "e", "f", "a", "d"])
  }

  @Test func `a circle is named with the keys that close it, apart from what hangs on it`() {
    let order = RestoreOrder(of: [
      Self.table("staff", to: "departments"), Self.table("departments", to: "staff", "sites"),
      Self.table("sites"), Self.table("badges", to: "staff"),
    ])
    #expect(order.tables.map(\.name) == ["sites", "departments", "staff", "badges"])
    #expect(order.cycles.map { $0.tables.map(\.name) } == [["departments", "staff"]])
    #expect(
      order.cycles.first?.foreignKeys.map { "\($0.table) \($0.name)" } == [
        "public.departments staff_id_fkey", "public.staff departments_id_fkey",
      ])
  }

  @Test func `two circles with a table between them are two`() {
    let order = RestoreOrder(of: [
      Self.table("a", to: "b"), Self.table("b", to: "a", "m"), Self.table("m", to: "x"),
      Self.table("x", to: "y"), Self.table("y", to: "x"),
    ])
    #expect(order.tables.map(\.name) == ["x", "y", "m", "a", "b"])
    #expect(order.cycles.map { $0.tables.map(\.name) } == [["a", "b"], ["x", "y"]])
  }

  @Test func `a table that refers to itself is no circle`() {
    let order = RestoreOrder(of: [Self.table("employees", to: "employees")])
    #expect(order.tables.map(\.name) == ["employees"])
    #expect(order.cycles.isEmpty)
    #expect(order.selfReferences.map(\.name) == ["employees_id_fkey"])
  }

  @Test func `what refers to a partitioned table comes after all its partitions`() {
    func partition(_ name: String, of parent: String) -> Table {
      var table = Self.table(name, to: "customers")
      table.partition = PartitionBounds(parent: ObjectName(schema: "public", parent), bounds: "DEFAULT")
      return table
    }
    let order = RestoreOrder(of: [
      Self.table("a_refunds", to: "payments"), Self.table("payments", to: "customers"),
      partition("z_payments", of: "payments"), partition("z_payments_deep", of: "z_payments"),
      Self.table("customers"), partition("torn", of: "nowhere"),
    ])
    #expect(
      order.tables.map(\.name)
        == ["customers", "payments", "z_payments", "z_payments_deep", "torn", "a_refunds"])
    #expect(order.cycles.isEmpty && order.selfReferences.isEmpty)
  }

  @Test func `bounds that name each other in a circle lose no table`() {
    func partition(_ name: String, of parent: String) -> Table {
      var table = Self.table(name)
      table.partition = PartitionBounds(parent: ObjectName(schema: "public", parent), bounds: "DEFAULT")
      return table
    }
    let order = RestoreOrder(of: [partition("a", of: "b"), partition("b", of: "a"), Self.table("c")])
    #expect(Set(order.tables.map(\.name)) == ["a", "b", "c"])
  }

  @Test func `a chain of twenty thousand tables needs no deep stack`() {
    let count = 20_000
    let tables = (0..<count).map { Self.table("t\($0)", to: "t\($0 + 1)") }
    let order = RestoreOrder(of: tables)
    #expect(order.tables.first?.name == "t\(count - 1)")
    #expect(order.tables.last?.name == "t0")
    #expect(order.tables.count == count)
  }

  private static func table(_ name: String, to parents: String...) -> Table {
    var table = Table.drawn(name, .drawn("id"))
    table.foreignKeys = parents.map { .drawn("\($0)_id", to: $0) }
    return table
  }
}
