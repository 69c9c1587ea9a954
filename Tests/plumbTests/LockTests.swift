import Foundation
import Testing

/// Tables that another session has locked, and statements that take too long.
@Suite struct LockTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  @Test func `what reads the catalog only answers although a table is locked`() throws {
    let shop = try Shop(.postgres, in: workplace, "CREATE VIEW notes AS SELECT id, note FROM orders;")
    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    let before = try workplace.plumb("inspect", shop.location).output
    let lock = try HeldLock(on: "orders", of: shop)
    #expect(try workplace.plumb("inspect", shop.location).output == before)
    let drift = try workplace.plumb("drift", shop.location)
    #expect(drift.exitCode == 0, "\(drift)")
    let again = try workplace.plumb("init", shop.location)
    #expect(again.exitCode == 0, "\(again)")
    try lock.release()
  }

  @Test func `check counts what is not locked and names what is`() throws {
    let shop = try Shop(.postgres, in: workplace)
    let lock = try HeldLock(on: "customers", of: shop)
    let check = try workplace.plumb("check", shop.location)
    try lock.release()
    #expect(check.exitCode == 3)
    #expect(check.output.hasPrefix("COULD NOT TELL: "), "\(check)")
    #expect(check.output.contains("primary key customers_pkey of public.customers: a lock was not granted in time"))
    #expect(check.output.contains("foreign key orders_customer_id_fkey of public.orders: a lock was not granted"))
    #expect(!check.output.contains("orders_pkey"))
    #expect(check.hints.contains { $0.contains("pg_stat_activity") })
    #expect(try workplace.plumb("check", shop.location).exitCode == 0)
  }

  @Test func `a backup that meets a lock gives up and keeps nothing`() throws {
    let shop = try Shop(.postgres, in: workplace)
    let before = try shop.state()
    let lock = try HeldLock(on: "orders", of: shop)
    try workplace.expectFailure(
      ["backup", shop.location], "a lock was not granted in time", hint: "Another session holds the lock")
    try lock.release()
    #expect(try workplace.stored() == [])
    #expect(try shop.state() == before)
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
  }

  @Test func `a count that takes too long is told apart from one that found nothing`() throws {
    let sleeper = Sleeper(in: workplace)
    let shop = try Shop(
      .postgres, in: workplace,
      sleeper.statement + "ALTER TABLE orders ADD CONSTRAINT wakeful CHECK (drowsy(id));")
    try sleeper.rest()
    let check = try workplace.plumb("check", shop.location, "--timeout", "1")
    #expect(check.exitCode == 3)
    #expect(check.output.hasPrefix("COULD NOT TELL: 1 constraint of "), "\(check)")
    #expect(check.output.contains("check constraint wakeful of public.orders: a statement took longer than it may"))
    #expect(check.hints.contains { $0.contains("--timeout") })
    let document = try workplace.plumb("check", shop.location, "--timeout", "1", "--format", "json").document()
    let unchecked = try #require(document["unchecked"] as? [[String: Any]])
    #expect(unchecked.map { $0["name"] as? String } == ["wakeful"])
    try shop.waitUntilDeserted()
  }
}
