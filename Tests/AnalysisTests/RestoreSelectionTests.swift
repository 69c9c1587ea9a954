import Analysis
import SchemaModel
import Testing

/// Which tables' rows a partial restore needs.
@Suite struct RestoreSelectionTests {
  /// item -> bill -> customer, bill -> office; note stands alone; log is partitioned and refers to customer.
  private static let schema: Schema = {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15")
    func table(_ name: String, _ parents: [String] = [], partitionOf whole: String? = nil) -> Table {
      var table = Table(named: ObjectName(schema: "public", name))
      table.foreignKeys = parents.map { parent in
        var key = ForeignKey(named: "\(name)_\(parent)_fkey")
        key.referencedTable = ObjectName(schema: "public", parent)
        return key
      }
      table.partition = whole.map {
        PartitionBounds(parent: ObjectName(schema: "public", $0), bounds: "DEFAULT")
      }
      return table
    }
    schema.tables = [
      table("customer"), table("office"), table("bill", ["customer", "office"]), table("item", ["bill"]),
      table("note"),
      table("log", ["customer"]), table("log_1", partitionOf: "log"),
    ]
    return schema
  }()

  private func names(_ names: Set<ObjectName>) -> [String] { names.map(\.name).sorted() }

  @Test func `a table brings along what its rows refer to, however far`() throws {
    let selection = try RestoreSelection(only: [RowChoice("item")], except: [], of: Self.schema)
    #expect(names(selection.tables) == ["bill", "customer", "item", "office"])
    #expect(selection.added.map(\.name) == ["bill", "customer", "office"])
  }

  @Test func `a partitioned table is its partitions, and they refer to what it refers to`() throws {
    let selection = try RestoreSelection(only: [RowChoice("public.log")], except: [], of: Self.schema)
    #expect(names(selection.tables) == ["customer", "log", "log_1"])
    let partition = try RestoreSelection(only: [RowChoice("log_1")], except: [], of: Self.schema)
    #expect(names(partition.tables) == ["customer", "log_1"])
  }

  @Test func `what nobody refers to may be left out`() throws {
    let selection = try RestoreSelection(
      only: [], except: [NamePattern("log"), NamePattern("item")], of: Self.schema)
    #expect(names(selection.tables) == ["bill", "customer", "note", "office"])
    #expect(selection.added.isEmpty)
  }

  @Test func `what other rows refer to cannot be left out alone`() {
    let refusal = #expect(throws: RestoreSelection.Refusal.self) {
      try RestoreSelection(only: [], except: [NamePattern("customer")], of: Self.schema)
    }
    guard case .needed(let table, let dependents) = refusal else {
      Issue.record("\(refusal as Any)")
      return
    }
    #expect(table.name == "customer")
    #expect(dependents.map(\.name) == ["bill", "log", "log_1"])
  }

  @Test func `a name that fits nothing is refused`() {
    #expect(throws: RestoreSelection.Refusal.nothingFits(NamePattern("nope*"))) {
      try RestoreSelection(only: [RowChoice("nope*")], except: [], of: Self.schema)
    }
  }

  @Test func `rows that are chosen bring along what belongs to them, and what that needs`() throws {
    let selection = try RestoreSelection(
      only: [RowChoice("customer WHERE id = 42")], except: [], of: Self.schema)
    #expect(selection.chosen.map(\.description) == ["public.customer where id = 42"])
    #expect(names(selection.tables) == ["bill", "customer", "item", "log", "log_1", "office"])
    #expect(selection.inPart == selection.tables)
    #expect(selection.added.map(\.name) == ["office"])
    let less = try RestoreSelection(
      only: [RowChoice("customer where id = 42"), RowChoice("note")], except: [NamePattern("log*")],
      of: Self.schema)
    #expect(names(less.tables) == ["bill", "customer", "item", "note", "office"])
    #expect(names(less.inPart) == ["bill", "customer", "item", "office"])
  }

  @Test func `a condition that says nothing, or is for several tables, is refused`() {
    func refusal(of choices: [RowChoice]) -> RestoreSelection.Refusal? {
      #expect(throws: RestoreSelection.Refusal.self) {
        try RestoreSelection(only: choices, except: [], of: Self.schema)
      }
    }
    let customer = ObjectName(schema: "public", "customer")
    #expect(
      refusal(of: [RowChoice("customer where id = 1"), RowChoice("bill")]) == .wholeAnyway(table: customer))
    let names = ["note", "office"].map { ObjectName(schema: "public", $0) }
    #expect(refusal(of: [RowChoice("*o*e where true")]) == .severalFit(NamePattern("*o*e"), names))
  }
}
