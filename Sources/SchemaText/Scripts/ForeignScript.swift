import SchemaModel

/// A script that is no plain dump of a pg_dump of today, taken apart: what makes its structure, and what gives it rows.
///
/// The structure is made without rows, as a whole; then the rows are loaded, in the script's order, into tables that have no
/// keys and no triggers yet. What would come out differently so is objected to.
package struct ForeignScript {
  /// A part of what gives rows.
  package enum Part: Hashable, Sendable {
    /// Statements for psql, with the settings between them.
    case statements(Range<Int>)
    case copy(Copy)
  }

  /// A `COPY … FROM stdin` in the form that pg_dump uses, and its rows.
  package struct Copy: Hashable, Sendable {
    package var table: TableReference
    package var columns: [String]
    package var statement: Range<Int>
    package var rows: Range<Int>
    /// The encoding of the rows; `nil` when the script does not say.
    package var encoding: String?
    /// Whether it is free of anything that would make other values of the same text.
    package var isPlain: Bool
  }

  /// A table as a statement names it, and where its name was looked for.
  package struct TableReference: Hashable, Sendable {
    package var name: ScriptName
    package var searchPath: [String]
  }

  /// What makes the structure.
  package private(set) var structure: [Range<Int>] = []
  /// What gives rows, in order.
  package private(set) var rows: [Part] = []
  /// All of it but what would leave the database: for psql to run as it stands.
  package private(set) var whole: [Range<Int>] = []
  /// Why it can only be run as it stands; `nil` when it could be taken apart.
  package private(set) var objection: ScriptObjection?
  /// Tables that are given rows, and by how many statements.
  package private(set) var filled: [TableReference: Int] = [:]

  /// Whether it has made anything yet.
  private var isBegun = false
  private var continuesStructure = false
  private var continuesRows = false
  private var continuesWhole = false
  private var searchPath = ForeignScript.defaultSearchPath
  private var encoding: String?
  /// Settings that could give the text of a row another meaning.
  private var hasOddSettings = false
  /// A `COPY` whose rows are still to come.
  private var pendingCopy: Copy?
  var history = ScriptHistory()

  private static let defaultSearchPath = ["public"]

  package init() {}

  /// Takes the next statement, command or rows.
  ///
  /// - Throws: what psql could not help with either.
  package mutating func take(_ statement: ScriptStatement) throws(ScriptObjection) {
    do throws(ScriptObjection) {
      switch statement.form {
      case .command: try takeCommand(statement)
      case .rows: takeRows(statement)
      case .statement: try takeStatement(statement)
      }
    } catch {
      guard error.isAboutOrder else { throw error }
      objection = objection ?? error
      isBegun = true
      put(statement.range, into: .nowhere)
    }
    let isWanted = !statement.leavesDatabase && !isUnknownSetting(statement)
    if isWanted, continuesWhole, let last = whole.last {
      whole[whole.count - 1] = last.lowerBound..<statement.range.upperBound
    } else if isWanted {
      whole.append(statement.range)
    }
    continuesWhole = isWanted
  }

  private func isUnknownSetting(_ statement: ScriptStatement) -> Bool {
    guard statement.form == .statement, statement.tokens.first == .word("set") else { return false }
    return statement.tokens.prefix(3).contains { token in
      if case .word(let word) = token { return Self.unknownSettings.contains(word) }
      return false
    }
  }

  // MARK: - Where it goes

  enum Destination { case structure, rows, both, nowhere }

  private mutating func put(_ range: Range<Int>, into destination: Destination) {
    let toStructure = destination == .structure || destination == .both
    let toRows = destination == .rows || destination == .both
    if toStructure {
      if continuesStructure, let last = structure.last {
        structure[structure.count - 1] = last.lowerBound..<range.upperBound
      } else {
        structure.append(range)
      }
    }
    if toRows {
      if continuesRows, case .statements(let last)? = rows.last {
        rows[rows.count - 1] = .statements(last.lowerBound..<range.upperBound)
      } else {
        rows.append(.statements(range))
      }
    }
    (continuesStructure, continuesRows) = (toStructure, toRows)
  }

  private mutating func takeRows(_ statement: ScriptStatement) {
    guard var copy = pendingCopy else { return put(statement.range, into: .rows) }
    pendingCopy = nil
    copy.rows = statement.range
    copy.isPlain = copy.isPlain && !statement.hasCarriageReturns
    rows.append(.copy(copy))
    (continuesStructure, continuesRows) = (false, false)
  }

  /// A command of psql's own.
  private mutating func takeCommand(_ statement: ScriptStatement) throws(ScriptObjection) {
    guard case .word(let command)? = statement.tokens.first else { return }
    let arguments = statement.tokens.dropFirst().compactMap { token -> String? in
      if case .word(let word) = token { return word }
      return nil
    }
    switch command {
    case "\\connect", "\\c":
      guard !isBegun else {
        throw ScriptObjection(
          line: statement.line, "it holds several databases: it goes on in another one",
          hint: "Name the dump of one database: pg_dump writes it, pg_dumpall writes them all.")
      }
      (searchPath, encoding, hasOddSettings) = (Self.defaultSearchPath, nil, false)
    case "\\encoding":
      encoding = arguments.first
      return put(statement.range, into: .both)
    case "\\restrict", "\\unrestrict", "\\echo", "\\qecho", "\\timing", "\\pset", "\\x", "\\t", "\\a", "\\.":
      break
    case "\\set" where ["ON_ERROR_STOP", "QUIET", "ECHO", "VERBOSITY"].contains(arguments.first ?? ""): break
    case "\\":
      throw ScriptObjection(
        line: statement.line, "psql's command \(arguments.first ?? "") stands within a statement")
    case _: throw ScriptObjection(line: statement.line, "psql's command \(command) is not understood")
    }
    put(statement.range, into: .nowhere)
  }

  private mutating func takeStatement(_ statement: ScriptStatement) throws(ScriptObjection) {
    let tokens = StatementTokens(statement.tokens)
    switch tokens.word {
    case "set", "reset": put(statement.range, into: try takeSetting(statement))
    case "insert": try takeInsert(statement)
    case "copy": try takeCopy(statement)
    case "select", "values", "table", "show", "explain":
      put(statement.range, into: try takeQuery(statement))
    case let word?:
      let destination = try history.destination(of: statement, beginning: word)
      if destination != .nowhere { isBegun = true }
      put(statement.range, into: destination)
    case nil:
      throw ScriptObjection(line: statement.line, "a statement is not understood", hint: Self.checkDialect)
    }
  }

  static let checkDialect = "Check that it is a script for PostgreSQL: psql -f must take it."

  // MARK: - Settings

  /// Settings that give no text of a row another meaning.
  private static let harmlessSettings: Set<String> = [
    "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "client_encoding",
    "standard_conforming_strings", "check_function_bodies", "xmloption", "client_min_messages",
    "row_security",
    "search_path", "default_tablespace", "default_table_access_method", "escape_string_warning",
    "session_replication_role", "names", "synchronous_commit", "maintenance_work_mem", "work_mem",
  ]

  /// Settings that servers of today, or older ones, do not know.
  private static let unknownSettings: Set<String> = ["default_with_oids", "transaction_timeout"]

  private mutating func takeSetting(_ statement: ScriptStatement) throws(ScriptObjection) -> Destination {
    var tokens = StatementTokens(statement.tokens)
    tokens.skip()
    guard !tokens.take("local") else {
      throw .order(line: statement.line, "SET LOCAL depends on the script's own transactions")
    }
    if tokens.take("session", "authorization") || tokens.take("role") { return .structure }
    if tokens.take("constraints") || tokens.take("transaction") || tokens.take("session", "characteristics") {
      return .nowhere
    }
    _ = tokens.take("session")
    let setting = tokens.word ?? ""
    if Self.unknownSettings.contains(setting) { return .nowhere }
    tokens.skip()
    if !tokens.take("to") { _ = tokens.takeSymbol("=") }
    if setting == "search_path" || setting == "all" {
      searchPath = statement.tokens.first == .word("reset") ? Self.defaultSearchPath : Self.path(tokens)
    }
    if setting == "client_encoding" || setting == "names" { encoding = Self.value(tokens) }
    if setting == "session_replication_role" { history.areTriggersOff = Self.value(tokens) == "replica" }
    if !Self.harmlessSettings.contains(setting) { hasOddSettings = true }
    return .both
  }

  /// The schemas that a list names; a new database has none that is called like its user.
  private static func path(_ tokens: StatementTokens) -> [String] {
    var (tokens, path) = (tokens, [String]())
    while let token = tokens.next {
      tokens.skip()
      switch token {
      case .word("default"): return defaultSearchPath
      case .word(let name), .name(let name), .literal(let name): path.append(name)
      case .symbol: break
      }
    }
    return path.filter { $0 != "$user" && !$0.isEmpty }
  }

  private static func value(_ tokens: StatementTokens) -> String? {
    switch tokens.next {
    case .word(let value)?, .literal(let value)?, .name(let value)?: value
    case .symbol?, nil: nil
    }
  }

  /// A query: most only set something, or show something.
  private mutating func takeQuery(_ statement: ScriptStatement) throws(ScriptObjection) -> Destination {
    guard !statement.isAbridged, !statement.tokens.contains(.word("into")) else {
      throw .order(line: statement.line, "a query makes a table")
    }
    let calls = zip(statement.tokens, statement.tokens.dropFirst()).compactMap { token, next -> String? in
      guard next == .symbol("(") else { return nil }
      switch token {
      case .word(let name), .name(let name): return name
      case .literal, .symbol: return nil
      }
    }.filter { !Self.plainFunctions.contains($0) }
    if let unknown = calls.first(where: { !Self.rowFunctions.contains($0) && $0 != "set_config" }) {
      throw .order(
        line: statement.line, "a query calls the function \(unknown), and nobody knows what that changes")
    }
    if calls.contains("set_config") {
      let literals = statement.tokens.compactMap { token -> String? in
        if case .literal(let text) = token { return text }
        return nil
      }
      guard literals.first == "search_path", literals.count > 1 else {
        hasOddSettings = true
        return .both
      }
      searchPath = literals[1].split(separator: ",").map {
        String($0.drop(while: \.isWhitespace).filter { $0 != "\"" })
      }.filter { $0 != "$user" }
      return .both
    }
    return calls.isEmpty ? .nowhere : .rows
  }

  /// Functions that change nothing.
  private static let plainFunctions: Set<String> = [
    "select", "from", "in", "and", "or", "not", "values", "where", "max", "min", "count", "sum", "coalesce",
    "greatest", "least", "cast", "pg_get_serial_sequence", "now", "version", "nullif", "as", "exists", "on",
    "currval", "current_database", "format", "concat", "quote_ident", "case", "when", "then", "else", "join",
  ]

  /// Functions that set sequences, and those that make large objects.
  private static let rowFunctions: Set<String> = [
    "setval", "nextval", "lo_create", "lo_creat", "lo_open", "lowrite", "lo_close", "lo_put", "lo_from_bytea",
    "lo_unlink",
  ]

  // MARK: - Rows

  private mutating func takeInsert(_ statement: ScriptStatement) throws(ScriptObjection) {
    var tokens = StatementTokens(statement.tokens)
    guard tokens.take("insert", "into"), let name = tokens.name() else {
      throw ScriptObjection(line: statement.line, "INSERT is not understood", hint: Self.checkDialect)
    }
    if tokens.take("as") { tokens.skip() }
    let columns = tokens.names()
    if let place = statement.tokens.firstIndex(of: .word("conflict")), place > 0,
      statement.tokens[place - 1] == .word("on"),
      statement.tokens[(place + 1)...].first != .word("do") || statement.tokens.contains(.word("update"))
    {
      throw .order(
        line: statement.line, "ON CONFLICT needs a key, and rows are loaded before there are keys")
    }
    try history.fill(name, columns: columns, line: statement.line)
    filled[TableReference(name: name, searchPath: searchPath), default: 0] += 1
    isBegun = true
    put(statement.range, into: .rows)
  }

  private mutating func takeCopy(_ statement: ScriptStatement) throws(ScriptObjection) {
    var tokens = StatementTokens(statement.tokens)
    tokens.skip()
    _ = tokens.take("binary")
    guard let name = tokens.name() else {
      throw ScriptObjection(line: statement.line, "COPY does not load rows that stand in the script")
    }
    let columns = tokens.names()
    guard tokens.take("from", "stdin") else {
      throw ScriptObjection(line: statement.line, "COPY does not load rows that stand in the script")
    }
    try history.fill(name, columns: columns, line: statement.line)
    let table = TableReference(name: name, searchPath: searchPath)
    filled[table, default: 0] += 1
    isBegun = true
    guard let columns, tokens.isAtEnd else { return put(statement.range, into: .rows) }
    pendingCopy = Copy(
      table: table, columns: columns, statement: statement.range, rows: 0..<0, encoding: encoding,
      isPlain: !hasOddSettings)
    (continuesStructure, continuesRows) = (false, false)
  }
}
