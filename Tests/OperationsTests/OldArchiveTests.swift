import Engines
import Foundation
import Operations
import SchemaModel
import TestSupport
import Testing

/// Archives of format version 1.12, whose statements do not name their schema.
@Suite struct OldArchiveTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Tables of the same name in two schemas, keys between them, functions in checks and indexes, and orphans.
  private static let contents = """
    CREATE SCHEMA shop; CREATE SCHEMA "Odd Name";
    CREATE FUNCTION shop.code(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
    CREATE TYPE shop.mood AS ENUM ('good', 'bad');
    CREATE TABLE item (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE shop.item (id int PRIMARY KEY, public_id int, mood shop.mood DEFAULT 'good', code text,
      CONSTRAINT item_code_check CHECK (shop.code(code) = code),
      CONSTRAINT item_public_fkey FOREIGN KEY (public_id) REFERENCES public.item);
    CREATE TABLE shop.line (item_id int, v bytea, CONSTRAINT line_item_fkey FOREIGN KEY (item_id) REFERENCES shop.item);
    CREATE TABLE "Odd Name"."select" (id int PRIMARY KEY, "from" text);
    CREATE INDEX item_code_idx ON shop.item (shop.code(code));
    CREATE VIEW shop.seen AS SELECT i.id, p.name FROM shop.item i JOIN public.item p ON p.id = i.public_id;
    CREATE MATERIALIZED VIEW shop.counted AS SELECT count(*) AS n FROM shop.line;
    COMMENT ON TABLE shop.item IS 'told'; ALTER TABLE shop.item CLUSTER ON item_code_idx;
    GRANT SELECT ON shop.item TO reader;
    INSERT INTO item (name) SELECT 'name ' || n FROM generate_series(1, 900) n;
    INSERT INTO shop.item SELECT n, n, 'bad', 'C' || n FROM generate_series(1, 900) n;
    INSERT INTO shop.line SELECT 1 + n % 900, '\\x0001' FROM generate_series(1, 2700) n;
    INSERT INTO "Odd Name"."select" VALUES (1, 'a'), (2, E'b\\tc');
    SELECT lo_create(77); SELECT lowrite(lo_open(77, 131072), '\\xdeadbeef');
    REFRESH MATERIALIZED VIEW shop.counted;
    """

  private func oldDump(
    of database: String, _ arguments: [String], named name: String = "dump"
  ) throws -> String {
    let path = scratch.path(name)
    let binaries = try ServerBinaries.atLeast(15, with: [.pgDump])
    _ = try Subprocess(
      binaries.path(of: .pgDump), arguments + ["--file=\(path)", "--dbname=\(database)"]
    ).run()
    try OldArchive.rewrite(path)
    return path
  }

  private static let forms: [[String]] = [
    ["-Fc"], ["-Fd"], ["-Fc", "-Z0"], ["-Fc", "--column-inserts"], ["-Fd", "--quote-all-identifiers"],
  ]

  @Test(arguments: forms)
  func `an archive of the time before statements named their schemas is restored and proven`(
    _ form: [String]
  ) throws {
    let orphans = "SET session_replication_role = replica; DELETE FROM shop.item WHERE id < 11;"
    let source = try TemporaryPostgres.makeDatabase(Self.contents, orphans)
    let path = try oldDump(of: source, form)
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let record = try Drill(backup, blueprint: nil, workers: 2) { Date() }.run { _ in }
    #expect(record.verdict == .provenWithFindings, "\(record.problems)")
    #expect(record.problems == [])
    #expect(record.contentMismatches == [])
    #expect(record.structureDifferences == [])
    #expect(record.backupRowCount == 900 + 890 + 2700 + 2)
    #expect(record.setAside.map(\.constraint) == ["line_item_fkey"])
    #expect(record.setAside.map(\.rowCount) == [30])
  }

  @Test(arguments: [["-Fc"], ["-Fd"]])
  func `pg_restore takes the same old archive and makes the same database of it`(_ form: [String]) throws {
    let source = try TemporaryPostgres.makeDatabase(Self.contents)
    let path = try oldDump(of: source, form)
    let server = try TemporaryPostgres.server()
    let backup = try BackupStore(path: scratch.path("none")).backup(path)
    let restored = try RestoredDatabase(of: backup)
    #expect(restored.report.isWhole, "\(restored.report.problems)")
    // A new database has the schema that the archive makes, and everybody may use it: that one error is as it should be.
    let theirs = try TemporaryPostgres.makeDatabase("COMMENT ON SCHEMA public IS NULL")
    let program = server.binaries.path(of: .pgRestore)
    let words = try Subprocess(program, ["--dbname=\(theirs)", path]).run(accepting: 0...1).diagnostics
    #expect(words.contains("errors ignored on restore: 1") && words.contains("\"public\" already exists"))
    let differences = try PostgresDump.differences(from: theirs, to: restored.conninfo, .everything)
    #expect(differences == [], "\(differences)")
    #expect(try PostgresDump.lines(of: restored.conninfo, .everything).count > 4500)
  }
}
