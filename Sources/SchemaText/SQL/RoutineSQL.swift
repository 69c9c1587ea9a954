import SchemaModel

/// Functions and procedures as SQL.
enum RoutineSQL {
  /// The paragraphs of a routine.
  static func paragraphs(_ routine: Routine) -> [String] {
    let target = "\(kind(of: routine)) \(signature(of: routine))"
    return [create(routine)] + ExtensionSQL.dependencies(of: target, routine.extensions)
      + CommentSQL.statement(on: target, routine.comment)
      + RightsSQL.paragraph(routine.rights, on: target, isOpen: true)
  }

  /// A name with types behind it as SQL writes it: only what stands before the types is quoted.
  static func name(_ base: String, in schema: String?) -> String {
    SQLDialect.postgreSQL.name(ObjectName(schema: schema, base))
  }

  /// An argument as `CREATE` lists it.
  static func argument(_ argument: RoutineArgument, isModeTold: Bool = true) -> String {
    let mode: String? =
      switch argument.mode {
      case .in, .table: nil
      case .out: "OUT"
      case .inOut: "INOUT"
      case .variadic: "VARIADIC"
      }
    let name = argument.name.map(SQLDialect.postgreSQL.identifier)
    return [isModeTold ? mode : nil, name, argument.type].compactMap(\.self).joined(separator: " ")
  }

  /// A text between dollar quotes that it does not hold itself.
  static func dollarQuoted(_ text: String) -> String {
    var tag = "$$"
    var number = 0
    // A text that ends in a dollar sign would close its own quote too early.
    while text.contains(tag) || text.hasSuffix("$") && tag == "$$" {
      tag = "$body\(number == 0 ? "" : String(number))$"
      number += 1
    }
    return tag + text + tag
  }

  /// The statement that makes a routine, or makes one of the same arguments and result into it.
  static func create(_ routine: Routine, orReplace: Bool = false) -> String {
    let head =
      "CREATE \(orReplace ? "OR REPLACE " : "")\(kind(of: routine)) \(name(routine.baseName, in: routine.name.schema))(\(arguments(routine)))"
    var lines = [head]
    if let result = result(of: routine) { lines.append("  RETURNS \(result)") }
    lines.append("  LANGUAGE \(SQLDialect.postgreSQL.identifier(routine.language))")
    let traits = traits(of: routine)
    if !traits.isEmpty { lines.append("  " + traits.joined(separator: " ")) }
    lines += routine.settings.map { "  " + SettingSQL.clause($0) }
    return lines.joined(separator: "\n") + "\n" + body(routine.body) + ";"
  }

  static func kind(of routine: Routine) -> String {
    routine.form == .procedure ? "PROCEDURE" : "FUNCTION"
  }

  /// The name and what tells it from others of its name; a procedure's results count with it.
  static func signature(of routine: Routine) -> String {
    let types =
      routine.form == .procedure
      ? routine.arguments.map { ($0.mode == .out ? "OUT " : "IN ") + $0.type }
      : routine.arguments.filter(\.mode.isGiven).map(\.type)
    return "\(name(routine.baseName, in: routine.name.schema))(\(types.joined(separator: ", ")))"
  }

  private static func arguments(_ routine: Routine) -> String {
    let given = routine.arguments.filter(\.mode.isGiven).count
    var place = 0
    return routine.arguments.filter { $0.mode != .table }.map { argument in
      let text = self.argument(argument)
      guard argument.mode.isGiven else { return text }
      place += 1
      let position = place - 1 - (given - routine.argumentDefaults.count)
      return position < 0 || position >= routine.argumentDefaults.count
        ? text : "\(text) DEFAULT \(routine.argumentDefaults[position])"
    }.joined(separator: ", ")
  }

  private static func result(of routine: Routine) -> String? {
    let columns = routine.arguments.filter { $0.mode == .table }
    guard !columns.isEmpty else { return routine.result }
    return "TABLE(\(columns.map { argument($0) }.joined(separator: ", ")))"
  }

  private static func traits(of routine: Routine) -> [String] {
    var words: [String] = []
    if !routine.transformedTypes.isEmpty {
      words.append(
        "TRANSFORM " + routine.transformedTypes.map { "FOR TYPE \($0)" }.joined(separator: ", "))
    }
    if routine.form == .windowFunction { words.append("WINDOW") }
    if routine.volatility != .volatile { words.append(routine.volatility.rawValue.uppercased()) }
    if routine.isStrict { words.append("STRICT") }
    if routine.isSecurityDefiner { words.append("SECURITY DEFINER") }
    if routine.isLeakproof { words.append("LEAKPROOF") }
    if routine.parallelism != .unsafe {
      words.append("PARALLEL \(routine.parallelism.rawValue.uppercased())")
    }
    if routine.cost != usualCost(of: routine) { words.append("COST \(routine.cost)") }
    if !["0", "1000"].contains(routine.rows) { words.append("ROWS \(routine.rows)") }
    if let support = routine.supportFunction { words.append("SUPPORT \(support)") }
    return words
  }

  /// What `CREATE FUNCTION` takes when nothing is said; procedures have no cost but the usual.
  private static func usualCost(of routine: Routine) -> String {
    if routine.form == .procedure { return routine.cost }
    return ["c", "internal"].contains(routine.language) ? "1" : "100"
  }

  private static func body(_ body: RoutineBody) -> String {
    let dialect = SQLDialect.postgreSQL
    return switch body {
    case .text(let text): "  AS \(dollarQuoted(text))"
    case .statements(let text): text
    case .symbol(let library, let name): "  AS \(dialect.literal(library)), \(dialect.literal(name))"
    }
  }
}
