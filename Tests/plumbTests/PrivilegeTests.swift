import Engines
import Foundation
import Testing
import TestSupport

/// Roles that do not see everything: what cannot be seen is said, and never taken for nothing.
@Suite struct PrivilegeTests {
  let workplace: Workplace
  let shop: Shop
  let role: String

  /// The shop as the role sees it.
  var location: String { shop.location.replacing("user=postgres", with: "user=\(role)") }

  init() throws {
    workplace = try Workplace()
    shop = try Shop(.postgres, in: workplace)
    role = try Roles.poor()
  }

  @Test func `a table that may not be read is named by check, and the others are counted`() throws {
    try shop.run("GRANT SELECT ON customers TO \(role);")
    let before = try shop.state()
    let check = try workplace.plumb("check", location)
    #expect(check.exitCode == 3)
    #expect(check.output.hasPrefix("COULD NOT TELL: 4 constraints of "), "\(check)")
    #expect(check.output.contains("(5 constraints counted)"), "\(check)")
    #expect(
      check.output.contains("primary key orders_pkey of public.orders: permission denied for table orders"))
    #expect(!check.output.contains("of public.customers:"))
    #expect(check.hints.contains { $0.contains("pg_read_all_data") })
    try workplace.expectNothingLeft()
    #expect(try shop.state() == before)
  }

  @Test func `violations that can be seen are findings although something else cannot be seen`() throws {
    try shop.run(
      "GRANT SELECT ON customers TO \(role); ALTER TABLE customers DROP CONSTRAINT customers_email_check;")
    try shop.run(
      """
      INSERT INTO customers VALUES (50, 'x', 'no address');
      ALTER TABLE customers ADD CONSTRAINT address CHECK (email LIKE '%@%') NOT VALID;
      """)
    let check = try workplace.plumb("check", location)
    #expect(check.exitCode == 1)
    #expect(check.output.hasPrefix("VIOLATED: 1 row of "), "\(check)")
    #expect(check.output.contains("Could not be counted:"))
  }

  @Test func `no backup is made without a table that may not be read`() throws {
    try shop.run("GRANT SELECT ON customers TO \(role);")
    let before = try shop.state()
    try workplace.expectFailure(
      ["backup", location], "permission denied for table orders", hint: "pg_read_all_data")
    #expect(try workplace.stored() == [])
    #expect(try shop.state() == before)
    try shop.run("GRANT SELECT ON orders TO \(role);")
    #expect(try workplace.plumb("backup", location).exitCode == 0)
  }

  @Test func `row security that hides rows stops a backup, and check says what it did not see`() throws {
    try shop.run(
      """
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role);
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY few ON orders FOR SELECT USING (id < 10);
      """)
    let before = try shop.state()
    try workplace.expectFailure(
      ["backup", location], "query would be affected by row-level security policy for table \"orders\"",
      hint: "BYPASSRLS")
    #expect(try workplace.stored() == [])
    let check = try workplace.plumb("check", location)
    #expect(check.exitCode == 3)
    #expect(check.output.hasPrefix("COULD NOT TELL: "), "\(check)")
    #expect(check.hints.contains { $0.contains("BYPASSRLS") })
    #expect(try shop.state() == before)
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0, "its owner sees every row")
  }

  @Test func `a schema is read by a role that may read no row`() throws {
    #expect(try workplace.plumb("inspect", location).output.contains("public.orders"))
    #expect(try workplace.plumb("init", location).exitCode == 0)
    #expect(try workplace.plumb("drift", location).exitCode == 0)
  }
}
