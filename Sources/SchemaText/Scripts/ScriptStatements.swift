/// Divides a text for psql into its statements where psql does: not at semicolons in texts, comments, parentheses and
/// the bodies of functions.
///
/// It is fed line by line, so that a text of any size can be read.
package struct ScriptStatements {
  /// What the next byte is part of.
  private enum State {
    case text
    case literal(hasEscapes: Bool)
    case name
    /// `$tag$ … $tag$`, with the tag.
    case dollars([UInt8])
    case comment(depth: Int)
    /// Rows; where they began, and in which line.
    case rows(start: Int, line: Int)
  }

  private var state = State.text
  private var tokens: [ScriptStatement.Token] = []
  private var isAbridged = false
  /// Where the statement began that is being read.
  private var start: (position: Int, line: Int)?
  private var depth = 0
  private var closedGroupCount = 0
  /// Of `BEGIN ATOMIC … END` in the body of a function.
  private var bodyDepth = 0
  private var line = 0
  /// The beginning of a literal or a name that is being read.
  private var quoted: [UInt8] = []
  /// Whether a backslash in a plain literal is an escape: `standard_conforming_strings` is off.
  private var hasEscapesEverywhere = false

  private static let mostTokens = 8192
  private static let mostQuotedBytes = 400

  package init() {}

  /// Whether rows are being passed over: then only a line `\.` matters.
  package var isInRows: Bool {
    if case .rows = state { return true }
    return false
  }

  /// The line in which something begins that has no end yet; `nil` when nothing does.
  package var openLine: Int? {
    if case .rows(_, let line) = state { return line }
    if let start { return start.line }
    if case .comment = state { return line }
    return nil
  }

  /// Takes the next line, without its line feed, and returns what ends in it.
  ///
  /// - Parameters:
  ///   - position: where the line begins, in bytes.
  ///   - end: where the next one begins.
  package mutating func add(
    _ bytes: UnsafeRawBufferPointer, at position: Int, end: Int
  ) -> [ScriptStatement] {
    line += 1
    if case .rows(let first, let firstLine) = state {
      let hasReturn = bytes.last == UInt8(ascii: "\r")
      guard bytes.dropLast(hasReturn ? 1 : 0).elementsEqual("\\.".utf8) else { return [] }
      state = .text
      return [
        ScriptStatement(
          form: .rows, range: first..<end, line: firstLine, tokens: [], hasCarriageReturns: hasReturn)
      ]
    }
    var done: [ScriptStatement] = []
    var place = position == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while place < bytes.count { step(bytes, &place, position, &done) }
    if let last = done.last, last.form == .statement, last.readsRows {
      state = .rows(start: end, line: line + 1)
    }
    return done
  }

  private mutating func step(
    _ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ position: Int, _ done: inout [ScriptStatement]
  ) {
    switch state {
    case .text: stepText(bytes, &place, position, &done)
    case .literal(let hasEscapes): skipLiteral(bytes, &place, hasEscapes: hasEscapes)
    case .name:
      let end = bytes[place...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
      quoted += bytes[place..<end].prefix(Self.mostQuotedBytes)
      place = end + 1
      guard end < bytes.count else { return }
      append(.name(String(decoding: quoted, as: UTF8.self)))
      state = .text
    case .dollars(let tag): skipDollars(bytes, &place, tag: tag)
    case .comment(let depth): skipComment(bytes, &place, depth: depth)
    case .rows: place = bytes.count
    }
  }

  private mutating func stepText(
    _ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ position: Int, _ done: inout [ScriptStatement]
  ) {
    let byte = bytes[place]
    let next = place + 1 < bytes.count ? bytes[place + 1] : 0
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C: place += 1
    case UInt8(ascii: "-") where next == byte: place = bytes.count
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
      state = .comment(depth: 1)
      place += 2
    case UInt8(ascii: "'"):
      begin(at: position + place)
      let isEscaped =
        place > 0 && bytes[place - 1] | 0x20 == UInt8(ascii: "e")
        && (place == 1 || !Self.isWordByte(bytes[place - 2]))
      if isEscaped, tokens.last == .word("e") { tokens.removeLast() }
      open(.literal(hasEscapes: isEscaped || hasEscapesEverywhere), &place)
    case UInt8(ascii: "\""):
      begin(at: position + place)
      open(.name, &place)
    case UInt8(ascii: "$"):
      begin(at: position + place)
      openDollars(bytes, &place)
    case UInt8(ascii: "\\"):
      done.append(command(bytes, from: place, position))
      place = bytes.count
    case UInt8(ascii: ";") where depth <= 0 && bodyDepth == 0:
      place += 1
      if let statement = finish(at: position + place) { done.append(statement) }
    case _ where Self.isWordByte(byte):
      begin(at: position + place)
      takeWord(bytes, &place)
    case _:
      begin(at: position + place)
      place += 1
      takeSymbol(byte)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  // MARK: - Pieces

  private mutating func begin(at position: Int) {
    if start == nil { start = (position, line) }
  }

  private mutating func open(_ state: State, _ place: inout Int) {
    self.state = state
    quoted = []
    place += 1
  }

  private mutating func takeWord(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) {
    let first = place
    while place < bytes.count, Self.isWordByte(bytes[place]) || bytes[place] == UInt8(ascii: "$") {
      place += 1
    }
    let word = String(decoding: bytes[first..<place], as: UTF8.self).lowercased()
    if depth == 0, isRoutine {
      // What psql counts as well, to find the end of a body in standard SQL.
      if word == "begin" || word == "case" && bodyDepth > 0 { bodyDepth += 1 }
      if word == "end", bodyDepth > 0 { bodyDepth -= 1 }
    }
    append(.word(word))
  }

  private var isRoutine: Bool {
    var words = StatementTokens(tokens)
    guard words.take("create") else { return false }
    _ = words.take("or", "replace")
    return words.take("function") || words.take("procedure")
  }

  private mutating func takeSymbol(_ byte: UInt8) {
    if byte == UInt8(ascii: ")") { depth -= 1 }
    append(.symbol(Character(UnicodeScalar(byte))))
    if byte == UInt8(ascii: "(") { depth += 1 }
    if byte == UInt8(ascii: ")"), depth == 0 { closedGroupCount += 1 }
  }

  /// Keeps a token where it may matter: of rows and definitions only what stands around them.
  private mutating func append(_ token: ScriptStatement.Token) {
    if let first = tokens.first, first == .word("insert") || first == .word("create"),
      depth > 1 || closedGroupCount > 0
    {
      // Which key a conflict is about stands behind the rows.
      let opensKey = token == .symbol("(") && tokens.last == .word("conflict")
      guard depth == 0, token.isWord || opensKey else { return }
    }
    guard tokens.count < Self.mostTokens else {
      isAbridged = true
      return
    }
    tokens.append(token)
  }

  private mutating func finish(at end: Int) -> ScriptStatement? {
    defer {
      (tokens, start, depth, closedGroupCount, bodyDepth, isAbridged) = ([], nil, 0, 0, 0, false)
    }
    guard let start else { return nil }
    let statement = ScriptStatement(
      form: .statement, range: start.position..<end, line: start.line, tokens: tokens,
      isAbridged: isAbridged)
    if let isStandard = statement.standardStrings { hasEscapesEverywhere = !isStandard }
    return statement
  }

  private func command(_ bytes: UnsafeRawBufferPointer, from place: Int, _ position: Int) -> ScriptStatement {
    let words = String(decoding: bytes[place...], as: UTF8.self).split(whereSeparator: \.isWhitespace)
    // Within a statement it would run it, or change it.
    let tokens = words.map { ScriptStatement.Token.word(String($0)) }
    return ScriptStatement(
      form: .command, range: position + place..<position + bytes.count, line: line,
      tokens: start == nil ? tokens : [.word("\\")] + tokens)
  }

  private mutating func skipLiteral(
    _ bytes: UnsafeRawBufferPointer, _ place: inout Int, hasEscapes: Bool
  ) {
    let first = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "'") {
      place += hasEscapes && bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(place, bytes.count)
    quoted += bytes[first..<end].prefix(max(0, Self.mostQuotedBytes - quoted.count))
    place = end + 1
    guard end < bytes.count else { return }
    append(.literal(String(decoding: quoted, as: UTF8.self)))
    state = .text
  }

  private mutating func openDollars(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) {
    var end = place + 1
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    let beginsWithDigit = end > place + 1 && (0x30...0x39).contains(bytes[place + 1])
    guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), !beginsWithDigit else {
      place += 1
      return takeSymbol(UInt8(ascii: "$"))
    }
    state = .dollars(Array(bytes[place...end]))
    place = end + 1
  }

  private mutating func skipDollars(_ bytes: UnsafeRawBufferPointer, _ place: inout Int, tag: [UInt8]) {
    while place + tag.count <= bytes.count {
      if bytes[place] == UInt8(ascii: "$"), bytes[place..<place + tag.count].elementsEqual(tag) {
        place += tag.count
        append(.literal(""))
        state = .text
        return
      }
      place += 1
    }
    place = bytes.count
  }

  private mutating func skipComment(_ bytes: UnsafeRawBufferPointer, _ place: inout Int, depth: Int) {
    let next = place + 1 < bytes.count ? bytes[place + 1] : 0
    switch (bytes[place], next) {
    case (UInt8(ascii: "*"), UInt8(ascii: "/")):
      state = depth == 1 ? .text : .comment(depth: depth - 1)
      place += 2
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      state = .comment(depth: depth + 1)
      place += 2
    case (_, _): place += 1
    }
  }
}

extension ScriptStatement {
  /// Whether rows follow it: `COPY … FROM stdin`.
  fileprivate var readsRows: Bool {
    tokens.first == .word("copy")
      && zip(tokens, tokens.dropFirst()).contains { $0 == .word("from") && $1 == .word("stdin") }
  }

  /// What it sets `standard_conforming_strings` to; `nil` when it does not.
  fileprivate var standardStrings: Bool? {
    guard tokens.first == .word("set"), tokens.contains(.word("standard_conforming_strings")) else {
      return nil
    }
    let off: Set<Token> = [.word("off"), .word("false"), .word("0"), .literal("off"), .literal("false")]
    return !(tokens.last.map(off.contains) ?? false)
  }
}
