import SchemaModel
import Testing

@testable import SchemaText

@Suite struct TableReadersTests {
  private static func routine(
    _ name: String, _ text: String, language: String = "plpgsql"
  ) -> Routine {
    var routine = Routine(named: ObjectName(schema: "public", name))
    (routine.body, routine.language) = (.text(text), language)
    return routine
  }

  private static func check(_ expression: String) -> CheckConstraint {
    var check = CheckConstraint(named: "sound")
    check.expression = expression
    return check
  }

  private static func reach(_ expression: String, _ routines: Routine...) -> TableReaders.Reach {
    var table = Table(named: ObjectName(schema: "public", "orders"))
    table.checks = [check(expression)]
    var schema = Schema(engine: .postgreSQL, serverVersion: "15")
    schema.tables = [table, Table(named: ObjectName(schema: "public", "Limits"))]
    schema.routines = routines
    var sign = OperatorSymbol(named: ObjectName(schema: "public", "<~(integer, integer)"))
    sign.function = "public.fits"
    schema.operators = [sign]
    var domain = DomainType(named: ObjectName(schema: "public", "fitting"))
    domain.checks = [check("public.fits(VALUE)")]
    schema.domains = [domain]
    return TableReaders(of: schema).reach(ofChecksOf: table)
  }

  @Test(arguments: [
    "public.fits(n)", "(public.widely(n) IS TRUE)", "(n OPERATOR(public.<~) m)", "(n)::public.fitting > 0",
  ])
  func `what reads a table is found, also behind another routine, an operator or a domain`(_ check: String) {
    let reach = Self.reach(
      check, Self.routine("fits(integer)", "BEGIN RETURN $1 <= (SELECT max(top) FROM \"Limits\"); END"),
      Self.routine("widely(integer)", "SELECT FITS($1 * 2)", language: "sql"))
    #expect(reach == .otherTables)
  }

  @Test(arguments: [
    ("BEGIN EXECUTE 'SELECT 1' INTO STRICT it; RETURN it; END", "plpgsql"), ("return True", "plpython3u"),
  ])
  func `text that is made when it runs, and languages that are not read, may do anything`(
    _ body: String, _ language: String
  ) {
    #expect(
      Self.reach("public.fits(n)", Self.routine("fits(integer)", body, language: language)) == .otherTables)
  }

  @Test func `what reads its own table alone is told from what reads others`() {
    let few = Self.routine("few()", "SELECT count(*) < 5 FROM ORDERS", language: "sql")
    let top = Self.routine("top()", "SELECT max(top) FROM \"Limits\"", language: "sql")
    #expect(Self.reach("public.few()", few, top) == .ownTable)
    #expect(Self.reach("(public.few() AND (n < public.top()))", few, top) == .otherTables)
  }

  @Test func `what goes by its arguments alone goes by the row`() {
    let fits = Self.routine(
      "fits(integer)", "SELECT $1 > 0 AND extract(year FROM now()) > 2000", language: "sql")
    let reads = Self.routine("reads()", "SELECT count(*) FROM orders", language: "sql")
    #expect(Self.reach("public.fits(n)", fits, reads) == .row)
    #expect(Self.reach("(n > 0)", fits, reads) == .row)
  }
}
