import Engines
import Foundation
import Operations
import SchemaModel
import TestSupport
import Testing

/// Rows without the row they refer to, under foreign keys that say they are valid.
///
/// `session_replication_role = replica` lets them in as a careless bulk load does.
@Suite struct RestoreOrphansTests {
  private static let shop = """
    CREATE TABLE users (id integer PRIMARY KEY, name text);
    CREATE TABLE orders (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE CASCADE, note text);
    INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob');
    INSERT INTO orders VALUES (1, 1, 'a'), (2, 2, NULL), (4, NULL, 'nobody''s');
    SET session_replication_role = replica;
    INSERT INTO orders VALUES (3, 99, 'it''s lost');
    """

  @Test func `an orphan is set aside with constraint, reason and time, and the key holds`() throws {
    let run = try RestoreRun(of: try TemporaryPostgres.makeDatabase(Self.shop))
    try run.expectWhole(setAside: 1)
    #expect(
      try run.restored(
        """
        SELECT id, user_id, note, plumb_constraint, plumb_reason, plumb_set_aside_at <= now()
        FROM plumb_quarantine.orders
        """) == "3|99|it's lost|orders_user_id_fkey|no row in public.users has this user_id|t\n")
    #expect(
      run.report.setAside == [
        SetAsideRows(
          table: ObjectName(schema: "public", "orders"), constraint: "orders_user_id_fkey",
          constraintKind: "foreign key", reason: "no row in public.users has this user_id", rowCount: 1,
          quarantine: ObjectName(schema: "plumb_quarantine", "orders"))
      ])
    #expect(try run.restored("SELECT convalidated FROM pg_constraint WHERE contype = 'f'") == "t\n")
    #expect(try run.restored("SELECT id FROM orders ORDER BY id") == "1\n2\n4\n")
  }

  @Test func `pg_restore alone loses the foreign key`() throws {
    let scratch = try Scratch()
    let backup = try RestoreRun.backup(of: try TemporaryPostgres.makeDatabase(Self.shop), into: scratch)
    let target = try RestoreRun.makeTarget(for: backup, on: try TemporaryPostgres.server())
    let program = try ServerBinaries.newest(with: [.pgRestore]).path(of: .pgRestore)
    let completion = try Subprocess(program, ["--dbname=\(target)", backup.archivePath]).run(
      accepting: 0...255)
    #expect(completion.exitCode == 1)
    #expect(completion.diagnostics.contains("violates foreign key constraint \"orders_user_id_fkey\""))
    #expect(
      try TemporaryPostgres.run("SELECT count(*) FROM pg_constraint WHERE contype = 'f'", in: target) == "0\n"
    )
  }

  @Test func `what refers to an orphan goes with it, whatever the key would do on delete`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE a (id integer PRIMARY KEY);
      CREATE TABLE b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a ON DELETE CASCADE);
      CREATE TABLE c (id integer PRIMARY KEY, b_id integer REFERENCES b ON DELETE CASCADE);
      CREATE TABLE d (id integer PRIMARY KEY, c_id integer DEFAULT 1 REFERENCES c ON DELETE SET DEFAULT);
      CREATE TABLE e (id integer PRIMARY KEY, d_id integer REFERENCES d ON DELETE SET NULL ON UPDATE CASCADE);
      INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1); INSERT INTO c VALUES (1, 1);
      INSERT INTO d VALUES (1, 1); INSERT INTO e VALUES (1, 1);
      SET session_replication_role = replica;
      INSERT INTO b VALUES (2, 9); INSERT INTO c VALUES (2, 2), (3, 2); INSERT INTO d VALUES (2, 3); INSERT INTO e VALUES (2, 2);
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 5)
    #expect(
      try run.restored(
        """
        SELECT 'b', id, a_id FROM plumb_quarantine.b UNION ALL SELECT 'c', id, b_id FROM plumb_quarantine.c
        UNION ALL SELECT 'd', id, c_id FROM plumb_quarantine.d UNION ALL SELECT 'e', id, d_id FROM plumb_quarantine.e
        ORDER BY 1, 2
        """) == "b|2|9\nc|2|2\nc|3|2\nd|2|3\ne|2|2\n")
    #expect(try run.restored("SELECT count(*) FROM a, b, c, d, e") == "1\n")
  }

  @Test func `orphans in tables that refer to each other leave the good pairs`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE egg (id integer PRIMARY KEY, hen integer);
      CREATE TABLE hen (id integer PRIMARY KEY, egg integer REFERENCES egg DEFERRABLE INITIALLY DEFERRED);
      ALTER TABLE egg ADD CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES hen DEFERRABLE INITIALLY DEFERRED;
      SET session_replication_role = replica;
      INSERT INTO egg VALUES (1, 1), (2, 2), (3, 3), (4, NULL), (5, 5);
      INSERT INTO hen VALUES (1, 1), (2, 99), (3, 2), (4, 3);
      """)
    // Hen 2 has no egg, so egg 2 has no hen, so hen 3 has no egg, so egg 3 has no hen, so hen 4 has no egg; egg 5 never had one.
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 6)
    #expect(try run.restored("SELECT id FROM egg ORDER BY id") == "1\n4\n")
    #expect(try run.restored("SELECT id FROM hen") == "1\n")
  }

  @Test func `an orphan in a tree takes its branch along`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE tree (id integer PRIMARY KEY, up integer REFERENCES tree ON DELETE CASCADE);
      INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 3);
      SET session_replication_role = replica;
      INSERT INTO tree VALUES (4, 99), (5, 4), (6, 5), (7, 6), (8, 3);
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 4)
    #expect(try run.restored("SELECT id FROM plumb_quarantine.tree ORDER BY id") == "4\n5\n6\n7\n")
    #expect(try run.restored("SELECT id FROM tree ORDER BY id") == "1\n2\n3\n8\n")
  }

  @Test func `a key given in part violates MATCH FULL and nothing else`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE parent (a integer, b text, PRIMARY KEY (a, b));
      CREATE TABLE strict (id integer PRIMARY KEY, a integer, b text, FOREIGN KEY (a, b) REFERENCES parent MATCH FULL);
      CREATE TABLE loose (id integer PRIMARY KEY, a integer, b text, FOREIGN KEY (a, b) REFERENCES parent);
      INSERT INTO parent VALUES (1, 'x');
      SET session_replication_role = replica;
      INSERT INTO strict VALUES (1, 1, 'x'), (2, NULL, NULL), (3, 1, NULL), (4, NULL, 'x'), (5, 1, 'y');
      INSERT INTO loose SELECT * FROM strict;
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 4)
    #expect(try run.restored("SELECT id FROM plumb_quarantine.strict ORDER BY id") == "3\n4\n5\n")
    #expect(try run.restored("SELECT id FROM plumb_quarantine.loose") == "5\n")
  }

  @Test func `orphans in partitions, of partitions, and of a partition's own key are found`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE currencies (code text PRIMARY KEY);
      CREATE TABLE accounts (id integer, region text, currency text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
      CREATE TABLE accounts_a PARTITION OF accounts FOR VALUES IN ('a');
      CREATE TABLE accounts_b (currency text, region text NOT NULL, id integer NOT NULL);
      ALTER TABLE accounts ATTACH PARTITION accounts_b FOR VALUES IN ('b');
      ALTER TABLE accounts_a ADD CONSTRAINT own FOREIGN KEY (currency) REFERENCES currencies;
      ALTER TABLE accounts_a ADD UNIQUE (id);
      CREATE TABLE flat (id integer PRIMARY KEY, account integer, region text,
        FOREIGN KEY (account, region) REFERENCES accounts ON DELETE CASCADE);
      CREATE TABLE entries (id integer, account integer, region text, made date,
        FOREIGN KEY (account, region) REFERENCES accounts) PARTITION BY RANGE (made);
      CREATE TABLE entries_old PARTITION OF entries FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
      CREATE TABLE entries_new PARTITION OF entries FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
      CREATE TABLE to_leaf (id integer PRIMARY KEY, account integer REFERENCES accounts_a (id));
      INSERT INTO currencies VALUES ('eur');
      INSERT INTO accounts VALUES (1, 'a', 'eur'), (2, 'b', 'eur');
      SET session_replication_role = replica;
      INSERT INTO accounts VALUES (3, 'a', 'none'), (4, 'b', 'none');
      INSERT INTO flat VALUES (1, 1, 'a'), (2, 3, 'a'), (3, 9, 'b'), (4, 4, 'b');
      INSERT INTO entries VALUES (1, 2, 'b', '2019-01-01'), (2, 3, 'a', '2019-01-01'), (3, 9, 'b', '2021-01-01'), (4, 1, 'a', '2021-01-01');
      INSERT INTO to_leaf VALUES (1, 1), (2, 3);
      """)
    // Account 3 violates the key of its partition alone; flat 2, entry 2 and leaf 2 follow it. Flat 3 and entry 3 have no account.
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 6)
    #expect(try run.restored("SELECT id, region, currency FROM plumb_quarantine.accounts_a") == "3|a|none\n")
    #expect(try run.restored("SELECT id FROM plumb_quarantine.flat ORDER BY id") == "2\n3\n")
    #expect(try run.restored("SELECT id FROM plumb_quarantine.entries ORDER BY id") == "2\n3\n")
    #expect(try run.restored("SELECT id FROM plumb_quarantine.to_leaf") == "2\n")
  }

  @Test func `a key the source holds as NOT VALID stays so, with its orphans in place`() throws {
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE TABLE parent (id integer PRIMARY KEY);
      CREATE TABLE child (id integer PRIMARY KEY, old integer, new integer REFERENCES parent);
      INSERT INTO parent VALUES (1);
      INSERT INTO child VALUES (1, 7, 1), (2, 1, 1);
      ALTER TABLE child ADD CONSTRAINT legacy FOREIGN KEY (old) REFERENCES parent NOT VALID;
      SET session_replication_role = replica;
      INSERT INTO child VALUES (3, 1, 8);
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 1)
    #expect(run.report.keptUnvalidated == ["legacy of public.child"])
    #expect(
      try run.restored("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' ORDER BY 1")
        == "child_new_fkey|t\nlegacy|f\n")
    #expect(try run.restored("SELECT id, old FROM child ORDER BY id") == "1|7\n2|1\n")
    // It is enforced for new rows all the same.
    #expect(throws: SubprocessError.self) { try run.restored("INSERT INTO child VALUES (4, 5, 1)") }
  }

  /// With indexes on both sides, orphans are found by their keys and looked up again by the values as text.
  @Test(arguments: [false, true])
  func `values that are equal by the key's own comparison are no orphans, and others are`(
    isIndexed: Bool
  ) throws {
    let columns = [
      "ci", "padded", "amount", "ratio", "moment", "word", "small", "mail", "span", "place",
      #""an ""odd' one""#,
      "numbers", "document",
    ]
    let indexes = columns.map { "CREATE INDEX ON child (\($0));" }.joined()
    let source = try TemporaryPostgres.makeDatabase(
      """
      CREATE SCHEMA ext; CREATE EXTENSION citext WITH SCHEMA ext;
      CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE DOMAIN email AS ext.citext;
      CREATE DOMAIN longer AS bigint;
      CREATE TABLE parent (ci ext.citext UNIQUE, padded character(6) UNIQUE, amount numeric UNIQUE, ratio float8 UNIQUE,
        moment timestamptz UNIQUE, word text COLLATE anycase UNIQUE, small integer UNIQUE, mail email UNIQUE,
        span interval UNIQUE, place inet UNIQUE, "Odd ""Name" text UNIQUE, numbers integer[] UNIQUE, document jsonb UNIQUE);
      CREATE TABLE child (id integer PRIMARY KEY, ci ext.citext REFERENCES parent (ci), padded character(3) REFERENCES parent (padded),
        amount integer REFERENCES parent (amount), ratio real REFERENCES parent (ratio), moment timestamptz REFERENCES parent (moment),
        word text COLLATE anycase REFERENCES parent (word), small longer REFERENCES parent (small), mail email REFERENCES parent (mail),
        span interval REFERENCES parent (span), place inet REFERENCES parent (place), "an ""odd' one" varchar REFERENCES parent ("Odd ""Name"),
        numbers integer[] REFERENCES parent (numbers), document jsonb REFERENCES parent (document));
      INSERT INTO parent VALUES ('ABC', 'ab', 1.00, -0.0, '2020-01-01 00:00+00', 'Word', 1, 'A@b', '1 month', '10.0.0.1', 'x', '{1,NULL}', '{"a": 1, "b": 2}');
      INSERT INTO child VALUES (1, 'abc', 'ab ', 1, 0.0, '2020-01-01 02:00+02', 'WORD', 1, 'a@B', '30 days', '10.0.0.1/32', 'x', '{1,NULL}', '{"b": 2, "a": 1.0}');
      INSERT INTO child (id) VALUES (2);
      \(isIndexed ? indexes : "")
      SET session_replication_role = replica;
      INSERT INTO child (id, ci) VALUES (3, 'abd');
      INSERT INTO child (id, padded) VALUES (4, 'ac'); INSERT INTO child (id, amount) VALUES (5, 2);
      INSERT INTO child (id, ratio) VALUES (6, 2.1); INSERT INTO child (id, moment) VALUES (7, '2020-01-01 00:00:00.001+00');
      INSERT INTO child (id, word) VALUES (8, 'WORT'), (9, 'Wort'); INSERT INTO child (id, small) VALUES (10, 2);
      INSERT INTO child (id, mail) VALUES (11, 'A@c'), (12, 'a@C'); INSERT INTO child (id, span) VALUES (13, '31 days'), (14, '1 month 1 day');
      INSERT INTO child (id, place) VALUES (15, '10.0.0.1/31'); INSERT INTO child (id, "an ""odd' one") VALUES (16, E'it''s\\ta {"\\\\"}');
      INSERT INTO child (id, numbers) VALUES (17, '{NULL,1}'); INSERT INTO child (id, document) VALUES (18, '{"a": 1}');
      """)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 16)
    #expect(
      try run.restored("SELECT string_agg(id::text, ' ' ORDER BY id) FROM plumb_quarantine.child")
        == (3...18).map(String.init).joined(separator: " ") + "\n")
  }

  @Test func `an orphan with generated columns, odd names and values that need escapes is kept as it was`()
    throws
  {
    let source = try TemporaryPostgres.makeDatabase(
      #"""
      CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
      CREATE SCHEMA "Odd ""S"; CREATE TABLE "Odd ""S"."p" (id integer PRIMARY KEY);
      CREATE TABLE "Odd ""S"."it's; a table" (gone text, "select" integer GENERATED ALWAYS AS IDENTITY, "Wert"" €" text,
        double integer GENERATED ALWAYS AS ("pa'rent" * 2) STORED, "pa'rent" integer REFERENCES "Odd ""S".p, m mood NOT NULL, d positive, plumb text[]);
      ALTER TABLE "Odd ""S"."it's; a table" DROP COLUMN gone;
      SET session_replication_role = replica;
      INSERT INTO "Odd ""S"."it's; a table" ("Wert"" €", "pa'rent", m, d, plumb) VALUES (E'tab\tline\nback\\slash\\N''', 5, 'b', 7, '{NULL,"a b"}');
      """#)
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 1)
    #expect(
      try run.restored(
        #"""
        SELECT q."select", q.double, q."pa'rent", q.m, q.d, q.plumb, q."Wert"" €" = E'tab\tline\nback\\slash\\N'''
        FROM plumb_quarantine."Odd ""S.it's; a table" q
        """#) == "1|10|5|b|7|{NULL,\"a b\"}|t\n")
  }
}
