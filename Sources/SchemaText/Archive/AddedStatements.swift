/// Tells statements that pg_dump does not write where they stand in its script: somebody added them by hand.
///
/// Such a script is no dump any more, though it looks like one: what was added must be restored, too.
enum AddedStatements {
  /// Whether a line before the first part is none of pg_dump's settings, and nothing that `--clean` takes away.
  static func isAmongSettings(_ line: UnsafeRawBufferPointer) -> Bool {
    let words = words(of: line)
    switch words.first {
    case "INSERT", "COPY", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "GRANT", "REVOKE", "COMMENT", "DO",
      "CALL":
      return true
    case "CREATE": return !words.starts(with: ["CREATE", "OR", "REPLACE", "VIEW"])
    case "ALTER": return !words.contains("DROP")
    case "SELECT": return words.count > 1 && !words[1].hasPrefix("PG_CATALOG.")
    default: return false
    }
  }

  /// Whether a line is one that stands behind the rows of a table, before the next part, or before their `COPY`.
  static func isBesideRows(_ line: UnsafeRawBufferPointer) -> Bool {
    let words = words(of: line)
    switch words.first {
    case nil, "SET", "RESET": return false
    case "ALTER": return !isSwitchingTriggers(words)
    case .some(let word): return !word.hasPrefix("--") && !word.hasPrefix("\\")
    }
  }

  /// Whether the text of one part of a dump holds more than pg_dump writes there.
  static func areIn(_ definition: [UInt8], ofKind kind: String) -> Bool {
    let statements = statements(of: definition).filter { $0.form == .statement && !$0.isSetting }
    let constraints: Set<String> = ["CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT"]
    return statements.contains(where: \.changesRows)
      || statements.dropFirst().contains { $0.tokens.first == .word("create") }
      || statements.count { $0.addsToTable } > (constraints.contains(kind) ? 1 : 0)
  }

  private static func statements(of text: [UInt8]) -> [ScriptStatement] {
    var parser = ScriptStatements()
    var found: [ScriptStatement] = []
    text.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        found += parser.add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: start, end: end + 1)
        start = end + 1
      }
    }
    return found
  }

  /// `ALTER TABLE … DISABLE TRIGGER ALL;`, which stands around rows.
  private static func isSwitchingTriggers(_ words: [String]) -> Bool {
    words.suffix(2) == ["TRIGGER", "ALL;"]
  }

  /// In upper case; of a long line its beginning.
  private static func words(of line: UnsafeRawBufferPointer) -> [String] {
    String(decoding: line.prefix(1 << 10), as: UTF8.self).uppercased().split {
      $0 == " " || $0 == "\t" || $0 == "\r"
    }
    .map(String.init)
  }
}

extension ScriptStatement {
  /// What stands before a part belongs to the text of the one before it.
  fileprivate var isSetting: Bool { tokens.first == .word("set") || tokens.first == .word("reset") }

  /// What no part but one of data does.
  fileprivate var changesRows: Bool {
    let words: [Token] = ["insert", "copy", "update", "delete", "merge", "truncate", "do", "call", "with"].map
    {
      .word($0)
    }
    return tokens.first.map(words.contains) == true
  }

  /// Whether it adds a column or a constraint to a table; what an identity adds is a part of its own.
  fileprivate var addsToTable: Bool {
    guard tokens.starts(with: [.word("alter"), .word("table")]) else { return false }
    return zip(tokens, tokens.dropFirst()).contains { $0 == .word("add") && $1 != .word("generated") }
  }
}
