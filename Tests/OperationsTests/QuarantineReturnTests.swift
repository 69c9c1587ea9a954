import Engines
import Operations
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// The way back from quarantine: all or nothing, and only what may go back.
@Suite struct QuarantineReturnTests {
  private static func example(_ name: String, _ engine: DirtyCase.Engine) throws -> DirtyRun {
    let example = try #require(DirtyCase.all.first { $0.name == name && $0.engine == engine })
    let run = try DirtyRun(example)
    try run.execute(example.repair ?? "")
    return run
  }

  private struct Fault: Error {}

  @Test(arguments: DirtyCase.Engine.allCases)
  func `a fault before any step leaves every row in its one place`(_ engine: DirtyCase.Engine) throws {
    let run = try Self.example("cascade-circle", engine)
    let before = try run.rows()
    var steps: [String] = []
    _ = try QuarantineReturn(run.place, isDryRun: true).run { steps.append($0) }
    #expect(steps.count > 4)
    for step in steps {
      #expect(throws: Fault.self) {
        try QuarantineReturn(run.place).run { if $0 == step { throw Fault() } }
      }
      #expect(try run.rows() == before)
    }
    _ = try QuarantineReturn(run.place).run()
    #expect(try run.rows() != before)
  }

  @Test func `a session that is killed at any step leaves every row in its one place`() throws {
    let run = try Self.example("orphans-quarantine", .postgresql)
    guard case .postgres(let place) = run.place else { return }
    let before = try run.rows()
    for step in ["judgement", "rows", "triggers again", "commit"] {
      let error = #expect(throws: EngineError.self) {
        try QuarantineReturn(run.place).run { reached in
          guard reached == step else { return }
          try TemporaryPostgres.run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'plumb'
            """, in: place.complete)
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(try run.rows() == before)
    }
  }

  @Test(arguments: DirtyCase.Engine.allCases)
  func `a dry run says the same and changes nothing`(_ engine: DirtyCase.Engine) throws {
    let run = try Self.example("orphans-quarantine", engine)
    let before = try run.rows()
    let tried = try QuarantineReturn(run.place, isDryRun: true).run()
    #expect(tried.isDryRun)
    #expect(try run.rows() == before)
    var done = try QuarantineReturn(run.place).run()
    done.isDryRun = true
    #expect(done == tried)
    #expect(done.returned.map(\.rowCount) == [1, 2])
  }

  @Test(arguments: DirtyCase.Engine.allCases)
  func `a table or a constraint can be named`(_ engine: DirtyCase.Engine) throws {
    let run = try Self.example("orphans-quarantine", engine)
    let lines = try QuarantineReturn(run.place, table: "lines").run()
    // Their orders are not on their way back.
    #expect(lines.returned == [])
    #expect(lines.left.map(\.rowCount) == [3])
    #expect(try QuarantineReturn(run.place, constraint: "nothing").run().returned == [])
    let orders = try QuarantineReturn(run.place, constraint: "orders_user").run()
    #expect(orders.returned.map(\.rowCount) == [2])
    let error = #expect(throws: OperationError.self) {
      try QuarantineReturn(run.place, table: "line").run()
    }
    #expect(error?.hint == "Did you mean 'lines'?")
  }

  @Test(arguments: DirtyCase.Engine.allCases)
  func `rows deleted on purpose come back only when asked for`(_ engine: DirtyCase.Engine) throws {
    let run = try Self.example("orphans-delete", engine)
    try run.execute("INSERT INTO users (id, name) VALUES (98, 'x'), (99, 'y');")
    let report = try QuarantineReturn(run.place).run()
    #expect(report.returned == [])
    #expect(report.left.map(\.rowCount) == [3])
    let all = try QuarantineReturn(run.place, includesDeleted: true).run()
    #expect(all.returned.map(\.rowCount) == [2, 3])
    #expect(all.left.map(\.rowCount) == [1])
  }

  @Test func `no trigger fires in PostgreSQL, and each fires again as it did`() throws {
    let run = try Self.example("orphans-quarantine", .postgresql)
    guard case .postgres(let place) = run.place else { return }
    try run.execute(
      """
      CREATE TABLE log (what text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.log VALUES (TG_NAME); RETURN new; END';
      CREATE TRIGGER usual AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note();
      CREATE TRIGGER always BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note();
      CREATE TRIGGER off AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note();
      ALTER TABLE orders ENABLE ALWAYS TRIGGER always; ALTER TABLE orders DISABLE TRIGGER off;
      ALTER TABLE lines ALTER CONSTRAINT lines_order DEFERRABLE INITIALLY DEFERRED;
      """)
    let modes = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    let before = try TemporaryPostgres.run(modes, in: place.complete)
    #expect(try QuarantineReturn(run.place).run().returned.map(\.rowCount) == [1, 2])
    #expect(try TemporaryPostgres.run("SELECT count(*) FROM log", in: place.complete) == "0\n")
    #expect(try TemporaryPostgres.run(modes, in: place.complete) == before)
  }

  @Test func `no trigger fires in SQLite`() throws {
    let run = try Self.example("orphans-quarantine", .sqlite)
    try run.execute(
      "CREATE TABLE log (what TEXT); CREATE TRIGGER g AFTER INSERT ON orders BEGIN INSERT INTO log VALUES (1); END;"
    )
    #expect(try QuarantineReturn(run.place).run().returned.map(\.rowCount) == [1, 2])
    let session = try LiveDatabase.open(run.place, statementSeconds: 60)
    #expect(try session.rows("SELECT count(*) FROM log") == [["0"]])
  }

  @Test func `a rule that swallows rows ends the return with nothing changed`() throws {
    let run = try Self.example("orphans-quarantine", .postgresql)
    try run.execute("CREATE RULE swallow AS ON INSERT TO lines DO INSTEAD NOTHING;")
    let before = try run.rows()
    #expect(throws: (any Error).self) { try QuarantineReturn(run.place).run() }
    #expect(try run.rows() == before)
  }

  @Test func `a table that changed meanwhile is told, and nothing of it is lost`() throws {
    let run = try Self.example("orphans-quarantine", .postgresql)
    try run.execute(
      "ALTER TABLE lines ADD COLUMN added text DEFAULT 'new'; ALTER TABLE orders DROP COLUMN total;")
    let report = try QuarantineReturn(run.place).run()
    #expect(report.returned == [])
    #expect(
      report.left.contains { $0.reason == "the table has no column total any more" && $0.rowCount == 3 })
  }

  @Test(arguments: DirtyCase.Engine.allCases)
  func `another row with the key is left alone`(_ engine: DirtyCase.Engine) throws {
    let run = try Self.example("return-conflicts", engine)
    let report = try QuarantineReturn(run.place).run()
    #expect(report.returned.map(\.rowCount) == [1])
    #expect(
      Set(report.left.map { "\($0.reason)".replacing("public.", with: "") })
        == ["no row in u has this u_id", "another row has the same id"])
    let session = try LiveDatabase.open(run.place, statementSeconds: 60)
    #expect(
      try session.rows("SELECT id, u_id FROM \(engine == .sqlite ? "" : "public.")t ORDER BY id") == [
        ["1", "9"], ["2", nil],
      ])
  }
}
