/// What a script has done so far, as far as it matters for what may follow.
struct ScriptHistory {
  var areTriggersOff = false
  /// Tables that were given rows, by their names alone, and the columns that every statement named; `nil` when one named none.
  private var filled: [String: Set<String>?] = [:]
  /// Names of whatever was made.
  private var made: Set<String> = []
  /// Tables on which a trigger or a rule acts when a row is inserted.
  private var triggered: Set<String> = []
  /// Tables whose triggers are switched off.
  private var silenced: Set<String> = []

  // MARK: - Rows

  /// Notes that a table is given rows.
  mutating func fill(_ table: ScriptName, columns: [String]?, line: Int) throws(ScriptObjection) {
    guard areTriggersOff || silenced.contains(table.name) || !triggered.contains(table.name) else {
      throw .order(
        line: line,
        "\(table.name) has a trigger or a rule when it is given rows, and rows are loaded before those")
    }
    guard let columns else {
      filled[table.name] = .some(nil)
      return
    }
    switch filled[table.name] {
    case .some(.some(let known)): filled[table.name] = known.intersection(columns)
    case .some(.none): break
    case .none: filled[table.name] = Set(columns)
    }
  }

  // MARK: - Structure

  /// Where a statement belongs that neither gives rows nor sets anything.
  mutating func destination(
    of statement: ScriptStatement, beginning word: String
  ) throws(ScriptObjection) -> ForeignScript.Destination {
    if ["create", "alter", "drop"].contains(word), statement.tokens.dropFirst().first == .word("database") {
      return .nowhere
    }
    switch word {
    case "begin", "start", "commit", "end", "savepoint", "release": return .nowhere
    case "vacuum", "analyze", "analyse", "reindex", "lock", "checkpoint", "listen", "notify", "unlisten",
      "discard":
      return .nowhere
    case "create": return try create(statement)
    case "alter": return try alter(statement)
    case "drop": return try drop(statement)
    case "comment", "grant", "revoke", "security":
      if statement.leavesDatabase { return .nowhere }
      return statement.isAboutLargeObject ? .rows : .structure
    case "refresh", "cluster", "import", "reassign": return .structure
    case "truncate" where filled.isEmpty: return .nowhere
    case "update", "delete", "truncate", "merge", "with":
      throw .order(line: statement.line, "\(word.uppercased()) changes rows after they were written")
    case "do", "call", "execute", "prepare":
      throw .order(
        line: statement.line, "\(word.uppercased()) runs a program, and nobody knows what that changes")
    case "rollback", "abort":
      throw .order(line: statement.line, "\(word.uppercased()) takes back what was done")
    case "go", "use", "unlock", "replace", "pragma", "exec", "delimiter":
      throw ScriptObjection(
        line: statement.line, "\(word.uppercased()) is no statement of PostgreSQL's",
        hint: "Restore it with the database it was made for, and move it to PostgreSQL with pgloader.")
    case _:
      throw ScriptObjection(
        line: statement.line, "\(word.uppercased().prefix(40)) is no statement that is understood",
        hint: ForeignScript.checkDialect)
    }
  }

  private static let modifiers: Set<String> = [
    "or", "replace", "global", "local", "temp", "temporary", "unlogged", "unique", "materialized",
    "recursive",
    "foreign", "constraint", "concurrently", "trusted", "procedural", "event",
  ]

  private mutating func create(
    _ statement: ScriptStatement
  ) throws(ScriptObjection) -> ForeignScript.Destination {
    var tokens = StatementTokens(statement.tokens)
    tokens.skip()
    tokens.skipAny(Self.modifiers)
    let kind = tokens.word ?? ""
    tokens.skip()
    tokens.skipAny(["concurrently"])
    _ = tokens.take("if", "not", "exists")
    switch kind {
    case "table":
      let words = Set(statement.tokens.prefix(4))
      guard words.isDisjoint(with: [.word("temp"), .word("temporary")]) else {
        throw .order(
          line: statement.line, "it makes a temporary table, and rows are loaded in another session")
      }
      guard !statement.makesTableOfQuery else {
        throw .order(line: statement.line, "CREATE TABLE AS makes rows of a query")
      }
    case "trigger" where !statement.tokens.prefix(2).contains(.word("event")):
      if statement.actsOnInsert, let table = statement.name(behind: "on") { triggered.insert(table.name) }
    case "rule":
      if statement.actsOnInsert, let table = statement.name(behind: "to") { triggered.insert(table.name) }
    case _: break
    }
    if let name = tokens.name() { made.insert(name.name) }
    return .structure
  }

  private mutating func drop(
    _ statement: ScriptStatement
  ) throws(ScriptObjection) -> ForeignScript.Destination {
    var tokens = StatementTokens(statement.tokens)
    tokens.skip()
    guard !filled.isEmpty else { return .structure }
    tokens.skipAny(["materialized", "foreign", "event"])
    let kind = tokens.word ?? ""
    tokens.skip()
    tokens.skipAny(["concurrently"])
    if ["index", "trigger", "rule", "policy", "view", "function", "procedure", "aggregate"].contains(kind) {
      return .structure
    }
    let isCareful = tokens.take("if", "exists")
    while let name = tokens.name() {
      guard isCareful, !made.contains(name.name) else {
        throw .order(
          line: statement.line, "DROP takes away \(name.name) after tables were given rows")
      }
      guard tokens.takeSymbol(",") else { break }
    }
    return .structure
  }

