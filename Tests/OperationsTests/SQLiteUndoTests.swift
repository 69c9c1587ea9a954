import Analysis
import Engines
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// One pair of SQLite files a kind of difference, both ways round: the script makes one the other and keeps the rows.
@Suite struct SQLiteUndoTests {
  private static let cases = Result { try SQLiteDriftCase.all() }

  @Test func `there are pairs`() throws {
    #expect(try Self.cases.get().count >= 10)
  }

  @Test(arguments: (try? cases.get()) ?? [])
  func `the script makes one database the other`(_ example: SQLiteDriftCase) throws {
    let (first, second) = example.scripts
    let left = try differencesLeft(making: second, into: first) + differencesLeft(making: first, into: second)
    #expect(left.isEmpty == (example.whyNotUndoable == nil), "\(left)")
  }

  @Test(arguments: (try? cases.get()) ?? [])
  func `without the statements that stand in comments no row and no value is lost`(
    _ example: SQLiteDriftCase
  ) throws {
    for (found, expected) in [example.scripts, (example.scripts.second, example.scripts.first)] {
      let session = try SQLiteScratch.session(applying: found, from: "found")
      let schema = try session.schema()
      let target = try SQLiteScratch.session(applying: expected, from: "expected").schema()
      let before = try rows(of: schema.tables, in: session)
      let text = UndoScript(making: schema, into: target).text()
      try SQLiteScratch.apply(text, from: "script", to: session)
      #expect(try rows(of: schema.tables, in: session) == before, "\(text)")
    }
  }

  private func differencesLeft(making found: String, into expected: String) throws -> [String] {
    let session = try SQLiteScratch.session(applying: found, from: "found")
    let before = try session.schema()
    let target = try SQLiteScratch.session(applying: expected, from: "expected").schema()
    let shared = before.tables.compactMap { table -> Table? in
      guard let other = target.table(named: table.name) else { return nil }
      var both = table
      both.columns = table.storedColumns.filter { column in
        other.storedColumns.contains { $0.name == column.name }
      }
      return both
    }
    let kept = try rows(of: shared, in: session)
    let script = UndoScript(making: before, into: target)
    let text = script.text(includingLosses: true)
    try SQLiteScratch.apply(text, from: "script", to: session)
    let result = try session.schema()
    #expect(try rows(of: shared, in: session) == kept, "\(text)")
    let left = Diff.compare(from: target, to: result).differences.map { "\($0.object)" }
    #expect(left.sorted() == script.notUndoable.map { "\($0.object)" }.sorted(), "\(text)")
    #expect((Fingerprint(of: result) == Fingerprint(of: target)) == left.isEmpty)
    return left
  }

  /// The rows of each table, in no order.
  private func rows(of tables: [Table], in session: SQLiteConnection) throws -> [ObjectName: [String]] {
    var rows: [ObjectName: [String]] = [:]
    for table in tables where !table.storedColumns.isEmpty {
      let columns = SQLDialect.sqlite.identifiers(table.storedColumns.map(\.name))
      rows[table.name] = try session.rows("SELECT \(columns) FROM \(SQLDialect.sqlite.name(table.name))").map
      {
        "\($0)"
      }.sorted()
    }
    return rows
  }
}
