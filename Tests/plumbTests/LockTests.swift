import Foundation
import Testing

/// Tables that another session has locked, and statements that take too long.
@Suite struct LockTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  @Test func `what reads the catalog only answers although tables are locked`() throws {
    let shop = try Shop(
      .postgres, in: workplace,
      """
      ALTER TABLE orders ALTER note SET DEFAULT 'none yet';
      CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      """)
    #expect(try workplace.plumb("init", shop.location).exitCode == 0)
    let before = try workplace.plumb("inspect", shop.location).output
    let locks = try ["orders", "events_2026"].map { try HeldLock(on: $0, of: shop) }
    #expect(try workplace.plumb("inspect", shop.location).output == before)
    let drift = try workplace.plumb("drift", shop.location)
    #expect(drift.exitCode == 0, "\(drift)")
    let again = try workplace.plumb("init", shop.location)
    #expect(again.exitCode == 0, "\(again)")
    for lock in locks { try lock.release() }
  }

  @Test(arguments: ["inspect", "check", "backup"])
  func `what the server cannot print of a locked table is said, with who holds the lock`(
    command: String
  ) throws {
    let shop = try Shop(.postgres, in: workplace)
    let before = try shop.state()
    let lock = try HeldLock(on: "customers", of: shop)
    let outcome = try workplace.expectFailure(
      [command, shop.location], "a lock was not granted in time", hint: "Another session holds the lock")
    #expect(outcome.errors.contains("\n  public.customers is locked by session "), "\(outcome)")
    #expect(outcome.errors.contains(" (another session)\n"), "\(outcome)")
    try lock.release()
    #expect(try workplace.stored() == [])
    #expect(try shop.state() == before)
    #expect(try workplace.plumb(command, shop.location).exitCode == 0)
  }

  @Test func `check counts what is not locked and names what is`() throws {
    let shop = try Shop(.postgres, in: workplace)
    let lock = try HeldLock(on: "orders", of: shop)
    let check = try workplace.plumb("check", shop.location)
    try lock.release()
    #expect(check.exitCode == 3)
    #expect(check.output.hasPrefix("COULD NOT TELL: "), "\(check)")
    for constraint in ["primary key orders_pkey", "foreign key orders_customer_id_fkey"] {
      #expect(
        check.output.contains("\(constraint) of public.orders: a lock was not granted in time"), "\(check)")
    }
    #expect(!check.output.contains("customers_pkey"))
    #expect(check.hints.contains { $0.contains("pg_stat_activity") })
    #expect(try workplace.plumb("check", shop.location).exitCode == 0)
  }

  @Test func `a backup that meets a lock gives up and keeps nothing`() throws {
    let shop = try Shop(.postgres, in: workplace)
    let before = try shop.state()
    let lock = try HeldLock(on: "orders", of: shop)
    let outcome = try workplace.expectFailure(
      ["backup", shop.location], "a lock was not granted in time", hint: "Another session holds the lock")
    #expect(outcome.errors.contains("\n  public.orders is locked by session "), "\(outcome)")
    try lock.release()
    #expect(try workplace.stored() == [])
    #expect(try shop.state() == before)
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
  }
}
