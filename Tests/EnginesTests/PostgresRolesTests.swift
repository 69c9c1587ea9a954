import Engines
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// Roles belong to a whole server, so their text is tried on one that has none.
@Suite struct PostgresRolesTests {
  @Test func `a blueprint makes the roles that a server lacks, with all that is known of them`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "CREATE TABLE t (id integer); GRANT SELECT ON t TO chief; GRANT INSERT ON t TO reader;")
    let schema = try PostgresFacts.schema(of: source)
    #expect(schema.roles.map(\.name.name) == ["auditor", "chief", "reader", "writer"])
    let scratch = try Scratch()
    let path = try scratch.write("schema.sql", SchemaSQL.text(of: schema))
    let rebuilt = try PostgresScratch.schema(applying: [path], on: nil)
    #expect(rebuilt.roles == schema.roles)
    #expect(Fingerprint(of: rebuilt) == Fingerprint(of: schema))
  }

  @Test func `roles that a plain text names and nobody has say nothing of what they may do`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "plain.sql", "CREATE TABLE t (id integer); GRANT SELECT ON t TO nobody_knows;")
    let schema = try PostgresScratch.schema(applying: [path], on: nil)
    #expect(schema.roles.isEmpty)
    #expect(schema.tables[0].rights.privileges?.contains { $0.grantee == .role("nobody_knows") } == true)
    #expect(!schema.statesOwners)
  }
}
