import Engines
import Foundation
import TestSupport
import Testing

/// Migrations, archives and dumps as locations.
@Suite struct SQLSourcesTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private static let first = "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);"
  private static let second = "ALTER TABLE users ADD age int;"
  private static let third = "CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users);"
  private static let whole = [first, second, third].joined(separator: "\n")

  private func expectSame(
    _ one: String, _ other: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try workplace.plumb("diff", one, other)
    #expect(outcome.exitCode == 0, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.output.hasPrefix("SAME"), sourceLocation: sourceLocation)
    try workplace.expectNothingLeft(sourceLocation: sourceLocation)
  }

  @Test func `migrations are applied in the order of their numbers, without what takes them back`() throws {
    let live = try TemporaryPostgres.makeDatabase(Self.whole)
    try workplace.write("plain/10_c.sql", Self.third)
    try workplace.write("plain/2_b.sql", Self.second)
    try workplace.write("plain/1_a.sql", Self.first)
    try workplace.write("pairs/000010_c.up.sql", Self.third)
    try workplace.write("pairs/000010_c.down.sql", "DROP TABLE posts;")
    try workplace.write("pairs/000002_b.up.sql", Self.second)
    try workplace.write("pairs/000001_a.up.sql", Self.first)
    try workplace.write("pairs/000001_a.down.sql", "DROP TABLE users;")
    try workplace.write("flyway/V1__a.sql", Self.first)
    try workplace.write("flyway/V1.1__b.sql", Self.second)
    try workplace.write("flyway/U1.1__b.sql", "ALTER TABLE users DROP age;")
    try workplace.write("flyway/R__c.sql", Self.third)
    try workplace.write("dbmate/1_a.sql", "-- migrate:up\n\(Self.first)\n-- migrate:down\nDROP TABLE users;")
    try workplace.write(
      "dbmate/2_b.sql", "-- +goose Up\n\(Self.second)\n\(Self.third)\n-- +goose Down\nDROP TABLE posts;")
    try workplace.write("prisma/20240101_a/migration.sql", Self.first)
    try workplace.write("prisma/20240102_b/migration.sql", Self.second)
    try workplace.write("prisma/20240103_c/up.sql", Self.third)
    try workplace.write("prisma/20240103_c/down.sql", "DROP TABLE posts;")
    for folder in ["plain", "pairs", "flyway", "dbmate", "prisma"] { try expectSame(folder, live) }
  }

  @Test func `migrations of SQLite are applied the same way`() throws {
    try workplace.write("m/10_c.sql", Self.third)
    try workplace.write("m/2_b.sql", "-- migrate:up\n\(Self.second)\n-- migrate:down\nDROP TABLE users;")
    try workplace.write("m/1_a.sql", Self.first)
    _ = try Subprocess("sqlite3", ["-batch", workplace.path("x.db")], input: .bytes(Array(Self.whole.utf8)))
      .run()
    try expectSame("m", "x.db")
  }

  @Test func `a migration that fails is named with its line`() throws {
    try workplace.write("m/1_a.sql", Self.first)
    try workplace.write("m/2_b.sql", "-- migrate:up\n\nALTER TABLE nobody ADD age int;\n-- migrate:down\n")
    let outcome = try workplace.plumb("diff", "m", "m")
    #expect(outcome.exitCode == 3)
    #expect(outcome.headline == "plumb: psql failed: m/2_b.sql, line 3: relation \"nobody\" does not exist")
    #expect(
      !outcome.errors.contains(workplace.temporary), "the path of our own copy means nothing to anybody")
    try workplace.expectNothingLeft()
  }

  @Test func `an archive in every format, and a plain dump, is what it was dumped from`() throws {
    let live = try TemporaryPostgres.makeDatabase(
      Self.whole, "INSERT INTO users VALUES (1, 'it''s; \\c x'); COMMENT ON TABLE users IS 'x;y';")
    try Dump.write(live, ["--format=custom"], to: workplace.path("shop.dump"))
    try Dump.write(live, ["--format=tar"], to: workplace.path("shop.tar"))
    try Dump.write(live, ["--format=directory"], to: workplace.path("shop.dir"))
    try Dump.write(live, ["--format=custom"], to: workplace.path("misnamed.sql"))
    try Dump.write(live, [], to: workplace.path("plain.sql"))
    try Dump.write(live, ["--inserts"], to: workplace.path("inserts.sql"))
    for file in ["shop.dump", "shop.tar", "shop.dir", "misnamed.sql", "plain.sql", "inserts.sql"] {
      try expectSame(file, live)
    }
    try Dump.write(live, ["--create"], to: workplace.path("create.sql"))
    let created = try workplace.plumb("diff", "create.sql", live)
    #expect(created.exitCode == 0, "\(created)")
    #expect(
      created.errors.contains("create.sql, line ") && created.errors.contains("'CREATE DATABASE' is about"))
  }

  @Test func `roles that nobody has are made on a throw-away server, and never on the user's`() throws {
    try workplace.write(
      "first.sql",
      "CREATE ROLE made_here NOLOGIN;\nCREATE TABLE t (a int);\nALTER TABLE t OWNER TO made_here;\n")
    let dump = """
      CREATE TABLE users (id int);
      ALTER TABLE users OWNER TO "prod Owner";
      GRANT SELECT ON users TO reader, "prod Owner";
      CREATE ROLE own_role NOLOGIN;
      GRANT INSERT ON users TO own_role;
      ALTER DEFAULT PRIVILEGES FOR ROLE maker
        GRANT SELECT ON TABLES TO taker;
      """
    try workplace.write("dump.sql", dump)
    let outcome = try workplace.plumb("diff", "dump.sql", "dump.sql")
    #expect(!outcome.output.isEmpty && outcome.errors == "", "\(outcome)")
    #expect(try workplace.plumb("diff", "first.sql", "first.sql").errors == "")

    let server = try TemporaryPostgres.server().conninfo
    let roles = try TemporaryPostgres.run("SELECT count(*) FROM pg_roles", in: server)
    try workplace.expectFailure(
      ["diff", "dump.sql", "dump.sql", "--scratch", server],
      "psql failed: dump.sql, line 2: role \"prod Owner\" does not exist", hint: "leave out --scratch")
    #expect(try TemporaryPostgres.run("SELECT count(*) FROM pg_roles", in: server) == roles)
    #expect(
      try TemporaryPostgres.run(
        "SELECT count(*) FROM pg_database WHERE datname ~ '^plumb_scratch'", in: server) == "0\n")
  }

  @Test func `archives that cannot be read say why`() throws {
    try Data("PGDMP\u{1}\u{63}\u{0}".utf8).write(to: URL(fileURLWithPath: workplace.path("new.dump")))
    let major = try ServerBinaries.newest(with: [.pgRestore]).major
    try workplace.expectFailure(
      ["inspect", "new.dump"], "new.dump is newer than pg_restore \(major) can read",
      hint: "Install the client")
    let live = try TemporaryPostgres.makeDatabase(Self.whole)
    try Dump.write(live, ["--format=custom"], to: workplace.path("whole.dump"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: workplace.path("whole.dump")))
    try bytes.prefix(bytes.count / 3).write(to: URL(fileURLWithPath: workplace.path("cut.dump")))
    let cut = try workplace.plumb("inspect", "cut.dump")
    #expect(cut.exitCode == 3)
    #expect(cut.headline.hasPrefix("plumb: cut.dump cannot be read: "), "\(cut)")
    #expect(cut.hints.contains { $0.contains("pg_restore --list") })
  }

  @Test func `a folder without SQL and the dump of a whole server are refused`() throws {
    try workplace.write("empty/readme.txt", "x")
    try workplace.expectFailure(["inspect", "empty"], "there is no .sql file in empty", hint: "migrations")
    try workplace.write("all.sql", "\\connect shop\nSELECT 1;\n\\connect other\nSELECT 1;\n")
    try workplace.expectFailure(["inspect", "all.sql"], "all.sql holds several databases", hint: "pg_dump")
    try workplace.write("what.xyz", "x")
    try workplace.expectFailure(
      ["inspect", "what.xyz"], "cannot tell what what.xyz is", hint: "pg_dump archive")
  }
}
