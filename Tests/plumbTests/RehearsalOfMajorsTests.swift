import Engines
import Testing
import TestSupport

/// A rehearsal on every major, with that major's own programs.
@Suite(.enabled(if: OtherServer.areExpected, "scripts/server-majors fetches the servers"))
struct RehearsalOfMajorsTests {
  @Test(arguments: OtherServer.allCases)
  func `a backup is taken and drilled on every major`(_ other: OtherServer) throws {
    let workplace = try Workplace()
    let shop = try Shop(on: try other.server())
    let environment = ["PLUMB_PG_BIN": other.folder]
    #expect(try workplace.run(["init", shop.location], environment: environment).exitCode == 0)
    #expect(try workplace.run(["drift", shop.location], environment: environment).exitCode == 0)
    #expect(try workplace.run(["backup", shop.location], environment: environment).exitCode == 0)
    let drill = try workplace.run(["drill", "latest"], environment: environment)
    #expect(drill.exitCode == 0, "\(drill)")
    #expect(drill.output.hasPrefix("PROVEN "), "\(drill)")
  }

  @Test func `what is not enforced is neither counted as proven nor a reason to set rows aside`() throws {
    let workplace = try Workplace()
    let other = OtherServer.postgres18
    let shop = try Shop(on: try other.server())
    let environment = ["PLUMB_PG_BIN": other.folder]
    func drill() throws -> Outcome {
      #expect(try workplace.run(["backup", shop.location], environment: environment).exitCode == 0)
      return try workplace.run(["drill", "latest", "--format", "json"], environment: environment)
    }
    let before = try drill().document()
    try shop.run(
      """
      ALTER TABLE orders ADD COLUMN parent integer REFERENCES orders NOT ENFORCED;
      ALTER TABLE orders ADD CONSTRAINT few CHECK (id < 5) NOT ENFORCED;
      UPDATE orders SET parent = 4711 WHERE id = 7;
      """)
    let outcome = try drill()
    let after = try outcome.document()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(
      after["enforcedConstraintCount"] as? Int == before["enforcedConstraintCount"] as? Int, "\(outcome)")
    #expect(
      outcome.output.contains(
        "orders_parent_fkey of public.orders is not enforced in the source and stays so"))
    #expect(outcome.output.contains("few of public.orders is not enforced in the source and stays so"))
  }

  @Test func `keys over periods are counted as periods`() throws {
    let workplace = try Workplace()
    let other = OtherServer.postgres18
    let shop = try Shop(on: try other.server())
    try shop.run(
      """
      CREATE TABLE rooms (id int4range, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
      CREATE TABLE stays (room int4range, during daterange,
        CONSTRAINT stays_in FOREIGN KEY (room, PERIOD during) REFERENCES rooms (id, PERIOD during));
      INSERT INTO rooms VALUES ('[1,2)', '[2026-01-01,2026-02-01)'), ('[1,2)', '[2026-02-01,2026-03-01)');
      INSERT INTO stays VALUES ('[1,2)', '[2026-01-10,2026-02-20)');
      """)
    let environment = ["PLUMB_PG_BIN": other.folder]
    let sound = try workplace.run(["check", shop.location], environment: environment)
    #expect(sound.exitCode == 0, "\(sound)")
    #expect(try workplace.run(["backup", shop.location], environment: environment).exitCode == 0)
    let drill = try workplace.run(["drill", "latest"], environment: environment)
    #expect(drill.exitCode == 0, "\(drill)")
    try shop.run(
      """
      ALTER TABLE stays DISABLE TRIGGER ALL;
      INSERT INTO stays VALUES ('[1,2)', '[2026-02-20,2026-03-20)');
      """)
    let broken = try workplace.run(["check", shop.location], environment: environment)
    #expect(broken.exitCode == 1, "\(broken)")
    #expect(broken.output.contains("stays_in"), "\(broken)")
  }
}
