import Engines
import Operations
import SchemaModel
import SchemaText
import TestSupport
import Testing

/// Violations are counted by reading each table once; every count is held against the constraint's own query.
@Suite struct CheckTests {
  /// Catalogs that look away while the statements run, as after a careless bulk load into a damaged index.
  private static func unseen(_ indexes: String..., rows: String) -> String {
    let off = indexes.map { "UPDATE pg_index SET indisready = false WHERE indexrelid = '\($0)'::regclass;" }
    let on = indexes.map { "UPDATE pg_index SET indisready = true WHERE indexrelid = '\($0)'::regclass;" }
    return "SET session_replication_role = replica;" + (off + [rows] + on).joined(separator: "\n")
  }

  private static func session(on sql: String) throws -> PostgresConnection {
    let place = try PostgresConnectionString(try TemporaryPostgres.makeDatabase(sql))
    return try PostgresConnection(place, for: .reading(statementSeconds: 60))
  }

  private static func check(_ sql: String...) throws -> [String: CheckReport.Finding] {
    let session = try session(on: sql.joined())
    let report = try Check(session, blueprint: nil) { _ in }.run()
    let schema = try session.schema()
    let queries = schema.tables.flatMap {
      ViolationQuery.all(of: $0, in: schema) + ViolationQuery.domains(of: $0, in: schema, notValidToo: true)
    }
    #expect(report.checkedConstraintCount == queries.count)
    for query in queries {
      let found = report.findings.first { $0.constraint == query.constraint }?.violatingRowCount ?? 0
      #expect(try session.rows(query.countSQL) == [["\(found)"]], "\(query.constraint)")
    }
    return Dictionary(
      report.findings.map { ($0.constraint.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `rows that share a key are counted and shown, whatever the key is made of`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c numeric, UNIQUE (a, b), UNIQUE (c));
      INSERT INTO t VALUES (1, E'x\\ty', 'z', 1.0), (2, 'x', E'y\\tz', 2), (3, NULL, 'z', NULL), (4, NULL, 'z', NULL);
      """,
      Self.unseen(
        "t_pkey", "t_a_b_key", "t_c_key",
        rows: """
          INSERT INTO t VALUES (4, E'back\\\\slash', 'it''s', 1.00), (5, E'back\\\\slash', 'it''s', 3), (4, 'q', 'r', 4);
          """))
    #expect(findings["t_pkey"]?.violatingRowCount == 2)
    #expect(findings["t_pkey"]?.samples == [["4"], ["4"]])
    #expect(findings["t_a_b_key"]?.samples == [["5"]])
    #expect(findings["t_c_key"]?.samples == [["4"]])
    #expect(findings["t_pkey"]?.listSQL.contains("VALUES") == false)
  }

  @Test func `NULLs are alike only where the key says so`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE t (id integer, a integer, UNIQUE (id), UNIQUE NULLS NOT DISTINCT (a));
      INSERT INTO t VALUES (NULL, 1), (NULL, 2), (3, NULL);
      """, Self.unseen("t_a_key", rows: "INSERT INTO t VALUES (4, NULL), (5, 2);"))
    #expect(findings.keys.sorted() == ["t_a_key"])
    #expect(findings["t_a_key"]?.violatingRowCount == 2)
  }

  @Test func `rows that a partial index holds are told from others`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, live boolean);
      CREATE UNIQUE INDEX live ON t (a, b) WHERE live;
      CREATE UNIQUE INDEX dead ON t (b, a) NULLS NOT DISTINCT WHERE NOT live;
      CREATE TABLE child (id integer PRIMARY KEY, a integer, b text);
      INSERT INTO t VALUES (1, 1, 'x', true), (2, 1, 'x', false), (3, 1, 'x', NULL), (4, NULL, 'y', false),
        (5, NULL, 'z', true), (6, NULL, 'z', true);
      """,
      Self.unseen(
        "live", "dead",
        rows: "INSERT INTO t VALUES (7, 1, 'x', true), (8, 1, 'x', NULL), (9, NULL, 'y', false);"))
    #expect(findings.keys.sorted() == ["dead", "live"])
    #expect(findings["live"]?.samples == [["7"]])
    #expect(findings["dead"]?.samples == [["9"]])
  }

  /// Foreign keys alone are looked for with indexes, which a full check never asks.
  @Test func `what is found of foreign keys alone is what a full check finds of them`() throws {
    let session = try Self.session(
      on: """
        CREATE TABLE parent (id integer PRIMARY KEY, code text UNIQUE, a integer, b integer, UNIQUE (a, b));
        INSERT INTO parent SELECT n, n, n, n FROM generate_series(1, 2000) n;
        CREATE TABLE child (id integer, parent integer NOT NULL REFERENCES parent, code text REFERENCES parent (code),
          a integer, b integer, FOREIGN KEY (a, b) REFERENCES parent (a, b) MATCH FULL,
          other integer REFERENCES parent);
        INSERT INTO child SELECT n, n, n, n, n, n FROM generate_series(1, 2000) n;
        CREATE INDEX ON child (parent); CREATE INDEX ON child (code); CREATE INDEX ON child (a, b);
        CREATE INDEX ON child (other);
        SET session_replication_role = replica;
        UPDATE pg_attribute SET attnotnull = false WHERE attrelid = 'child'::regclass AND attname = 'parent';
        INSERT INTO child SELECT n, n, n, n, n, n FROM generate_series(3001, 3003) n;
        INSERT INTO child VALUES (4000, NULL, NULL, 1, NULL, NULL);
        UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 'child'::regclass AND attname = 'parent';
        ANALYZE;
        """
          + Self.unseen(
            "child_code_idx", rows: "INSERT INTO child (id, parent, code) VALUES (5000, 1, 'none');"))
    let alone = try Check(session, blueprint: nil, scope: CheckScope(kinds: [.foreignKey])) { _ in }.run()
    let full = try Check(session, blueprint: nil) { _ in }.run()
    #expect(alone.checkedConstraintCount == 4)
    #expect(
      alone.findings.map(\.violatingRowCount).sorted() == [3, 3, 4, 4], "\(alone.findings)")
    #expect(alone.findings == full.findings.filter { $0.constraint.kind == .foreignKey })
  }

  @Test func `orphans are found among parents of any table, in any order of columns`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE z_parent (a integer, b text, UNIQUE (a, b));
      CREATE TABLE child (id integer PRIMARY KEY, b varchar(9), a bigint, boss integer REFERENCES child,
        CONSTRAINT simple FOREIGN KEY (b, a) REFERENCES z_parent (b, a),
        CONSTRAINT whole FOREIGN KEY (a, b) REFERENCES z_parent (a, b) MATCH FULL);
      INSERT INTO z_parent VALUES (1, 'x'), (2, 'y'), (3, NULL);
      INSERT INTO child VALUES (1, 'x', 1, NULL), (2, NULL, NULL, 1);
      """,
      Self.unseen(rows: "INSERT INTO child VALUES (3, 'y', 1, 9), (4, NULL, 3, 1), (5, 'y', 2, 5);"))
    #expect(findings["simple"]?.samples == [["3"]])
    #expect(findings["whole"]?.samples == [["3"], ["4"]])
    #expect(findings["child_boss_fkey"]?.samples == [["3"]])
  }

  @Test func `rules of domains are counted in arrays too, and those that were never checked say so`() throws {
    let findings = try Self.check(
      """
      CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      CREATE DOMAIN grade AS integer CONSTRAINT even CHECK (fits(VALUE));
      CREATE DOMAIN level AS integer;
      CREATE TABLE t (id integer PRIMARY KEY, one level, many grade[]);
      INSERT INTO t VALUES (1, 5, '{1,7}'), (2, 6, '{7,8}'), (3, NULL, NULL), (4, 4, '{6}');
      ALTER DOMAIN level ADD CONSTRAINT even CHECK (VALUE % 2 = 0) NOT VALID;
      ALTER DOMAIN level ADD CONSTRAINT low CHECK (VALUE < 10);
      CREATE OR REPLACE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql AS 'SELECT $1 % 2 = 0';
      """)
    #expect(findings.keys.sorted() == ["many.even", "one.even"])
    #expect(findings["one.even"]?.samples == [["1"]] && findings["one.even"]?.origin == .notValid)
    #expect(findings["many.even"]?.samples == [["1"], ["2"]] && findings["many.even"]?.origin == .declared)
  }

  @Test func `only the kinds and tables that were asked for are looked at`() throws {
    let session = try Self.session(
      on: """
        CREATE TABLE parent (id integer PRIMARY KEY, name text NOT NULL);
        CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES parent, size integer CHECK (size > 0));
        CREATE TABLE visit (day date NOT NULL, parent_id integer REFERENCES parent) PARTITION BY RANGE (day);
        CREATE TABLE visit_old PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        ALTER TABLE visit_old ADD CONSTRAINT here CHECK (parent_id > 0);
        """
          + Self.unseen(
            rows: """
              INSERT INTO child VALUES (1, 7, 1), (2, 8, 2); INSERT INTO visit VALUES ('2020-02-02', 9);
              ALTER TABLE child DROP CONSTRAINT child_size_check; INSERT INTO child VALUES (3, 7, -1);
              ALTER TABLE child ADD CHECK (size > 0) NOT VALID;
              """))
    func report(_ scope: CheckScope) throws -> (names: [String], count: Int) {
      let report = try Check(session, blueprint: nil, scope: scope) { _ in }.run()
      return (report.findings.map(\.constraint.name).sorted(), report.checkedConstraintCount)
    }
    let orphans = ["child_parent_id_fkey", "visit_parent_id_fkey"]
    let all = try report(CheckScope())
    #expect(all.names.filter(orphans.contains).sorted() == all.names.filter { $0.hasSuffix("fkey") })
    #expect(try report(CheckScope(kinds: [.foreignKey])).names == all.names.filter { $0.hasSuffix("fkey") })
    #expect(try report(CheckScope(kinds: [.check])) == (["child_size_check"], 2))
    #expect(try report(CheckScope(kinds: [.key])) == ([], 2))
    let child = try report(CheckScope(only: [NamePattern("chi*")]))
    #expect(child == (["child_parent_id_fkey", "child_size_check"], 5))
    #expect(try report(CheckScope(kinds: [.check], only: [NamePattern("public.visit")])).count == 1)
    #expect(try report(CheckScope(except: [NamePattern("visit"), NamePattern("parent")])) == child)
    #expect(throws: CheckScope.NothingFits.self) { try report(CheckScope(only: [NamePattern("nobody")])) }
  }

  @Test func `tables that refer to each other and to a table with keys that come twice are judged`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE one (id integer PRIMARY KEY, two_id integer);
      CREATE TABLE two (id integer PRIMARY KEY, one_id integer REFERENCES one);
      ALTER TABLE one ADD CONSTRAINT back FOREIGN KEY (two_id) REFERENCES two;
      """,
      Self.unseen(
        "one_pkey", rows: "INSERT INTO one VALUES (1, 1), (1, 7); INSERT INTO two VALUES (1, 1), (2, 8);"))
    #expect(findings["one_pkey"]?.violatingRowCount == 1)
    #expect(findings["back"]?.samples == [["1"]])
    #expect(findings["two_one_id_fkey"]?.samples == [["2"]])
  }

  @Test func `partitions and heirs are read as their constraints hold`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE p (id integer PRIMARY KEY, n integer CHECK (n > 0)) PARTITION BY RANGE (id);
      CREATE TABLE p_low PARTITION OF p FOR VALUES FROM (0) TO (10);
      CREATE TABLE p_high PARTITION OF p FOR VALUES FROM (10) TO (20);
      CREATE TABLE parent (id integer PRIMARY KEY);
      CREATE TABLE heir () INHERITS (parent);
      CREATE TABLE c (p_id integer REFERENCES p, parent_id integer REFERENCES parent);
      INSERT INTO p VALUES (1, 1), (11, 1); INSERT INTO parent VALUES (1); INSERT INTO heir VALUES (1), (2);
      """,
      Self.unseen(
        "p_low_pkey",
        rows: "INSERT INTO p_low VALUES (1, 2); INSERT INTO c VALUES (1, 1), (12, 2), (11, NULL);"))
    #expect(findings["p_pkey"]?.violatingRowCount == 1)
    #expect(findings["c_p_id_fkey"]?.violatingRowCount == 1)
    #expect(findings["c_parent_id_fkey"]?.violatingRowCount == 1)
  }

  @Test func `of many NOT NULLs and checks those that rows violate are told`() throws {
    let columns = (1...130).map { "c\($0) integer NOT NULL DEFAULT 1 CHECK (c\($0) > 0)" }
    let findings = try Self.check(
      """
      CREATE TABLE wide (id integer PRIMARY KEY, \(columns.joined(separator: ", ")));
      ALTER TABLE wide DROP CONSTRAINT wide_c7_check, ALTER c120 DROP NOT NULL;
      INSERT INTO wide (id) VALUES (1); INSERT INTO wide (id, c7) VALUES (2, 0); INSERT INTO wide (id, c120) VALUES (3, NULL);
      ALTER TABLE wide ADD CONSTRAINT wide_c7_check CHECK (c7 > 0) NOT VALID;
      UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 'wide'::regclass AND attname = 'c120';
      """)
    #expect(findings.keys.sorted() == ["c120", "wide_c7_check"])
    #expect(findings["c120"]?.samples == [["3"]])
    #expect(findings["wide_c7_check"]?.origin == .notValid)
  }

  @Test func `keys of a sensitive column are found and never quoted`() throws {
    let findings = try Self.check(
      """
      CREATE TABLE t (mail text UNIQUE); COMMENT ON COLUMN t.mail IS '@sensitive email';
      INSERT INTO t VALUES ('a@example.org');
      """, Self.unseen("t_mail_key", rows: "INSERT INTO t VALUES ('a@example.org');"))
    #expect(findings["t_mail_key"]?.violatingRowCount == 1)
    #expect(findings["t_mail_key"]?.samples == [["withheld"]])
    #expect(findings["t_mail_key"]?.withheldColumns == ["mail"])
  }
}
