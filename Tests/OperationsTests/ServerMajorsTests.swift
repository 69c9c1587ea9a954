import Analysis
import Engines
import Operations
import SchemaModel
import SchemaText
import Synchronization
import Testing
import TestSupport

/// The same structure on every major that is read: 14, 16, 17 and 18 beside Debian's 15.
@Suite(.enabled(if: OtherServer.areExpected, "scripts/server-majors fetches the servers"))
struct ServerMajorsTests {
  /// A case on one of the servers that can hold it.
  struct Pair: Sendable, CustomStringConvertible {
    var server: OtherServer
    var example: PostgresCase
    var description: String { "\(example) on \(server)" }
  }

  private static let pairs = OtherServer.allCases.flatMap { server in
    PostgresCase.everything.filter(server.canHold).map { Pair(server: server, example: $0) }
  }

  @Test func `what is new in a major has cases of its own, and few cases need what a build lacks`() {
    #expect(Set(PostgresCase.everything.map(\.oldestMajor)).isSuperset(of: [15, 17, 18]))
    #expect(Self.pairs.count > OtherServer.allCases.count * 45)
  }

  @Test(arguments: pairs)
  func `a case is read, printed and built again, and is the same as on PostgreSQL 15`(_ pair: Pair) throws {
    let script = try pair.example.schemaText()
    let schema = try Self.schema(try pair.server.makeDatabase(script))
    #expect(schema.notCompared == [])

    let text = SchemaSQL.text(of: schema)
    var rebuilt = try Self.schema(try pair.server.makeDatabase(text))
    // What needs what is told by the server as each object was made.
    rebuilt.precedences = schema.precedences
    #expect(Fingerprint(of: rebuilt) == Fingerprint(of: schema))
    #expect(lineDifferences(from: Self.lines(schema), to: Self.lines(rebuilt)) == [])

    guard pair.example.oldestMajor <= 15 else { return }
    let home = try Self.home(of: pair.example)
    for comparison in [Diff.compare(from: home, to: schema), Diff.compare(from: schema, to: home)] {
      #expect(comparison.differences.map(\.line) == [])
      #expect(comparison.verdict == .same)
    }
  }

  /// A difference that only a newer server can make, against the nearest thing on PostgreSQL 15.
  struct News: Sendable, CustomStringConvertible {
    var description: String
    var server: OtherServer
    var before: String
    var after: String
    /// What is told of it.
    var lines: [String]
  }

  private static let news = [
    News(
      description: "a foreign key that is not enforced", server: .postgres18,
      before: "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a integer REFERENCES a);",
      after: "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a integer REFERENCES a NOT ENFORCED);",
      lines: ["foreign key public.b.b_a_fkey | enforced"]),
    News(
      description: "a NOT NULL that was never checked", server: .postgres18,
      before: "CREATE TABLE a (id integer NOT NULL);",
      after: "CREATE TABLE a (id integer); ALTER TABLE a ADD CONSTRAINT n NOT NULL id NOT VALID;",
      lines: ["column public.a.id | not null validated"]),
    News(
      description: "a key without overlaps", server: .postgres18,
      before: "CREATE TABLE a (id int4range NOT NULL, d daterange NOT NULL, PRIMARY KEY (id, d));",
      after: "CREATE TABLE a (id int4range, d daterange, PRIMARY KEY (id, d WITHOUT OVERLAPS));",
      lines: ["primary key public.a.a_pkey | without overlaps"]),
    News(
      description: "a column computed when it is read", server: .postgres18,
      before: "CREATE TABLE a (n integer, m integer GENERATED ALWAYS AS (n + 1) STORED);",
      after: "CREATE TABLE a (n integer, m integer GENERATED ALWAYS AS (n + 1) VIRTUAL);",
      lines: ["column public.a.m | default"]),
    News(
      description: "names of NOT NULL, which older servers do not keep", server: .postgres18,
      before: "CREATE TABLE a (id integer CONSTRAINT known NOT NULL);",
      after: "CREATE TABLE a (id integer CONSTRAINT known NOT NULL);", lines: []),
    News(
      description: "the right to maintain a table", server: .postgres17,
      before: "CREATE TABLE a (id integer); CREATE TABLE b (id integer); GRANT SELECT ON b TO reader;",
      after: """
        CREATE TABLE a (id integer); GRANT MAINTAIN ON a TO writer;
        CREATE TABLE b (id integer); GRANT SELECT, MAINTAIN ON b TO reader;
        ALTER DEFAULT PRIVILEGES GRANT MAINTAIN ON TABLES TO auditor;
        """, lines: []),
    News(
      description: "a right that both know", server: .postgres17,
      before: "CREATE TABLE b (id integer); GRANT SELECT ON b TO reader;",
      after: "CREATE TABLE b (id integer); GRANT SELECT, MAINTAIN, DELETE ON b TO reader;",
      lines: ["table public.b | privileges"]),
    News(
      description: "a view's query that is another one", server: .postgres16,
      before: "CREATE TABLE a (id integer, n integer); CREATE VIEW v AS SELECT id FROM a WHERE n > 0;",
      after: "CREATE TABLE a (id integer, n integer); CREATE VIEW v AS SELECT id FROM a WHERE id > 0;",
      lines: ["view public.v | definition"]),
  ]

