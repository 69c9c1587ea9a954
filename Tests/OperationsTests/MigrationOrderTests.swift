import Operations
import Testing

/// The order in which the files of a migrations folder are applied.
@Suite struct MigrationOrderTests {
  @Test(arguments: [
    (["10_a.sql", "2_b.sql", "1_c.sql"], ["1_c.sql", "2_b.sql", "10_a.sql"]),
    (["002.sql", "01.sql", "1.sql", "x.txt"], ["01.sql", "1.sql", "002.sql"]),
    (
      ["20240101120000_b.up.sql", "20240101120000_b.down.sql", "20230101_a.up.sql"],
      ["20230101_a.up.sql", "20240101120000_b.up.sql"]
    ),
    (
      ["V2__b.sql", "V10__c.sql", "V1.1__a.sql", "V1__z.sql", "U2__b.sql", "R__views.sql", "R__a.sql"],
      ["V1__z.sql", "V1.1__a.sql", "V2__b.sql", "V10__c.sql", "R__a.sql", "R__views.sql"]
    ),
    (["V1__a.sql", "B3__base.sql", "V3__c.sql", "V4__d.sql"], ["B3__base.sql", "V4__d.sql"]),
    (
      ["2024_b/migration.sql", "2023_a/migration.sql", "migration_lock.toml"],
      ["2023_a/migration.sql", "2024_b/migration.sql"]
    ),
    (
      ["2/up.sql", "2/down.sql", "10/up.sql", "10/down.sql", "3/other.sql", "a/b/up.sql"],
      ["2/up.sql", "10/up.sql"]
    ),
    (["001.do.sql", "001.undo.sql", "002.undo.b.sql", "003.rollback.sql"], ["001.do.sql"]),
    (["b.sql", "a.SQL"], ["a.SQL", "b.sql"]), (["readme.md"], []),
  ])
  func `numbers count as numbers, and what takes a change back is left out`(paths: [String], order: [String])
  {
    #expect(MigrationOrder.files(among: paths) == order)
    #expect(MigrationOrder.files(among: paths.reversed()) == order)
  }

  @Test func `sqitch's plan gives the order, and tags the scripts of before`() {
    let plan = """
      %syntax-version=1.0.0
      %project=shop

      # people first
      users 2024-01-01T00:00:00Z Ann <a@x> # adds
      @v1 2024-01-02T00:00:00Z Ann <a@x>
      orders [users] 2024-01-03T00:00:00Z Ann <a@x>
      users [users@v1] 2024-01-04T00:00:00Z Ann <a@x>
      """
    #expect(SqitchPlan.files(plan) == ["users@v1.sql", "orders.sql", "users.sql"])
  }
}
