/// A text for psql, such as the plain output of pg_dump, made fit to be applied to one empty database.
///
/// Rows are left out, as are commands that would leave the database and statements about databases as a whole. What
/// is left out is emptied in place, so that all lines keep their numbers.
package struct SQLScript {
  package private(set) var bytes: [UInt8]
  /// Whether anything was left out.
  package private(set) var isChanged = false
  /// What says nothing of a structure and is not run: statements about databases as a whole, commands of psql that
  /// reach out of it.
  package private(set) var passedOver: [TextFinding] = []

  /// The databases it connects to, in the order of the text; more than one is the dump of a whole server.
  package private(set) var connectedDatabases: [String] = []

  private var offset = 0
  /// Where the statement began that is being read.
  private var start = 0
  /// Its words in lower case, as far as they are needed to tell what it is.
  private var words: [String] = []

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while offset < bytes.count { step() }
    endStatement()
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private func peek(_ distance: Int) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private mutating func step() {
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipLine()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
    case UInt8(ascii: "'"):
      skipText(hasEscapes: words.last == "e" && offset > 0 && bytes[offset - 1] | 0x20 == UInt8(ascii: "e"))
    case UInt8(ascii: "\""): skipName()
    case UInt8(ascii: "$"): skipDollarText()
    case UInt8(ascii: ";"):
      offset += 1
      endStatement()
    case UInt8(ascii: "\\"): skipCommand()
    case _ where Self.isWordByte(byte): takeWord()
    case _: offset += 1
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private mutating func takeWord() {
    let first = offset
    while offset < bytes.count, Self.isWordByte(bytes[offset]) || bytes[offset] == UInt8(ascii: "$") {
      offset += 1
    }
    if words.isEmpty { start = first }
    let word = String(decoding: bytes[first..<offset], as: UTF8.self).lowercased()
    // A long statement is told by its beginning, and by how it ends.
    if words.count >= 400 { words.removeSubrange(200..<300) }
    words.append(word)
  }

  private mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
  }

  private mutating func skipComment() {
    var depth = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        offset += 2
      } else if bytes[offset] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        offset += 2
        if depth == 0 { return }
      } else {
        offset += 1
      }
    }
  }

  private mutating func skipText(hasEscapes: Bool) {
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "'") { return }
      if hasEscapes, byte == UInt8(ascii: "\\") { offset = min(offset + 1, bytes.count) }
    }
  }

  private mutating func skipName() {
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") { offset += 1 }
    offset = min(offset + 1, bytes.count)
    words.append("\"")
  }

  /// `$tag$ ... $tag$`; a lone dollar sign is stepped over.
  private mutating func skipDollarText() {
    var end = offset + 1
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else {
      offset += 1
      return
    }
    let tag = Array(bytes[offset...end])
    offset = end + 1
    while offset + tag.count <= bytes.count {
      if bytes[offset] == UInt8(ascii: "$"), bytes[offset..<(offset + tag.count)].elementsEqual(tag) {
        offset += tag.count
        return
      }
      offset += 1
    }
    offset = bytes.count
  }

  // MARK: What is left out

  private mutating func empty(_ range: Range<Int>) {
    isChanged = true
    for place in range where bytes[place] != UInt8(ascii: "\n") { bytes[place] = UInt8(ascii: " ") }
  }

  /// A command of psql's own, to the end of its line.
  private mutating func skipCommand() {
    let first = offset
    skipLine()
    let line = String(decoding: bytes[first..<offset], as: UTF8.self)
    let name = line.dropFirst().prefix { $0.isLetter || $0 == "." }
    if name == "connect" || name == "c" {
      let words = line.split(whereSeparator: \.isWhitespace).dropFirst()
      if let database = words.first(where: { !$0.hasPrefix("-") && $0 != "template1" && $0 != "postgres" }),
        !connectedDatabases.contains(String(database))
      {
        connectedDatabases.append(String(database))
      }
    }
    // These would leave the database, or are not known to every psql.
    if ["connect", "c", "restrict", "unrestrict"].contains(String(name)) { return empty(first..<offset) }
    guard Self.reachesOut(line) else { return }
    // What ends a statement must go on ending it.
    let endsStatement = name.first == "g" && !words.isEmpty
    passOver(
      "psql's command \(name.isEmpty ? "\\!" : "\\\(name)") runs a program, writes a file or asks, and is passed over",
      first..<offset)
    if endsStatement {
      bytes[first] = UInt8(ascii: ";")
      words = []
    }
  }

  /// Whether a line with commands of psql may run a program of this machine, write one of its files or wait for
  /// somebody; between backticks stands a program.
  private static func reachesOut(_ line: String) -> Bool {
    line.contains("`") || line.split(separator: "\\").contains(where: isReachingOut)
  }

  /// Whether one command, without its backslash, does.
  private static func isReachingOut(_ command: Substring) -> Bool {
    let name = command.prefix(while: \.isLetter)
    let argument = command.dropFirst(name.count).drop(while: \.isWhitespace)
    if command.hasPrefix("!") { return true }
    switch String(name) {
    case "o", "out", "w", "write", "e", "edit", "ef", "ev", "s", "setenv", "cd", "password", "prompt", "copy",
      "watch", "lo_import", "lo_export":
      return true
    // A file or a program behind them takes the answer.
    case "g", "gx": return !argument.isEmpty && !(argument.first == "(" && argument.last == ")")
    case _: return false
    }
  }

  private mutating func endStatement() {
    defer { words = [] }
    guard let first = words.first else { return }
    switch first {
    // Rows that a program or a file of the server gives or takes.
    case "copy" where !words.contains("stdin") && !words.contains("stdout"):
      passOver("a COPY between the server and a file or program is passed over", start..<offset)
    case "copy" where words.suffix(12).joined(separator: " ").contains("from stdin"): skipRows()
    case "create" where words.dropFirst().first == "database",
      "alter" where words.dropFirst().first == "database",
      "drop" where words.dropFirst().first == "database":
      passOver()
    case "comment" where words.dropFirst().prefix(2) == ["on", "database"]: passOver()
    case "security" where words.contains("database") && words.dropFirst().first == "label": passOver()
    case "grant" where names(["on", "database"]), "revoke" where names(["on", "database"]): passOver()
    // Written by pg_dump 17; a server that does not know the setting has no use for it.
    case "set" where words.dropFirst().first == "transaction_timeout": empty(start..<min(offset, bytes.count))
    case _: break
    }
  }

  private func names(_ pair: [String]) -> Bool {
    zip(words, words.dropFirst()).contains { $0 == pair[0] && $1 == pair[1] }
  }

  private mutating func passOver() {
    passOver(
      "'\(words.prefix(2).joined(separator: " ").uppercased())' is about a database as a whole and is passed over",
      start..<offset)
  }

  private mutating func passOver(_ finding: String, _ range: Range<Int>) {
    let line = bytes[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
    passedOver.append(TextFinding(finding, at: TextPosition(line: line, column: 1)))
    empty(range.lowerBound..<min(range.upperBound, bytes.count))
  }

  /// A `COPY ... FROM stdin` with the rows behind it, up to the line `\.`.
  private mutating func skipRows() {
    let first = start
    skipLine()
    while offset < bytes.count {
      offset += 1
      let lineStart = offset
      skipLine()
      let line = bytes[lineStart..<min(offset, bytes.count)]
      if line.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: ".")])
        || line.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "\r")])
      {
        break
      }
    }
    empty(first..<min(offset, bytes.count))
  }
}