  @Test(arguments: news)
  func `what only a newer major can say is told where it changes anything, and else is no difference`(
    _ news: News
  ) throws {
    let before = try Self.schema(try TemporaryPostgres.makeDatabase(news.before))
    let after = try Self.schema(try news.server.makeDatabase(news.after))
    #expect(Diff.compare(from: before, to: after).differences.map(Self.fact) == news.lines)
    #expect(Diff.compare(from: after, to: before).differences.count == news.lines.count)
  }

  @Test(arguments: [OtherServer.postgres16, .postgres17, .postgres18])
  func `what a membership allows is a fact, and comes back from its text`(_ other: OtherServer) throws {
    var options = TemporaryPostgres.options
    options.binaries = try other.binaries()
    let server = try ThrowawayServer(options)
    try TemporaryPostgres.run(
      """
      CREATE ROLE team; CREATE ROLE guests; CREATE ROLE heads; CREATE ROLE member;
      CREATE ROLE deputy NOINHERIT;
      GRANT team TO member; GRANT guests TO member WITH INHERIT FALSE, SET FALSE;
      GRANT heads TO member WITH ADMIN TRUE, INHERIT FALSE;
      GRANT team TO deputy; GRANT heads TO deputy WITH INHERIT TRUE;
      """, in: server.conninfo)
    let database = try TemporaryPostgres.makeDatabase(
      on: server, ["CREATE TABLE t (id integer); GRANT SELECT ON t TO member, deputy;"])
    let schema = try Self.schema(database)
    let member = try #require(schema.roles.first { $0.name.name == "member" })
    #expect(
      member.memberOf.map(\.facetDescription) == [
        "guests not inheriting without SET ROLE", "heads with admin option not inheriting", "team",
      ])
    let deputy = try #require(schema.roles.first { $0.name.name == "deputy" })
    #expect(deputy.memberOf.map(\.facetDescription) == ["heads inheriting", "team"])

    let text = SchemaSQL.text(of: schema)
    let empty = try ThrowawayServer(options)
    let rebuilt = try Self.schema(try TemporaryPostgres.makeDatabase(on: empty, [text]))
    #expect(rebuilt.roles == schema.roles)
    #expect(try SchemaDocument.read(SchemaDocument.text(of: schema)).schema.roles == schema.roles)
  }

  private static func fact(_ difference: SchemaDifference) -> String {
    switch difference.change {
    case .missing: "\(difference.object) | missing"
    case .unexpected: "\(difference.object) | unexpected"
    case .changed(let fact, _, _): "\(difference.object) | \(fact)"
    }
  }

  private static let homes = Mutex<[String: Schema]>([:])

  /// The case on Debian's server, read once.
  private static func home(of example: PostgresCase) throws -> Schema {
    if let known = homes.withLock({ $0[example.name] }) { return known }
    let schema = try schema(try TemporaryPostgres.makeDatabase(try example.schemaText()))
    homes.withLock { $0[example.name] = schema }
    return schema
  }

  private static func schema(_ conninfo: String) throws -> Schema {
    try PostgresConnection(PostgresConnectionString(conninfo), for: .reading(statementSeconds: 60)).schema()
  }

  private static func lines(_ schema: Schema) -> [String] {
    SchemaDocument.text(of: schema).split(separator: "\n").map(String.init)
  }
}
