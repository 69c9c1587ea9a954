import SchemaModel
import TestSupport
import Testing

@testable import Engines

/// What the model does not hold must be listed: one object of each kind, made in a transaction that is rolled back.
@Suite struct PostgresNotComparedTests {
  /// A kind, statements that make one of it, and the names it must be listed with.
  struct Kind: Sendable, CustomStringConvertible {
    let words: String
    let sql: String
    let names: [String]
    /// Other kinds that one of this kind brings along.
    let companions: Set<String>
    /// Whether it is compared where the reader may see it: only others are told of it.
    let isSeenBySuperusers: Bool

    init(
      _ words: String, _ names: [String], _ sql: String, with companions: Set<String> = [],
      isSeenBySuperusers: Bool = false
    ) {
      self.words = words
      self.sql = sql
      self.names = names
      self.companions = companions
      self.isSeenBySuperusers = isSeenBySuperusers
    }

    var description: String { words }
  }

  /// What the statements may build on, all of it modelled.
  private static let ground = """
    CREATE SCHEMA app;
    CREATE TABLE app.t (id integer PRIMARY KEY, name text, body text);
    CREATE TABLE app.child (id integer PRIMARY KEY, t_id integer CONSTRAINT child_t REFERENCES app.t);
    CREATE INDEX t_name ON app.t (name, lower(body));
    CREATE VIEW app.v AS SELECT id, name FROM app.t;
    CREATE MATERIALIZED VIEW app.m AS SELECT id, name, body FROM app.t;
    CREATE SEQUENCE app.s;
    CREATE TYPE app.mood AS ENUM ('a');
    CREATE DOMAIN app.d AS integer;
    CREATE TABLE app.counted (id integer GENERATED ALWAYS AS IDENTITY);
    CREATE TABLE app.p (k integer, PRIMARY KEY (k)) PARTITION BY LIST (k);
    CREATE TABLE app.p_1 PARTITION OF app.p FOR VALUES IN (1);
    CREATE EXTENSION citext WITH SCHEMA app;
    """

  /// The server's roles are shared by all tests; these exist for this suite alone.
  private static let roles = Result {
    try TemporaryPostgres.run(
      "CREATE ROLE not_compared_reader LOGIN; CREATE ROLE not_compared_owner SUPERUSER;",
      in: try TemporaryPostgres.server().conninfo)
  }

  private static let database = Result { () throws -> String in
    _ = try roles.get()
    return try TemporaryPostgres.makeLastingDatabase(ground)
  }

  @Test(arguments: PostgresUncomparedKinds.all)
  func `one object of the kind is listed with its name, for any reader`(_ kind: Kind) throws {
    let connection = try PostgresFacts.connection(to: try Self.database.get(), for: .staging)
    try connection.execute("BEGIN; \(kind.sql)")
    for reader in ["postgres", "not_compared_reader"] {
      try connection.execute("SET LOCAL ROLE \(reader)")
      let catalog = PostgresCatalog(connection: connection)
      let found = try catalog.notCompared(catalog.subscriptions())
      guard reader != "postgres" || !kind.isSeenBySuperusers else {
        #expect(found == [])
        continue
      }
      let listed = found.first { $0.kind == kind.words }
      #expect(listed?.names == kind.names, "\(reader)")
      #expect(listed?.count == kind.names.count, "\(reader)")
      #expect(Set(found.map(\.kind)) == kind.companions.union([kind.words]), "\(reader)")
    }
    try connection.execute("ROLLBACK")
  }

  @Test func `how a subscription connects is listed where it cannot be read`() throws {
    let connection = try PostgresFacts.connection(to: try Self.database.get(), for: .staging)
    try connection.execute(
      "BEGIN; CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere password=x' PUBLICATION pub WITH (connect = false)"
    )
    let catalog = PostgresCatalog(connection: connection)
    let unread = [
      NotCompared(
        kind: "connections of subscriptions that cannot be read here", count: 1, names: ["sub"])
    ]
    #expect(try catalog.notCompared(catalog.subscriptions()) == [])
    #expect(try catalog.subscriptions().map(\.connection) == [["dbname=nowhere", "password="]])
    try connection.execute("SET LOCAL ROLE not_compared_reader")
    #expect(try catalog.notCompared(catalog.subscriptions()) == unread)
    // As the libpq of a later version may know words that this one does not.
    try connection.execute("RESET ROLE; UPDATE pg_subscription SET subconninfo = 'of_a_later_version=1'")
    #expect(try catalog.notCompared(catalog.subscriptions()) == unread)
    #expect(try catalog.subscriptions().map(\.connection) == [nil])
    try connection.execute("ROLLBACK")
  }

