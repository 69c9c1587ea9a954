import Engines
import Foundation
import TestSupport
import Testing

/// What `--install` puts into a database, and that it harms nobody.
@Suite struct WatchRecorderTests {
  let workplace: Workplace
  let shop: Shop

  init() throws {
    workplace = try Workplace()
    shop = try Shop(.postgres, in: workplace)
  }

  private func install(_ option: String = "--install") throws -> String {
    let outcome = try workplace.plumb("watch", shop.location, option)
    #expect(outcome.exitCode == 0, "\(outcome)")
    return outcome.output
  }

  @Test func `installing twice is as good as once, it is no drift, and removing leaves nothing`() throws {
    let dump = try PostgresDump.lines(of: shop.location, .everything, owners: true)
    let fingerprint = try workplace.plumb("fingerprint", shop.location)
    #expect(try install("--remove").hasPrefix("There is nothing of plumb watch in "))
    #expect(try install().hasPrefix("Made the schema plumb_watch and the event triggers "))
    try shop.run("COMMENT ON TABLE orders IS NULL;")
    #expect(try install().contains(" anew "))
    #expect(try shop.run("SELECT count(*) FROM plumb_watch.statement;") == "1\n")
    let installed = try workplace.plumb("fingerprint", shop.location)
    #expect(installed.output == fingerprint.output && installed.exitCode == fingerprint.exitCode)
    #expect(try install("--remove").hasPrefix("Took the schema plumb_watch and the event triggers "))
    #expect(try PostgresDump.lines(of: shop.location, .everything, owners: true) == dump)
  }

  @Test func `a recorder that cannot record lets every statement through`() throws {
    _ = try install()
    try shop.run("DROP TABLE plumb_watch.statement;")
    try shop.run("CREATE TABLE fine (i int); ALTER TABLE fine ADD j int; DROP TABLE fine;")
    try shop.run("CREATE TABLE plumb_watch.mine (i int);")
    let outcome = try workplace.plumb("watch", shop.location, "--remove")
    #expect(outcome.exitCode == 3, "somebody's own table stands in the schema: \(outcome)")
    try shop.run("DROP TABLE plumb_watch.mine;")
    _ = try install("--remove")
    #expect(try shop.run("SELECT count(*) FROM pg_event_trigger;") == "0\n")
  }

  @Test func `a recorder whose table is locked does not hold anybody up for long`() throws {
    _ = try install()
    let session = try PostgresConnection(PostgresConnectionString(shop.location), for: .staging)
    try session.execute("BEGIN; LOCK TABLE plumb_watch.statement IN ACCESS EXCLUSIVE MODE")
    try shop.run("SET statement_timeout = '30s'; CREATE TABLE fine (i int);")
    try session.execute("ROLLBACK")
    #expect(try shop.run("SELECT count(*) FROM plumb_watch.statement;") == "0\n")
    #expect(try shop.run("SELECT to_regclass('fine') IS NOT NULL;") == "t\n")
  }

  @Test func `roles without rights record too, and cannot read or forge what is recorded`() throws {
    let role = try Roles.poor()
    try shop.run("GRANT CREATE ON SCHEMA public TO \(role);")
    _ = try install()
    let asRole = shop.location.replacing("user=postgres", with: "user=\(role)")
    try TemporaryPostgres.run("CREATE TABLE poors (i int); CREATE INDEX ON poors (i);", in: asRole)
    #expect(
      try shop.run("SELECT tag, role, session_role FROM plumb_watch.statement ORDER BY number;")
        == "CREATE TABLE|poor|poor\nCREATE INDEX|poor|poor\n")
    for attempt in [
      "SELECT * FROM plumb_watch.statement", "SELECT plumb_watch.write('x', '{}')",
      "INSERT INTO plumb_watch.statement (tag) VALUES ('x')",
    ] {
      #expect(throws: SubprocessError.self, "\(attempt)") { try TemporaryPostgres.run(attempt, in: asRole) }
    }
  }

  @Test func `passwords and the values of rows are not recorded`() throws {
    _ = try install()
    let password = Secret.password
    try shop.run(
      """
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER elsewhere FOREIGN DATA WRAPPER w;
      CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password '\(password)');
      DO $$ BEGIN EXECUTE 'CREATE TABLE quick (i int)'; PERFORM 'password=\(password)'; END $$;
      """)
    let session = try PostgresConnection(PostgresConnectionString(shop.location), for: .staging)
    try session.execute(
      "CREATE TABLE public.copy (t text); INSERT INTO public.copy VALUES ('me@\(Secret.domain)'), (E'it\\'s me@\(Secret.domain)')"
    )
    try session.execute("CREATE TABLE public.plain (t text DEFAULT 'kept')")
    let texts = try shop.run("SELECT text FROM plumb_watch.statement ORDER BY number;")
    #expect(texts.contains("CREATE TABLE public.plain (t text DEFAULT 'kept')"), "\(texts)")
    #expect(
      texts.contains("CREATE TABLE public.copy (t text); INSERT INTO public.copy VALUES (... (left out"),
      "\(texts)")
    for secret in Secret.all { #expect(!texts.contains(secret), "\(texts)") }
  }

  @Test func `a transaction with changes can still be prepared, and is told when it is committed`() throws {
    let options = ThrowawayServer.Options(
      memory: .small, settings: ["max_prepared_transactions": "2"], usesTemplate: true)
    let server = try ThrowawayServer(options)
    try workplace.write("blueprint/schema.json", Blueprints.empty)
    try workplace.write("plumb.yaml", "watch:\n  poll: 1s\n")
    #expect(try workplace.plumb("watch", server.conninfo, "--install").exitCode == 0)
    let run = try workplace.watch(server.conninfo, "--blueprint", "blueprint")
    #expect(run.lines[0].contains("looking every 1s, for with max_prepared_transactions nobody is notified"))
    try TemporaryPostgres.run(
      "BEGIN; CREATE TABLE two (i int); PREPARE TRANSACTION 'one';", in: server.conninfo)
    try TemporaryPostgres.run("COMMIT PREPARED 'one';", in: server.conninfo)
    #expect(
      try run.waitForLine("public.two").contains("by postgres with psql: BEGIN; CREATE TABLE two") == false)
    #expect(run.lines.contains { $0.contains("by postgres with psql: CREATE TABLE two (i int)") })
    #expect(try run.end() == 130)
  }

  @Test func `a backup of a watched database is proven, and its copy records nothing`() throws {
    _ = try install()
    try shop.run("CREATE TABLE later (i int);")
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
    let copy = try TemporaryPostgres.makeDatabase()
    let restored = try workplace.plumb("restore", "latest", "--into", copy, "--confirm", try name(of: copy))
    #expect(restored.exitCode == 0, "\(restored)")
    #expect(try TemporaryPostgres.run("SELECT count(*) FROM pg_event_trigger;", in: copy) == "0\n")
    // Anybody else's restore brings the recorder along, and it works there.
    let plain = try TemporaryPostgres.makeDatabase(try PostgresDump.script(of: shop.location))
    try TemporaryPostgres.run("CREATE TABLE there (i int);", in: plain)
    #expect(
      try TemporaryPostgres.run(
        "SELECT text FROM plumb_watch.statement ORDER BY number DESC LIMIT 1;", in: plain
      )
      .hasPrefix("CREATE TABLE there (i int)"))
  }

  private func name(of conninfo: String) throws -> String {
    try #require(try PostgresConnectionString(conninfo)["dbname"])
  }
}