  private mutating func alter(
    _ statement: ScriptStatement
  ) throws(ScriptObjection) -> ForeignScript.Destination {
    var tokens = StatementTokens(statement.tokens)
    tokens.skip()
    if tokens.take("large", "object") { return .rows }
    if tokens.take("sequence") {
      guard statement.tokens.contains(.word("restart")) else { return .structure }
      return .both
    }
    tokens.skipAny(["foreign"])
    guard tokens.take("table") else { return .structure }
    _ = tokens.take("if", "exists")
    _ = tokens.take("only")
    guard let table = tokens.name() else { return .structure }
    _ = tokens.takeSymbol("*")
    let actions = statement.actions(from: tokens.position)
    noteTriggers(actions, of: table)
    if let columns = filled[table.name] {
      for action in actions where !isHarmless(action, filling: columns) {
        throw .order(
          line: statement.line, "ALTER TABLE changes \(table.name) after it was given rows")
      }
    }
    return statement.tokens.contains(.word("restart")) ? .both : .structure
  }

  private mutating func noteTriggers(_ actions: [[ScriptStatement.Token]], of table: ScriptName) {
    for action in actions where action.contains(.word("trigger")) {
      let isAll = action.last == .word("all") || action.last == .word("user")
      if action.first == .word("disable"), isAll { silenced.insert(table.name) }
      if action.first == .word("enable") { silenced.remove(table.name) }
    }
  }

  /// Whether an action changes no row that is there, nor what a row inserted later would become.
  private func isHarmless(_ action: [ScriptStatement.Token], filling columns: Set<String>?) -> Bool {
    var tokens = StatementTokens(action)
    if tokens.take("add") {
      // Without a word for a constraint it adds a column.
      return tokens.take("constraint") || tokens.take("primary", "key") || tokens.take("unique")
        || tokens.take("foreign", "key") || tokens.take("check") || tokens.take("exclude")
    }
    if tokens.take("alter") {
      if tokens.take("constraint") { return true }
      _ = tokens.take("column")
      guard let column = tokens.name() else { return false }
      if tokens.take("set", "default") || tokens.take("drop", "default") || tokens.take("add", "generated") {
        // It matters for rows that leave the column out.
        return columns?.contains(column.name) == true
      }
      if tokens.take("restart") || tokens.take("drop", "not", "null") { return true }
      guard tokens.take("set") else { return false }
      return tokens.takeSymbol("(")
        || ["not", "statistics", "storage", "generated", "compression"].contains(tokens.word ?? "")
    }
    if tokens.take("set") {
      return tokens.takeSymbol("(") || ["logged", "tablespace", "without"].contains(tokens.word ?? "")
    }
    let first = tokens.word ?? ""
    return [
      "owner", "enable", "disable", "cluster", "replica", "validate", "inherit", "attach", "reset", "force",
      "no",
    ].contains(first)
  }
}

extension ScriptStatement {
  fileprivate var isAboutLargeObject: Bool {
    zip(tokens, tokens.dropFirst()).contains { $0 == .word("large") && $1 == .word("object") }
  }

  /// Whether a trigger or rule acts on INSERT.
  fileprivate var actsOnInsert: Bool {
    let head = tokens.prefix { $0 != .word("execute") && $0 != .word("do") }
    return head.contains(.word("insert"))
  }

  /// The name behind the last such word that a name can follow.
  fileprivate func name(behind word: String) -> ScriptName? {
    let head = Array(tokens.prefix { $0 != .word("execute") && $0 != .word("do") && $0 != .word("for") })
    guard let place = head.lastIndex(of: .word(word)) else { return nil }
    var tokens = StatementTokens(Array(head[(place + 1)...]))
    return tokens.name()
  }

  /// `CREATE TABLE … AS` a query: no other table has the word outside parentheses.
  fileprivate var makesTableOfQuery: Bool {
    var depth = 0
    let isEmpty = tokens.suffix(3).elementsEqual([.word("with"), .word("no"), .word("data")])
    for token in tokens {
      if token == .symbol("(") { depth += 1 }
      if token == .symbol(")") { depth -= 1 }
      if depth == 0, token == .word("as") { return !isEmpty }
    }
    return false
  }

  /// The actions of an `ALTER TABLE`, divided at commas outside parentheses.
  fileprivate func actions(from position: Int) -> [[Token]] {
    var actions: [[Token]] = [[]]
    var depth = 0
    for token in tokens.dropFirst(position) {
      if token == .symbol("(") { depth += 1 }
      if token == .symbol(")") { depth -= 1 }
      if depth == 0, token == .symbol(",") {
        actions.append([])
      } else {
        actions[actions.count - 1].append(token)
      }
    }
    return actions
  }
}