  @Test func `every kind that is looked for has its object here`() throws {
    let connection = try PostgresFacts.connection(to: try Self.database.get())
    let catalog = PostgresCatalog(connection: connection)
    let known =
      catalog.uncomparedObjects + catalog.uncomparedFacts + catalog.uncomparedRights
      + catalog.uncomparedSurroundings
    #expect(Set(known.map(\.words)) == Set(PostgresUncomparedKinds.all.map(\.words)))
    #expect(Set(known.map(\.words)).count == known.count)
  }

  @Test func `a database with nothing but modelled objects lists nothing`() throws {
    let connection = try PostgresFacts.connection(to: try Self.database.get())
    #expect(try connection.schema().notCompared == [])
    let empty = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase())
    #expect(try empty.schema().notCompared == [])
  }

  @Test func `what was granted and taken back again is not listed`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      Self.ground,
      """
      GRANT SELECT ON app.t, app.v, app.m, app.s TO PUBLIC; REVOKE SELECT ON app.t, app.v, app.m, app.s FROM PUBLIC;
      GRANT SELECT (name) ON app.t TO PUBLIC; REVOKE SELECT (name) ON app.t FROM PUBLIC;
      GRANT USAGE ON SCHEMA app TO PUBLIC; REVOKE USAGE ON SCHEMA app FROM PUBLIC;
      REVOKE USAGE ON TYPE app.mood, app.d FROM PUBLIC; GRANT USAGE ON TYPE app.mood, app.d TO PUBLIC;
      GRANT CREATE ON SCHEMA public TO PUBLIC; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      REVOKE EXECUTE ON FUNCTION pg_sleep FROM PUBLIC; GRANT EXECUTE ON FUNCTION pg_sleep TO PUBLIC;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC;
      ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; ALTER TABLE app.t DISABLE ROW LEVEL SECURITY;
      ALTER TABLE app.t SET (fillfactor = 50); ALTER TABLE app.t RESET (fillfactor);
      ALTER TABLE app.t ALTER name SET STATISTICS 100, ALTER body SET STORAGE MAIN;
      ALTER TABLE app.t ALTER name SET STATISTICS -1, ALTER body SET STORAGE EXTENDED;
      ALTER TABLE app.t DISABLE TRIGGER ALL; ALTER TABLE app.t ENABLE TRIGGER ALL;
      COMMENT ON INDEX app.t_pkey IS 'x'; COMMENT ON INDEX app.t_pkey IS NULL;
      """)
    let listed = try PostgresFacts.schema(of: source).notCompared
    #expect(listed == [])
  }

  @Test func `what goes with an extension and has no such fact is listed`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE EXTENSION citext; CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
      ALTER ROUTINE total(integer) DEPENDS ON EXTENSION citext;
      CREATE FUNCTION goes() RETURNS integer LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION goes() DEPENDS ON EXTENSION citext;
      """)
    #expect(
      try PostgresFacts.schema(of: source).notCompared == [
        NotCompared(
          kind: "objects that go with an extension", count: 1, names: ["function public.total(integer)"])
      ])
  }

  @Test func `more than five names are counted and the first five kept`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      "SELECT lo_create(n) FROM generate_series(4711, 4717) n"
    )
    #expect(
      try PostgresFacts.schema(of: source).notCompared == [
        NotCompared(kind: "large objects, which are data", count: 7, names: (4711...4715).map { "\($0)" })
      ])
  }

  @Test(arguments: PostgresCase.all)
  func `a role that may read nothing reads the same structure`(_ example: PostgresCase) throws {
    _ = try Self.roles.get()
    let source = try PostgresSources.shared.source(of: example)
    let reader = try PostgresConnectionString(source.conninfo).setting("user", to: "not_compared_reader")
    let schema = try PostgresConnection(reader, for: .reading(statementSeconds: 60)).schema()
    #expect(lineDifferences(from: PostgresFacts.lines(source.schema), to: PostgresFacts.lines(schema)) == [])
  }
}
