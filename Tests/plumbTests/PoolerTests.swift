import Engines
import Foundation
import Testing
import TestSupport

/// pgbouncer in session mode, between the program and its database.
@Suite struct PoolerTests {
  @Test func `through a pooler the answers are the same, and nothing of ours stays behind`() throws {
    let workplace = try Workplace()
    let shop = try Shop(.postgres, in: workplace)
    let pooler = try Pooler(before: try TemporaryPostgres.server())
    let pooled = pooler.conninfo(database: shop.name)
    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    let names = [shop.location, pooled].map { (try? PostgresConnectionString($0).displayName) ?? $0 }
    for command in ["inspect", "fingerprint", "check", "drift"] {
      let more = command == "drift" ? ["--blueprint", "blueprint"] : []
      let direct = try workplace.run([command, shop.location] + more)
      let through = try workplace.run([command, pooled] + more)
      #expect(direct.exitCode == 0 && through.exitCode == 0, "\(through)")
      #expect(through.output.replacing(names[1], with: names[0]) == direct.output)
    }
    // The next one who is given the server's session finds it as new: it may write, and waits as long as it likes.
    let left = try TemporaryPostgres.run(
      "SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout');",
      in: pooled)
    #expect(left == "off|0\n")
    try shop.run("ALTER TABLE orders ADD COLUMN extra integer;")
    let drift = try workplace.run(["drift", pooled, "--blueprint", "blueprint"])
    #expect(drift.exitCode == 1 && drift.output.contains("public.orders.extra"), "\(drift)")
    // pg_dump must be told settings at the start, which this pooler does not hand on.
    try workplace.expectFailure(
      ["backup", pooled], "pg_dump failed: unsupported startup parameter: options",
      hint: "name the server itself")
    let options = try workplace.run(["inspect", pooled], environment: ["PGOPTIONS": "-c work_mem=8MB"])
    #expect(options.exitCode == 3 && options.hints.contains { $0.contains("PGOPTIONS") }, "\(options)")
  }
}
