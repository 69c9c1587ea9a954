import Engines
import Foundation
import Glibc
import TestSupport
import Testing

/// `plumb watch` on real databases: what is told, of whom, and what is not.
@Suite struct WatchTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// A shop with its blueprint in the workplace.
  private func shop(_ more: String = "", watch settings: String = "  poll: 1s") throws -> Shop {
    let shop = try Shop(.postgres, in: workplace, more)
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    try configure(settings)
    return shop
  }

  private func configure(_ settings: String) throws {
    try workplace.write("plumb.yaml", "watch:\n\(settings)\n")
  }

  private func install(_ shop: Shop) throws {
    let outcome = try workplace.plumb("watch", shop.location, "--install")
    #expect(outcome.exitCode == 0, "\(outcome)")
  }

  /// The drift lines among those that were printed.
  private func drifts(_ run: WatchRun) -> [String] { run.lines.filter { $0.contains("drift: ") } }

  @Test func `drift is told with who made it, with which program and which statement`() throws {
    let role = try Roles.poor()
    let shop = try shop("GRANT CREATE ON SCHEMA public TO \(role);")
    try install(shop)
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    #expect(run.lines[0].hasSuffix("in line; woken by event triggers"), "\(run.lines)")
    let asRole = shop.location.replacing("user=postgres", with: "user=\(role)") + " application_name=hotfix"
    try TemporaryPostgres.run("CREATE TABLE sneaky (i int);", in: asRole)
    let line = try run.waitForLine("drift: ")
    #expect(
      line.hasSuffix(
        "drift: table public.sneaky is not expected; by poor with hotfix: CREATE TABLE sneaky (i int)"))
    try TemporaryPostgres.run("DROP TABLE sneaky;", in: asRole)
    let end = try run.waitForLine("in line again")
    #expect(end.hasSuffix("in line again; by poor with hotfix: DROP TABLE sneaky"))
    #expect(try run.end() == 130)
    #expect(try #require(run.lines.last).hasSuffix("stopped watching: asked to end"))
    #expect(run.errors == [])
    try workplace.expectNothingLeft()
  }

  @Test func `what is rolled back is not told, and neither is a temporary table`() throws {
    let shop = try shop()
    try install(shop)
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try shop.run(
      """
      BEGIN; CREATE TABLE never (i int); ROLLBACK;
      CREATE TEMP TABLE fleeting (i int); ANALYZE; DROP TABLE fleeting;
      """)
    try shop.run("CREATE TABLE kept (i int);")
    try run.waitForLine("public.kept")
    #expect(drifts(run).count == 1)
    #expect(try run.end(by: SIGTERM) == 130)
    #expect(!run.lines.contains { $0.contains("never") || $0.contains("fleeting") })
  }

  @Test
  func `without event triggers a look finds tables, roles and settings, and says that it does not know who`()
    throws
  {
    let role = "looked_at_\(UInt32.random(in: 0...UInt32.max))"
    let shop = try shop("CREATE ROLE \(role); GRANT SELECT ON orders TO \(role);")
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    #expect(run.lines[0].contains("looking every 1s; who makes a change is not known"))
    try shop.run("ALTER ROLE \(role) CONNECTION LIMIT 3;")
    try run.waitForLine("role \(role)")
    try shop.run("ALTER DATABASE \(shop.name) SET work_mem = '5MB';")
    try run.waitForLine("drift: the database")
    try shop.run("CREATE TABLE found (i int);")
    try run.waitForLine("drift: table public.found is not expected (2 more told before)")
    #expect(drifts(run).count == 3)
    #expect(try run.end(by: SIGHUP) == 130)
  }

  @Test func `a role that is nobody special watches too`() throws {
    let role = try Roles.poor()
    let shop = try shop()
    try install(shop)
    let asRole = shop.location.replacing("user=postgres", with: "user=\(role)")
    let run = try workplace.watch(asRole, "--blueprint", "blueprint")
    #expect(run.lines[0].contains("GRANT pg_read_all_stats TO it"), "\(run.lines)")
    try shop.run("CREATE TABLE found (i int);")
    try run.waitForLine("drift: table public.found is not expected")
    #expect(try run.end() == 130)
    let refused = try workplace.plumb("watch", asRole, "--install")
    #expect(refused.exitCode == 3)
    #expect(refused.headline == "plumb: event triggers can be made and removed by superusers only")
    #expect(refused.hints.contains { $0.contains("Let a superuser do it once") })
  }

  @Test func `several statements of one transaction are one report`() throws {
    let shop = try shop()
    try install(shop)
    let run = try workplace.watch(
      shop.location, "--blueprint", "blueprint", "--until-change", "--format", "json")
    try shop.run("BEGIN; CREATE TABLE a (i int); CREATE TABLE b (i int); DROP INDEX orders_customer; COMMIT;")
    #expect(try run.waitForEnd() == 1)
    let events = try run.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(events.map { $0["event"] as? String } == ["started", "drift", "stopped"])
    #expect((events[1]["differences"] as? [Any])?.count == 3)
    let statements = try #require(events[1]["statements"] as? [[String: Any]])
    #expect(statements.map { $0["tag"] as? String } == ["CREATE TABLE", "CREATE TABLE", "DROP INDEX"])
    #expect(statements[2]["objects"] as? [String] == ["index public.orders_customer"])
  }

  @Test func `a lost connection is told, with the time in which nobody watched, and everything is read anew`()
    throws
  {
    let shop = try shop()
    try install(shop)
    let watched = shop.location
    let run = try workplace.watch(watched, "--blueprint", "blueprint")
    try shop.run(
      """
      CREATE TABLE meanwhile (i int);
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'plumb';
      """)
    try run.waitForLine("seeing ")
    try run.waitForLine("public.meanwhile")
    let told = run.lines.map { $0.dropFirst(21) }
    #expect(told.contains { $0.hasPrefix("cannot see: the connection to ") }, "\(run.lines)")
    #expect(told.contains { $0.contains("again; nobody watched from 20") })
    #expect(drifts(run).count == 1)
    #expect(try run.end() == 130)
  }

  @Test func `event triggers that are made or removed meanwhile are followed`() throws {
    let shop = try shop()
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try install(shop)
    try run.waitForComplaint("now woken by event triggers")
    try shop.run("CREATE TABLE one (i int);")
    #expect(try run.waitForLine("public.one").hasSuffix("by postgres with psql: CREATE TABLE one (i int)"))
    #expect(try workplace.plumb("watch", shop.location, "--remove").exitCode == 0)
    try run.waitForComplaint("now looking every 1s; who makes a change is not known")
    try shop.run("CREATE TABLE two (i int);")
    #expect(try run.waitForLine("public.two").hasSuffix("is not expected (1 more told before)"))
    #expect(try run.end() == 130)
    #expect(!run.lines.contains { $0.contains("cannot see") })
  }

  @Test func `a table that somebody holds locked makes it blind, and it says so and sees again`() throws {
    let shop = try shop()
    try install(shop)
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    // Printing the check of that table needs a lock which is not granted.
    let lock = try HeldLock(on: "customers", of: shop)
    try shop.run("CREATE TABLE meanwhile (i int);")
    let blind = try run.waitForLine("cannot see: ")
    #expect(blind.contains("public.customers is locked by session"), "\(blind)")
    #expect(drifts(run) == [])
    try lock.release()
    try run.waitForLine("seeing ")
    #expect(
      try run.waitForLine("drift: ").contains("table public.meanwhile is not expected; by postgres with psql")
    )
    #expect(try run.end() == 130)
  }

  @Test func `the same drift is one alert, also over several runs`() throws {
    let shop = try shop(watch: "  poll: 1s\n  command: [sh, -c, 'cat >> alerts']")
    try shop.run("CREATE TABLE extra (i int);")
    for _ in 1...2 {
      let outcome = try workplace.plumb("watch", shop.location, "--once", "--blueprint", "blueprint")
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(outcome.output.contains("1 difference: table public.extra is not expected"))
    }
    #expect(try workplace.read("alerts").split(separator: "\n").count == 1)
    try shop.run("DROP TABLE extra;")
    #expect(try workplace.plumb("watch", shop.location, "--once", "--blueprint", "blueprint").exitCode == 0)
    let alerts = try workplace.read("alerts").split(separator: "\n")
    #expect(alerts.count == 2)
    #expect(alerts.last?.contains("\"event\":\"in line\"") == true)
  }

  @Test func `maintenance is quiet, and what still differs afterwards is told once`() throws {
    let quiet = "  poll: 1s\n  command: [sh, -c, 'cat >> alerts']\n  maintenance: [\"daily 00:00-24:00 UTC\"]"
    let shop = try shop(watch: quiet)
    #expect(try workplace.plumb("watch", shop.location, "--once", "--blueprint", "blueprint").exitCode == 0)
    try shop.run("CREATE TABLE extra (i int); CREATE TABLE brief (i int);")
    let during = try workplace.plumb("watch", shop.location, "--once", "--blueprint", "blueprint")
    #expect(during.exitCode == 1)
    #expect(!during.output.contains("drift: "))
    #expect(!workplace.exists("alerts"))
    let history = try workplace.plumb("history", shop.location).output
    #expect(history.contains("table public.brief was created"), "\(history)")
    #expect(history.contains("during maintenance (daily 00:00-24:00 UTC)"))
    try shop.run("DROP TABLE brief;")
    try configure("  command: [sh, -c, 'cat >> alerts']")
    for _ in 1...2 {
      #expect(try workplace.plumb("watch", shop.location, "--once", "--blueprint", "blueprint").exitCode == 1)
    }
    let alerts = try workplace.read("alerts").split(separator: "\n")
    #expect(alerts.count == 1)
    #expect(alerts[0].contains("public.extra") && !alerts[0].contains("brief is not expected"))
  }

  @Test func `a webhook gets the event as JSON, is asked again when it fails, and is never named whole`()
    throws
  {
    let server = try WebhookServer(answering: [503])
    let shop = try shop(watch: "  poll: 1s\n  webhook: $HOOK")
    try install(shop)
    let run = try workplace.watch(
      shop.location, "--blueprint", "blueprint", environment: ["HOOK": server.url])
    try shop.run("CREATE TABLE extra (i int);")
    try eventually("the alert has arrived") { !server.bodies.isEmpty }
    let body = try #require(
      try JSONSerialization.jsonObject(with: Data(server.bodies[0].utf8)) as? [String: Any])
    #expect(body["format"] as? String == "plumb/watch")
    #expect(body["event"] as? String == "drift")
    #expect((body["text"] as? String)?.contains("CREATE TABLE extra") == true)
    #expect(try run.waitForComplaint("it answered 503").contains("trying again"))
    #expect(try run.end() == 130)
    #expect(!(run.lines + run.errors).contains { $0.contains("T0PSECRET") })
  }

  @Test func `a receiver that cannot be reached is told of and does not end the watch`() throws {
    let shop = try shop(watch: "  poll: 1s\n  command: [\(workplace.path("missing"))]")
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try shop.run("CREATE TABLE one (i int);")
    try run.waitForLine("public.one")
    #expect(try run.waitForComplaint("did not reach the command").contains("it could not be started"))
    try shop.run("CREATE TABLE two (i int);")
    try run.waitForLine("public.two")
    #expect(try run.end() == 130)
    try configure("  webhook: $NOT_SET")
    try workplace.expectFailure(
      ["watch", shop.location, "--once", "--blueprint", "blueprint"],
      "the environment variable NOT_SET is not set",
      hint: "take 'webhook:' out of plumb.yaml")
  }

  @Test func `changes outside the pipeline are told apart`() throws {
    let shop = try shop(watch: "  poll: 1s\n  pipeline: [flyway]")
    try install(shop)
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try TemporaryPostgres.run("CREATE TABLE planned (i int);", in: shop.location + " application_name=flyway")
    let planned = try run.waitForLine("public.planned")
    try TemporaryPostgres.run("CREATE TABLE hasty (i int);", in: shop.location + " application_name=psql")
    let hasty = try run.waitForLine("public.hasty")
    #expect(planned.contains("  drift: ") && hasty.contains("  outside the pipeline, drift: "))
    #expect(try run.end() == 130)
    let history = try workplace.plumb("history", shop.location).output
    #expect(history.contains("by postgres with psql, outside the pipeline"))
    #expect(history.contains("by postgres with flyway\n"))
  }

  @Test func `a blueprint that changes is read again`() throws {
    let shop = try shop()
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try shop.run("CREATE TABLE merged (i int);")
    try run.waitForLine("drift: table public.merged")
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    try run.waitForLine("in line again")
    #expect(try run.end() == 130)
  }

  @Test func `a watch ends after the time it is given, and says how things stand by its exit code`() throws {
    let shop = try shop()
    let bounded = ["watch", shop.location, "--blueprint", "blueprint", "--for", "1s"]
    let calm = try workplace.run(bounded)
    #expect(calm.exitCode == 0, "\(calm)")
    #expect(calm.output.split(separator: "\n").count == 2)
    #expect(calm.output.hasSuffix("  stopped watching: in line\n"))
    try shop.run("CREATE TABLE extra (i int);")
    let drifted = try workplace.run(bounded)
    #expect(drifted.exitCode == 1)
    #expect(drifted.output.contains("  drift: table public.extra is not expected\n"))
    try workplace.expectFailure(
      bounded + ["--once"], exit: 2,
      "--once, --for, --until-change, --install and --remove exclude each other",
      hint: "Name one of them")
    try workplace.expectFailure(
      ["watch", shop.location, "--for", "soon"], exit: 2,
      "--for must be a length of time such as 30s, 10m or 2h, not 'soon'",
      hint: "plumb watch --help")
  }

  @Test func `an SQLite file is watched by looking at it`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    try configure("  poll: 1s")
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    try shop.run("INSERT INTO customers VALUES (100, 'x', 'x@y');")
    try shop.run("CREATE TABLE extra (i INTEGER);")
    try run.waitForLine("drift: table extra is not expected")
    try shop.run("PRAGMA user_version = 7;")
    try run.waitForLine("drift: the database")
    // A copy that is moved over it is another file.
    try FileManager.default.copyItem(atPath: shop.location, toPath: shop.location + ".new")
    _ = try Subprocess("sqlite3", [shop.location + ".new", "CREATE TABLE moved (i INTEGER)"]).run()
    #expect(rename(shop.location + ".new", shop.location) == 0)
    try run.waitForLine("drift: table moved is not expected")
    #expect(try run.end() == 130)
    try workplace.expectFailure(
      ["watch", shop.location, "--install"], "SQLite has no event triggers", hint: "every few seconds")
  }
}
