import SchemaModel

extension PostgresCatalog {
  /// Functions, procedures and window functions, except those that a type brings along.
  func routines() throws(EngineError) -> [Routine] {
    let result = try queryWithoutKeepingLocks(
      """
      SELECT p.oid, \(Self.routineColumns), p.prokind, l.lanname, p.prosrc, p.probin,
        CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END,
        p.provolatile, p.proisstrict, p.proleakproof, p.prosecdef,
        \(Self.joined("p.proconfig")), cardinality(p.proconfig),
        p.procost, p.prorows, \(Self.functionName("p.prosupport")),
        \(Self.joined("ARRAY(SELECT format_type(unnest(p.protrftypes), NULL))")), cardinality(p.protrftypes),
        CASE WHEN p.prokind <> 'p' THEN
          CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || format_type(p.prorettype, NULL) END,
        CASE WHEN p.pronargdefaults > 0 THEN \(Self.joined("""
          ARRAY(SELECT pg_get_function_arg_default(p.oid, place::integer)
            FROM generate_series(1, cardinality(coalesce(p.proallargtypes, p.proargtypes::oid[]))) place ORDER BY place)
          """)) END
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      JOIN pg_language l ON l.oid = p.prolang
      \(Self.joinComment(catalog: "pg_proc", oid: "p.oid"))
      WHERE p.prokind <> 'a' AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_proc", oid: "p.oid"))
        AND \(Self.isMadeByItself(catalog: "pg_proc", oid: "p.oid"))
      """)
    return result.rows.map { row in
      let arguments = Self.arguments(row)
      var routine = Routine(named: Self.routineName(row, arguments))
      routine.arguments = arguments
      routine.parallelism = Self.parallelism(row)
      routine.extensions = dependents.take("pg_proc", row.number(0))
      routine.comment = row.comment(7)
      routine.rights = row.rights(8)
      routine.form = Self.form(row.text(10))
      routine.language = row.text(11)
      routine.body = Self.body(row)
      routine.volatility = Self.volatility(row.text(15))
      routine.isStrict = row.flag(16)
      routine.isLeakproof = row.flag(17)
      routine.isSecurityDefiner = row.flag(18)
      routine.settings = row.number(20) == 0 ? [] : row.list(19)
      routine.cost = row.text(21)
      routine.rows = row.text(22)
      routine.supportFunction = row.optional(23)
      routine.transformedTypes = row.number(25) == 0 ? [] : row.list(24)
      routine.result = row.optional(26)
      routine.argumentDefaults = row.list(27).map(SettledText.of)
      addresses.note("pg_proc", row.number(0), as: ObjectReference(kind: routine.kind, routine.name))
      return routine
    }.sorted { $0.name < $1.name }
  }

  /// Columns 1 to 9 of a query over `pg_proc p`: schema, name, types, modes and names of all arguments,
  /// parallelism, comment, owner, privileges.
  static let routineColumns = """
    n.nspname, p.proname,
        \(joined("""
          ARRAY(SELECT format_type(argument.type, NULL)
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY argument(type, place)
            ORDER BY argument.place)
          """)), array_to_string(p.proargmodes, ''), \(joined("p.proargnames")),
        p.proparallel, comment.description,
        \(owner("p.proowner")), \(privileges("p.proacl", kind: "'f'", owner: "p.proowner"))
    """

  /// The arguments that ``routineColumns`` tell of.
  static func arguments(_ row: PostgresResult.Row) -> [RoutineArgument] {
    guard !row.text(3).isEmpty else { return [] }
    let modes = Array(row.text(4))
    let names = row.list(5)
    return row.list(3).enumerated().map { place, type in
      let name = place < names.count && !names[place].isEmpty ? names[place] : nil
      return RoutineArgument(type, mode: place < modes.count ? mode(modes[place]) : .in, name: name)
    }
  }

  /// The name with the types of what is given.
  private static func routineName(_ row: PostgresResult.Row, _ arguments: [RoutineArgument]) -> ObjectName {
    let types = arguments.filter(\.mode.isGiven).map(\.type).joined(separator: ", ")
    return ObjectName(schema: row.text(1), "\(row.text(2))(\(types))")
  }

  /// From `pg_proc.proparallel`.
  static func parallelism(_ row: PostgresResult.Row) -> Parallelism {
    switch row.text(6) {
    case "s": .safe
    case "r": .restricted
    default: .unsafe
    }
  }

  /// An expression: the qualified name of the function at `oid`, whose arguments are known from the place it
  /// stands in; NULL for 0.
  static func functionName(_ oid: String) -> String {
    """
    (SELECT format('%I.%I', used_schema.nspname, used.proname) FROM pg_proc used
      JOIN pg_namespace used_schema ON used_schema.oid = used.pronamespace WHERE used.oid = \(oid))
    """
  }

  private static func mode(_ letter: Character) -> RoutineArgument.Mode {
    switch letter {
    case "o": .out
    case "b": .inOut
    case "v": .variadic
    case "t": .table
    default: .in
    }
  }

  private static func form(_ letter: String) -> Routine.Form {
    switch letter {
    case "p": .procedure
    case "w": .windowFunction
    default: .function
    }
  }

  private static func volatility(_ letter: String) -> Routine.Volatility {
    switch letter {
    case "i": .immutable
    case "s": .stable
    default: .volatile
    }
  }

  private static func body(_ row: PostgresResult.Row) -> RoutineBody {
    if let statements = row.expression(14) { return .statements(statements) }
    if let library = row.optional(13) { return .symbol(library: library, name: row.text(12)) }
    return .text(row.text(12))
  }
}
