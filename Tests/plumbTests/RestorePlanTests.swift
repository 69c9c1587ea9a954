import Foundation
import TestSupport
import Testing

/// What a restore tells before it does anything, and restores of some tables.
@Suite struct RestorePlanTests {
  @Test(arguments: Engine.allCases)
  func `a plan tells order and forecast, and touches nothing`(engine: Engine) throws {
    let workplace = try Workplace()
    _ = try TakenBackup(of: engine, in: workplace)
    let other = try Workplace()
    let occupied = try Shop(engine, in: other)
    let before = try occupied.state()
    let first = try workplace.plumb("restore", "latest", "--into", occupied.location, "--plan")
    #expect(first.exitCode == 0, "\(first)")
    for words in [
      "objects, which are replaced", "verify archive", "load rows", "enforce foreign keys", "a rule of thumb",
      "Nothing was done.",
    ] {
      #expect(first.output.contains(words), "\(words): \(first)")
    }
    #expect(try occupied.state() == before)
    let drill = try workplace.plumb("drill", "latest")
    #expect(drill.exitCode == 0, "\(drill)")
    let second = try workplace.plumb("drill", "latest", "--plan")
    #expect(second.output.contains("the drill of "), "\(second)")
    let document = try workplace.plumb("drill", "latest", "--plan", "--format", "json").document()
    #expect(document["format"] as? String == "plumb/plan")
    #expect((document["steps"] as? [[String: Any]])?.first?["name"] as? String == "verify archive")
    try workplace.expectNothingLeft()
  }

  @Test(arguments: Engine.allCases)
  func `some tables are restored with the rows they refer to, and all the structure`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(
      of: engine, in: workplace, "CREATE TABLE note (id int PRIMARY KEY); INSERT INTO note VALUES (1), (2);")
    let destination = try backup.newDestination()
    let restore = try workplace.plumb("restore", "latest", "--into", destination.location, "--only", "orders")
    #expect(restore.exitCode == 0, "\(restore)")
    for (table, isThere) in [("customers", true), ("orders", true), ("note", false)] {
      let count = "SELECT count(*) FROM \(table);"
      #expect(try destination.run(count) == (isThere ? try backup.shop.run(count) : "0\n"), "\(table)")
    }
    let schema = engine == .postgres ? "public." : ""
    try workplace.expectFailure(
      ["restore", "latest", "--into", destination.location, "--except", "customers"], exit: 2,
      "\(schema)customers cannot be left out: rows of \(schema)orders refer to it",
      hint: "Leave those out as well")
    try workplace.expectFailure(
      ["restore", "latest", "--into", destination.location, "--only", "custmers"], exit: 2,
      "the backup has no table custmers", hint: "Its tables are")
  }
}
