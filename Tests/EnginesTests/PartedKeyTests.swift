import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

@Suite struct PartedKeyTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let contents = """
    CREATE TABLE plain (id int PRIMARY KEY, code text NOT NULL, "no ""1" int, at date);
    ALTER TABLE plain ADD CONSTRAINT "Code of, (it)" UNIQUE (code) INCLUDE (at);
    ALTER TABLE plain ADD CONSTRAINT late UNIQUE ("no ""1", at) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE plain ADD CONSTRAINT movable UNIQUE (at, id) DEFERRABLE;
    INSERT INTO plain SELECT n, 'c' || n, n, date '2026-01-01' + n FROM generate_series(1, 1000) n;
    CREATE INDEX ON plain (at DESC);
    ALTER TABLE plain CLUSTER ON plain_pkey;
    CREATE TABLE "Parts" (day date, n int, PRIMARY KEY (day, n)) PARTITION BY RANGE (day);
    CREATE TABLE "Parts 1" PARTITION OF "Parts" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    INSERT INTO "Parts" SELECT date '2026-01-01' + n, n FROM generate_series(1, 300) n;
    CREATE TABLE identified (a int NOT NULL, b int NOT NULL, CONSTRAINT ab UNIQUE (a, b));
    ALTER TABLE identified REPLICA IDENTITY USING INDEX ab;
    INSERT INTO identified VALUES (1, 2);
    COMMENT ON CONSTRAINT ab ON identified IS 'both';
    """

  /// Backs up a database, and opens its restores into an empty one.
  private func restores(
    of source: String, leastParted: Int
  ) throws -> (target: String, open: () throws -> PostgresRestore) {
    let folder = scratch.path("archive")
    let evidence = try PostgresBackup.write(
      from: try PostgresConnectionString(source), into: folder, workers: 2
    ) { _ in }
    let target = try TemporaryPostgres.makeDatabase("")
    var options = PostgresRestore.Options(workers: 2)
    options.leastPartedByteCount = leastParted
    options.identity = "the same"
    return (
      target,
      {
        try PostgresRestore(
          archive: try PostgresArchive(opening: folder), schema: evidence.schema,
          into: try PostgresConnectionString(target), options: options)
      }
    )
  }

  @Test(arguments: [0, Int.max])
  func `a key that is built as an index and then made a constraint is the one that was dumped`(
    _ least: Int
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let (target, open) = try restores(of: source, leastParted: least)
    let restore = try open()
    _ = try restore.createTables()
    _ = try restore.loadRows(settler: nil) { _ in }
    #expect(try restore.buildKeysAndIndexes() == [])
    #expect(try restore.finish() == [])
    try restore.endJournal()
    #expect(try PostgresDump.differences(from: source, to: target, .everything) == [])
  }

  @Test func `rows that a parted key forbids leave it unbuilt, and all else built`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      Self.contents,
      """
      UPDATE pg_index SET indisunique = false WHERE indexrelid = '"Code of, (it)"'::regclass;
      UPDATE plain SET code = 'c1' WHERE id = 2;
      UPDATE pg_index SET indisunique = true WHERE indexrelid = '"Code of, (it)"'::regclass;
      """)
    let (target, open) = try restores(of: source, leastParted: 0)
    let restore = try open()
    _ = try restore.createTables()
    _ = try restore.loadRows(settler: nil) { _ in }
    #expect(restore.refusedKeys.map(\.name) == ["Code of, (it)"])
    #expect(restore.sharedKeys.values.map { $0 } == [[["c1"]]])
    let built = try TemporaryPostgres.run(
      "SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = 'plain'::regclass",
      in: target)
    #expect(built == "late movable plain_pkey\n")
    _ = try TemporaryPostgres.run("DELETE FROM plain WHERE id = 2", in: target)
    #expect(try restore.buildKeysAndIndexes() == [])
  }

  @Test func `an index that an interrupted run left without its constraint is built anew`() throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let (target, open) = try restores(of: source, leastParted: 0)
    _ = try open().createTables()
    _ = try TemporaryPostgres.run("CREATE UNIQUE INDEX movable ON plain (code)", in: target)
    let restore = try open()
    _ = try restore.loadRows(settler: nil) { _ in }
    #expect(try restore.buildKeysAndIndexes() == [])
    #expect(try restore.finish() == [])
    let key = try TemporaryPostgres.run(
      "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'movable'", in: target)
    #expect(key == "UNIQUE (at, id) DEFERRABLE\n")
  }

  @Test func `only a key that stands alone is parted`() {
    func parted(_ definition: String, runsIn schema: String? = nil) -> PartedKey? {
      var entry = ArchiveContents.Entry(id: 1, name: "t k", kind: "CONSTRAINT", data: .blockToFind)
      entry.definition = definition
      entry.runsInSchema = schema
      return PartedKey(entry)
    }
    let whole = "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT k PRIMARY KEY (id);\n\n\n"
    #expect(
      parted(whole)?.constraint
        == "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT k PRIMARY KEY USING INDEX k;")
    #expect(parted(whole, runsIn: "public") == nil)
    #expect(parted("ALTER TABLE public.t\n    ADD CONSTRAINT k PRIMARY KEY (id);\n") == nil)
    #expect(
      parted("ALTER TABLE ONLY public.t\n    ADD CONSTRAINT k EXCLUDE USING gist (id WITH =);\n") == nil)
    #expect(
      parted("ALTER TABLE ONLY public.t\n    ADD CONSTRAINT k UNIQUE (id, during WITHOUT OVERLAPS);\n") == nil
    )
    #expect(parted(whole + "ALTER TABLE public.t CLUSTER ON k;\n") == nil)
  }
}
