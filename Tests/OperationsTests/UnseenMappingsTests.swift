import Analysis
import Engines
import SchemaModel
import Testing
import TestSupport

/// A reader who may not see what a user mapping holds.
@Suite struct UnseenMappingsTests {
  @Test func `options that a reader may not see are listed and no difference`() throws {
    let database = try TemporaryPostgres.makeDatabase(
      """
      CREATE ROLE mapping_reader LOGIN; CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
      CREATE USER MAPPING FOR writer SERVER s OPTIONS (user 'me', password 'x');
      """)
    let owner = try PostgresConnectionString(database)
    let seen = try PostgresConnection(owner, for: .reading(statementSeconds: 60)).schema()
    let reader = owner.setting("user", to: "mapping_reader")
    let unseen = try PostgresConnection(reader, for: .reading(statementSeconds: 60)).schema()
    #expect(seen.userMappings.map(\.options) == [["password=", "user=me"]])
    for comparison in [Diff.compare(from: seen, to: unseen), Diff.compare(from: unseen, to: seen)] {
      #expect(comparison.differences == [])
      #expect(comparison.verdict == .couldNotTell)
    }

    try TemporaryPostgres.run("ALTER USER MAPPING FOR writer SERVER s OPTIONS (DROP user)", in: database)
    let changed = try PostgresConnection(owner, for: .reading(statementSeconds: 60)).schema()
    #expect(Diff.compare(from: seen, to: changed).verdict == .different)
  }
}
