import SchemaModel
import SchemaText
import Testing

@Suite struct `Setting rows aside` {
  private static let table: Table = {
    var table = Table(named: ObjectName(schema: "app", "tasks"))
    table.columns = [
      Samples.column("id", "bigint", notNull: true, .identity(always: true, SequenceOptions())),
      Samples.column("Due", "date", .default("now()")),
      Samples.column("double", "bigint", .generated("(id * 2)", isStored: true)),
    ]
    return table
  }()

  @Test func `a quarantine has the columns and none of their rules`() {
    #expect(
      SetAsideSQL(.postgreSQL).createQuarantine(for: Self.table) == [
        "CREATE SCHEMA IF NOT EXISTS plumb_quarantine",
        """
        CREATE TABLE IF NOT EXISTS plumb_quarantine."app.tasks" (
          plumb_constraint text,
          plumb_reason text,
          plumb_set_aside_at timestamptz DEFAULT now(),
          id bigint,
          "Due" date,
          double bigint
        )
        """,
      ])
  }

  @Test func `PostgreSQL moves rows in one statement`() {
    let query = ViolationQuery.notNull(Self.table.columns[1], of: Self.table, engine: .postgreSQL)
    #expect(
      SetAsideSQL(.postgreSQL).move(violating: query, of: Self.table) == [
        """
        WITH gone AS (
          DELETE FROM app.tasks AS r WHERE num_nulls(r."Due") = 1 RETURNING r.*
        )
        INSERT INTO plumb_quarantine."app.tasks" (plumb_constraint, plumb_reason, id, "Due", double)
        SELECT 'Due NOT NULL', 'Due is null', gone.id, gone."Due", gone.double FROM gone
        """
      ])
  }

  @Test func `a table of public keeps its name, and a long name stays one of its own`() {
    let setAside = SetAsideSQL(.postgreSQL)
    #expect(
      setAside.quarantineName(for: Table(named: Samples.name("tasks")))
        == ObjectName(schema: "plumb_quarantine", "tasks"))
    let names = ["a", "b"].map { end in
      let table = Table(named: ObjectName(schema: "schöma", String(repeating: "é", count: 29) + end))
      return setAside.quarantineName(for: table).name
    }
    #expect(names[0] != names[1])
    #expect(names.allSatisfy { $0.utf8.count <= 63 && $0.hasPrefix("schöma.éééé") })
    #expect(
      SetAsideSQL(.sqlite).quarantineName(for: Table(named: ObjectName("t"))).description
        == "plumb_quarantine_t")
  }
}
