import Engines
import Foundation
import Testing
import TestSupport

/// A hot standby: it can only be read, and tells the same as its primary.
@Suite struct StandbyTests {
  @Test func `a hot standby gives the same answers as its primary`() throws {
    let workplace = try Workplace()
    var options = TemporaryPostgres.options
    options.settings["wal_level"] = "replica"
    options.settings["max_wal_senders"] = "4"
    options.settings["hot_standby"] = "on"
    let primary = try ThrowawayServer(options)
    try TemporaryPostgres.makeRoles(on: primary)
    let shop = try Shop(on: primary)
    try shop.run(
      """
      CREATE VIEW busy AS SELECT customer_id, count(*) AS number FROM orders GROUP BY customer_id;
      CREATE MATERIALIZED VIEW kept AS SELECT id FROM orders;
      CREATE SEQUENCE numbers; GRANT SELECT ON orders TO reader;
      """)
    options.origin = .primary(conninfo: primary.conninfo)
    options.usesTemplate = false
    let standby = try ThrowawayServer(options)
    let copy = standby.conninfo(database: shop.name)
    #expect(try TemporaryPostgres.run("SELECT pg_is_in_recovery();", in: copy) == "t\n")

    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    let names = [shop.location, copy].map { (try? PostgresConnectionString($0).displayName) ?? $0 }
    for command in ["inspect", "fingerprint", "check", "drift"] {
      let more = command == "drift" ? ["--blueprint", "blueprint"] : []
      let onPrimary = try workplace.run([command, shop.location] + more)
      let onStandby = try workplace.run([command, copy] + more)
      #expect(onPrimary.exitCode == 0 && onStandby.exitCode == 0, "\(onStandby)")
      #expect(onStandby.output.replacing(names[1], with: names[0]) == onPrimary.output)
    }
    // Of what differs, the rows that would break it are counted on the standby as well.
    try workplace.write(
      "blueprint/schema.sql",
      try workplace.read("blueprint/schema.sql") + "ALTER TABLE public.orders ALTER note SET NOT NULL;\n")
    let drift = try workplace.run(["drift", copy, "--blueprint", "blueprint"])
    #expect(drift.exitCode == 1, "\(drift)")
    #expect(drift.output.contains("public.orders.note"), "\(drift)")

    #expect(try workplace.plumb("backup", copy).exitCode == 0)
    standby.stop()
    primary.stop()
  }
}
