import Foundation
import Testing

/// `plumb quarantine` and `--policy`, as people and scripts see them.
@Suite struct QuarantineCommandTests {
  /// Orders of nobody, let in behind the key's back.
  private static func dirt(_ engine: Engine) -> String {
    let insert = "INSERT INTO orders VALUES (901, 77, 'it''s, \"lost\"'), (902, 78, NULL);"
    return engine == .postgres ? "SET session_replication_role = replica; \(insert)" : insert
  }

  private static func restored(_ engine: Engine, _ words: String..., in workplace: Workplace) throws -> Shop {
    _ = try TakenBackup(of: engine, in: workplace, dirt(engine))
    let target = try Shop(missing: engine, in: workplace)
    let outcome = try workplace.run(["restore", "latest", "--into", target.location] + words)
    #expect(outcome.exitCode == 1, "\(outcome)")
    return target
  }

  @Test(arguments: Engine.allCases)
  func `what is set aside is listed, exported without loss and returned`(_ engine: Engine) throws {
    let workplace = try Workplace()
    let target = try Self.restored(engine, in: workplace)
    let list = try workplace.plumb("quarantine", "list", target.location)
    #expect(list.exitCode == 1, "\(list)")
    #expect(list.headline.hasPrefix("SET ASIDE in "), "\(list)")
    #expect(list.headline.hasSuffix(": 2 rows"), "\(list)")
    #expect(list.output.contains("customers has this customer_id"), "\(list)")
    let document = try workplace.plumb("quarantine", "list", target.location, "--format", "json").document()
    #expect(document["format"] as? String == "plumb/quarantine")
    #expect((document["groups"] as? [[String: Any]])?.first?["rowCount"] as? Int == 2)

    let show = try workplace.plumb("quarantine", "show", target.location, "--table", "orders", "--limit", "1")
    #expect(show.output.contains("901") && !show.output.contains("902"), "\(show)")

    let export = try workplace.plumb("quarantine", "export", target.location, "--format", "csv")
    #expect(export.exitCode == 0)
    let lines = export.output.split(separator: "\n")
    #expect(lines.count == 3)
    let number = engine == .postgres ? "\"901\",\"77\"" : "901,77"
    #expect(lines[1].hasSuffix("\(number),\"it's, \"\"lost\"\"\""), "\(lines)")
    #expect(lines[2].hasSuffix(","), "\(lines)")
    let file = try workplace.plumb("quarantine", "export", target.location, "--output", "aside.jsonl")
    #expect(file.exitCode == 0, "\(file)")
    let rows = try workplace.read("aside.jsonl").split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(rows.map { ($0["row"] as? [String: Any])?["note"] as? String } == ["it's, \"lost\"", nil])

    try target.run("INSERT INTO customers VALUES (77, 'back', NULL);")
    let back = try workplace.plumb("quarantine", "return", target.location)
    #expect(back.exitCode == 1, "\(back)")
    #expect(back.headline.contains("1 row, 1 row cannot go back yet"), "\(back)")
    try target.run("INSERT INTO customers VALUES (78, 'too', NULL);")
    #expect(try workplace.plumb("quarantine", "return", target.location).exitCode == 0)
    #expect(try workplace.plumb("quarantine", "list", target.location).exitCode == 0)
    #expect(
      try target.run("SELECT id, customer_id FROM orders WHERE id > 900 ORDER BY 1;") == "901|77\n902|78\n")
  }

  @Test(arguments: Engine.allCases)
  func `a value of a sensitive column is exported and never shown`(_ engine: Engine) throws {
    let workplace = try Workplace()
    let target = try Self.restored(engine, in: workplace)
    // As a restore would have set it aside.
    let quarantine = engine == .postgres ? "plumb_quarantine.orders" : "plumb_quarantine_orders"
    let comment =
      engine == .postgres
      ? "COMMENT ON COLUMN orders.note IS '@sensitive note';" : "ALTER TABLE orders ADD COLUMN x TEXT;"
    try target.run(comment + "UPDATE \(quarantine) SET note = 'someone@\(Secret.domain)' WHERE id = 901;")
    guard engine == .postgres else { return }
    let show = try workplace.plumb("quarantine", "show", target.location)
    #expect(show.output.contains("withheld"), "\(show)")
    _ = try workplace.plumb("quarantine", "export", target.location, "--output", "aside.jsonl")
    #expect(try workplace.read("aside.jsonl").contains(Secret.domain))
  }

  @Test(arguments: Engine.allCases)
  func `a policy that names nothing or is impossible is refused before anything is touched`(
    _ engine: Engine
  ) throws {
    let workplace = try Workplace()
    _ = try TakenBackup(of: engine, in: workplace)
    let target = try Shop(missing: engine, in: workplace)
    let restore = ["restore", "latest", "--into", target.location]
    try workplace.expectFailure(
      restore + ["--policy", "null:orders.custmer_id"], exit: 2,
      "--policy names 'orders.custmer_id', but the backup has no such constraint, table or domain",
      hint: "Did you mean 'orders.customer_id'?")
    try workplace.expectFailure(
      restore + ["--policy", "null:orders.customer_id"], exit: 2,
      "--policy asks for 'null' where that cannot be: orders.customer_id", hint: "NULL is what it forbids")
    try workplace.expectFailure(
      restore + ["--policy", "qarantine"], exit: 2,
      "--policy must be quarantine, phantom, delete, null or keep, or one with :NAME behind it, not 'qarantine'",
      hint: "Did you mean 'quarantine'?")
    #expect(try !target.exists())
    try workplace.write("plumb.yaml", "restore:\n  policies:\n    - table: ordrs\n      policy: delete\n")
    try workplace.expectFailure(
      restore, exit: 2,
      "plumb.yaml, line 3, names 'ordrs', but the backup has no such constraint, table or domain",
      hint: "Did you mean 'orders'?")
  }

  @Test(arguments: Engine.allCases)
  func `phantoms are made for all keys, told, and counted apart`(_ engine: Engine) throws {
    let workplace = try Workplace()
    let target = try Self.restored(engine, "--policy", "phantom", in: workplace)
    #expect(
      try target.run("SELECT id, name FROM customers WHERE id > 70 ORDER BY 1;")
        == "77|plumb phantom\n78|plumb phantom\n")
    let list = try workplace.plumb("quarantine", "list", target.location)
    #expect(list.exitCode == 0, "\(list)")
    #expect(list.headline.hasPrefix("NOTHING SET ASIDE"), "\(list)")
    #expect(list.output.contains("phantom"))
    let drift = try workplace.plumb(
      "diff", target.location, "backups/\(try #require(try workplace.stored().first))/schema.json")
    #expect(drift.exitCode == 0, "\(drift)")
  }

  @Test func `options of another action are refused`() throws {
    let workplace = try Workplace()
    try workplace.expectFailure(
      ["quarantine", "list", "x.db", "--dry-run"], exit: 2, "--dry-run and --deleted are for 'return'",
      hint: "plumb quarantine return")
    try workplace.expectFailure(
      ["quarantine", "retrun", "x.db"], exit: 2,
      "<action> must be list, show, export or return, not 'retrun'", hint: "return")
  }

  @Test func `a database where nothing was ever set aside is clean`() throws {
    let workplace = try Workplace()
    let shop = try Shop(.sqlite, in: workplace)
    let list = try workplace.plumb("quarantine", "list", shop.location)
    #expect(list.exitCode == 0)
    #expect(list.headline.hasPrefix("CLEAN"))
    #expect(try workplace.plumb("quarantine", "return", shop.location).exitCode == 0)
  }
}
