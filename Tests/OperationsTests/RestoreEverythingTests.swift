import Analysis
import Engines
import Operations
import SchemaModel
import TestSupport
import Testing

/// Objects the model does not hold are not compared, but a restore brings them back all the same.
@Suite struct RestoreEverythingTests {
  private static let objects = #"""
    CREATE SCHEMA app; CREATE EXTENSION postgres_fdw; CREATE EXTENSION pg_trgm WITH SCHEMA app;
    CREATE COLLATION app.german (provider = icu, locale = 'de');
    CREATE TYPE app.pair AS (a integer, b text); CREATE TYPE app.span AS RANGE (subtype = float8, subtype_diff = float8mi);
    CREATE FUNCTION app.double(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
    CREATE FUNCTION app.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.stamped := NEW.stamped + 1; RETURN NEW; END $$;
    CREATE FUNCTION app.no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nothing is ever deleted'; END $$;
    CREATE FUNCTION app.later(i integer) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT 'x' || i; END;
    CREATE PROCEDURE app.act() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
    CREATE AGGREGATE app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
    CREATE OPERATOR app.<+> (leftarg = integer, rightarg = integer, function = int4pl);
    CREATE CAST (app.pair AS text) WITH INOUT;
    CREATE TEXT SEARCH CONFIGURATION app.words (copy = simple);
    CREATE TABLE app.parent (id integer PRIMARY KEY, name text COLLATE app.german, stamped integer NOT NULL DEFAULT 0) WITH (fillfactor = 70);
    CREATE TABLE app.child (id integer PRIMARY KEY, parent_id integer REFERENCES app.parent ON DELETE CASCADE, stamped integer DEFAULT 0,
      pair app.pair, span app.span, doubled integer GENERATED ALWAYS AS (app.double(id)) STORED, CHECK (app.double(id) > 0));
    CREATE TABLE app.heir (extra text) INHERITS (app.parent);
    CREATE INDEX child_double ON app.child (app.double(id)); CREATE INDEX parent_name ON app.parent (name);
    CREATE UNIQUE INDEX parent_identity ON app.parent (id, stamped);
    ALTER TABLE app.parent CLUSTER ON parent_name; ALTER TABLE app.parent REPLICA IDENTITY USING INDEX parent_identity;
    ALTER INDEX app.child_double ALTER COLUMN 1 SET STATISTICS 77;
    ALTER TABLE app.parent ALTER name SET STORAGE EXTERNAL, ALTER name SET STATISTICS 50;
    CREATE STATISTICS app.both ON id, parent_id FROM app.child;
    CREATE VIEW app.seen AS SELECT p.*, count(c.id) AS children FROM app.parent p LEFT JOIN app.child c ON c.parent_id = p.id GROUP BY p.id;
    CREATE RULE seen_insert AS ON INSERT TO app.seen DO INSTEAD INSERT INTO app.parent VALUES (NEW.id, NEW.name);
    CREATE MATERIALIZED VIEW app.counted AS SELECT count(*) AS n FROM app.child; CREATE INDEX ON app.counted (n);
    CREATE MATERIALIZED VIEW app.unfilled AS SELECT 1 AS one WITH NO DATA;
    INSERT INTO app.parent VALUES (1, 'ä'), (2, NULL); INSERT INTO app.heir VALUES (9, 'h', 0, 'x');
    INSERT INTO app.child VALUES (1, 1, 5, ROW(1, 'x'), '[1,2)'), (2, NULL, 6, NULL, NULL);
    REFRESH MATERIALIZED VIEW app.counted;
    CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON app.child FOR EACH ROW EXECUTE FUNCTION app.stamp();
    CREATE TRIGGER no_delete BEFORE DELETE ON app.child FOR EACH ROW EXECUTE FUNCTION app.no_delete();
    CREATE TRIGGER off AFTER UPDATE ON app.child EXECUTE FUNCTION app.stamp(); ALTER TABLE app.child DISABLE TRIGGER off;
    CREATE RULE keep AS ON DELETE TO app.parent DO INSTEAD NOTHING;
    ALTER TABLE app.child ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY nobody ON app.child USING (false);
    CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no ddl today'; END $$;
    CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION app.watch();
    CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'nowhere.invalid'); CREATE USER MAPPING FOR PUBLIC SERVER far;
    CREATE FOREIGN TABLE app.remote (a integer) SERVER far;
    CREATE PUBLICATION everything FOR TABLE app.parent, app.child;
    ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
    GRANT SELECT ON app.parent TO PUBLIC; GRANT UPDATE (name) ON app.parent TO PUBLIC; REVOKE EXECUTE ON FUNCTION app.double FROM PUBLIC;
    SELECT lo_from_bytea(815, '\x01');
    COMMENT ON FUNCTION app.double IS 'twice'; COMMENT ON TRIGGER stamp ON app.child IS 'counts'; COMMENT ON POLICY nobody ON app.child IS 'none';
    COMMENT ON INDEX app.parent_pkey IS 'of the key'; COMMENT ON RULE keep ON app.parent IS 'kept'; COMMENT ON STATISTICS app.both IS 'both';
    COMMENT ON EVENT TRIGGER watch IS 'watches'; COMMENT ON TYPE app.pair IS 'two'; COMMENT ON COLUMN app.pair.a IS 'one'; COMMENT ON LARGE OBJECT 815 IS 'one byte';
    """#

  @Test func `functions, triggers, rules, policies and all the rest come back`() throws {
    let source = try TemporaryPostgres.makeDatabase(Self.objects)
    let run = try RestoreRun(of: source)
    #expect(run.report.mismatches == [])
    #expect(run.report.problems == [])
    #expect(run.report.structure?.differences.map(\.line) == [])
    #expect(run.report.setAsideRowCount == 0)
    #expect(run.report.structure?.notComparedInFirst == run.report.structure?.notComparedInSecond)
    #expect(try PostgresDump.differences(from: source, to: run.target, .everything) == [])
  }

  @Test func `neither triggers nor rules nor row security keep an orphan from being set aside`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      Self.objects, "SET session_replication_role = replica; INSERT INTO app.child VALUES (3, 77, 8);")
    let run = try RestoreRun(of: source)
    #expect(run.report.mismatches == [])
    #expect(run.report.problems == [])
    #expect(run.report.setAside.map(\.rowCount) == [1])
    #expect(
      try run.restored("SELECT id, parent_id, stamped, doubled FROM plumb_quarantine.\"app.child\"")
        == "3|77|8|6\n")
    #expect(try run.restored("SELECT id, stamped FROM app.child ORDER BY id") == "1|5\n2|6\n")
    #expect(
      try PostgresDump.differences(from: source, to: run.target, .schema, excluding: "plumb_quarantine") == []
    )
  }

  @Test func `owners and grants come back with the roles that were missing`() throws {
    // A server of its own: roles belong to servers, and these must be missing where the restore begins.
    let source = try ThrowawayServer(ThrowawayServer.Options(memory: .small, usesTemplate: true))
    defer { source.stop() }
    try TemporaryPostgres.run(
      """
      CREATE ROLE boss SUPERUSER; CREATE ROLE "Owner ""1" LOGIN; CREATE ROLE owner_2; CREATE ROLE grantee; CREATE ROLE granter; CREATE ROLE by_default; CREATE ROLE in_policy;
      GRANT owner_2 TO granter; CREATE DATABASE owned OWNER owner_2;
      """, in: source.conninfo)
    let owned = source.conninfo(database: "owned")
    try TemporaryPostgres.run(
      """
      CREATE SCHEMA app AUTHORIZATION owner_2; GRANT USAGE ON SCHEMA app TO grantee; GRANT CREATE ON SCHEMA app TO "Owner ""1";
      CREATE TABLE app.t (id serial PRIMARY KEY, up integer REFERENCES app.t, name text); ALTER TABLE app.t OWNER TO "Owner ""1";
      CREATE TYPE app.mood AS ENUM ('a'); ALTER TYPE app.mood OWNER TO "Owner ""1";
      CREATE FUNCTION app.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION app.f OWNER TO owner_2;
      CREATE VIEW app.v AS SELECT 1 AS one; ALTER VIEW app.v OWNER TO owner_2;
      CREATE TABLE app.p (k integer PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE app.p_1 PARTITION OF app.p FOR VALUES IN (1);
      ALTER TABLE app.p OWNER TO owner_2; ALTER TABLE app.p_1 OWNER TO "Owner ""1";
      GRANT SELECT, INSERT ON app.t TO grantee WITH GRANT OPTION; GRANT UPDATE (name) ON app.t TO grantee;
      SET ROLE grantee; GRANT SELECT ON app.t TO granter; RESET ROLE;
      REVOKE ALL ON app.t FROM "Owner ""1"; REVOKE EXECUTE ON FUNCTION app.f FROM PUBLIC; GRANT USAGE ON TYPE app.mood TO grantee;
      ALTER DEFAULT PRIVILEGES FOR ROLE owner_2 IN SCHEMA app GRANT SELECT ON TABLES TO by_default;
      ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; CREATE POLICY "some" ON app.t TO in_policy USING (true);
      CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION app.watch(); ALTER EVENT TRIGGER watch OWNER TO boss;
      CREATE FOREIGN DATA WRAPPER far; ALTER FOREIGN DATA WRAPPER far OWNER TO boss;
      SELECT lo_create(5); ALTER LARGE OBJECT 5 OWNER TO owner_2; GRANT SELECT ON LARGE OBJECT 5 TO grantee;
      SET session_replication_role = replica;
      INSERT INTO app.t (up, name) VALUES (1, 'a'); INSERT INTO app.p VALUES (1); INSERT INTO app.t (up, name) VALUES (9, 'lost');
      """, in: owned)
    let bare = try ThrowawayServer(ThrowawayServer.Options(memory: .small, usesTemplate: true))
    defer { bare.stop() }
    let run = try RestoreRun(of: owned, on: bare)
    #expect(
      run.backup.manifest.roles == [
        "Owner \"1", "boss", "by_default", "grantee", "granter", "in_policy", "owner_2", "postgres",
      ])
    #expect(run.report.problems == [])
    #expect(run.report.mismatches == [])
    #expect(run.report.setAsideRowCount == 1)
    let before = try PostgresDump.lines(of: owned, .schema, owners: true)
    let after = try PostgresDump.lines(of: run.target, .schema, owners: true, excluding: "plumb_quarantine")
    #expect(lineDifferences(from: before, to: after) == [])
    #expect(before.contains { $0.contains("OWNER TO \"Owner \"\"1\"") })
  }
}
