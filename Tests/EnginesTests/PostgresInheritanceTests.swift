import Engines
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// Inheritance as pg_dump itself does not bring it back: from a database into text, and the same again.
@Suite struct PostgresInheritanceTests {
  private static let lateColumns = """
    -- Columns that the parent got when its children were there already.
    CREATE TABLE public.p (a integer, b text);
    CREATE TABLE public.c1 (own integer) INHERITS (public.p);
    ALTER TABLE public.p ADD COLUMN x text DEFAULT 'q' NOT NULL;
    CREATE TABLE public.c2 (own integer CHECK (own > 0)) INHERITS (public.p);
    ALTER TABLE public.p ADD COLUMN y integer GENERATED ALWAYS AS (a + 1) STORED;
    ALTER TABLE public.c1 ADD COLUMN later text UNIQUE;
    CREATE TABLE public.g (deep integer) INHERITS (public.c1);
    ALTER TABLE public.p ADD COLUMN w integer;
    ALTER TABLE public.p ADD CONSTRAINT p_x CHECK (x <> '');
    ALTER TABLE public.p ADD PRIMARY KEY (x);
    ALTER TABLE public.c1 ALTER x SET DEFAULT 'c1', ALTER x SET STATISTICS 12;
    ALTER TABLE public.c2 ALTER x DROP DEFAULT;
    COMMENT ON COLUMN public.g.w IS 'inherited twice over';
    COMMENT ON CONSTRAINT p_x ON public.c1 IS 'inherited';
    GRANT SELECT (y) ON public.c2 TO reader;
    -- Stored otherwise than the parent since the child was there.
    CREATE TABLE public.s (a text, b text);
    CREATE TABLE public.s1 () INHERITS (public.s);
    ALTER TABLE ONLY public.s ALTER a SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz;
    """

  private static let contradictingParents = """
    -- Two parents that contradict each other.
    CREATE TABLE public.d1 (a integer, b integer);
    CREATE TABLE public.d2 (a integer, b integer DEFAULT 7);
    CREATE TABLE public.d () INHERITS (public.d1, public.d2);
    CREATE TABLE public.e () INHERITS (public.d1, public.d2);
    ALTER TABLE ONLY public.d1 ALTER a SET DEFAULT 1;
    ALTER TABLE ONLY public.d2 ALTER a SET DEFAULT 2;
    ALTER TABLE public.d ALTER a SET DEFAULT 3, ALTER b DROP DEFAULT;
    """

  @Test(arguments: [lateColumns, contradictingParents])
  func `a database built from its own text is the same database`(_ script: String) throws {
    let source = try TemporaryPostgres.makeDatabase(script)
    let schema = try PostgresFacts.schema(of: source)
    let text = SchemaSQL.text(of: schema)
    let copy = try TemporaryPostgres.makeDatabase(text)
    var rebuilt = try PostgresFacts.schema(of: copy)
    rebuilt.precedences = schema.precedences
    #expect(lineDifferences(from: PostgresFacts.lines(schema), to: PostgresFacts.lines(rebuilt)) == [])
    #expect(Fingerprint(of: rebuilt) == Fingerprint(of: schema))
    let dumps = try [source, copy].map { try PostgresDump.lines(of: $0, .schema) }
    #expect(lineDifferences(from: dumps[0], to: dumps[1]) == [])
  }
}
