import Engines
import Testing
import TestSupport

/// What a person sees when a query of a drift goes wrong.
@Suite struct DriftFaultTests {
  @Test(arguments: [PostgresProxy.Fate.refused(sqlState: "XX000"), .lost])
  func `a drift that could not read everything says so, and never same`(_ fate: PostgresProxy.Fate) throws {
    let workplace = try Workplace()
    let shop = try Shop(.postgres, in: workplace)
    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    let sockets = try Scratch()
    for number in [1, 2, 10, 25] {
      let proxy = try PostgresProxy(
        before: try TemporaryPostgres.server(), in: try sockets.makeOpenFolder("\(number)")
      ) { found, _ in found == number ? fate : .passed }
      let drift = try workplace.plumb(
        "drift", proxy.conninfo(database: shop.name), "--blueprint", "blueprint")
      #expect(drift.exitCode == 3, "query \(number): \(drift)")
      #expect(drift.output == "", "\(drift)")
      #expect(drift.errors.hasPrefix("plumb: "), "\(drift)")
      #expect(proxy.queries.count >= number)
    }
  }
}
