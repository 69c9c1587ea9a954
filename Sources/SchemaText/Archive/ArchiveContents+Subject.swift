import SchemaModel

extension ArchiveContents.Entry {
  /// The table or materialized view that a key, index or foreign key is on, as its statement names it.
  ///
  /// Old archives name it without its schema, which is the entry's own then.
  package var subject: ObjectName? {
    var words = StatementWords(definition)
    switch kind {
    case "INDEX":
      guard words.take("CREATE") else { return nil }
      _ = words.take("UNIQUE")
      guard words.take("INDEX"), words.name() != nil, words.take("ON") else { return nil }
    case "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT":
      guard words.take("ALTER"), words.take("TABLE") else { return nil }
    case _: return nil
    }
    _ = words.take("ONLY")
    guard let name = words.name() else { return nil }
    return ObjectName(schema: name.schema ?? schema, name.name)
  }
}

/// The first words of a statement as pg_dump writes it, one after the other.
private struct StatementWords {
  private var rest: Substring

  init(_ statement: String) { rest = statement[...] }

  /// Takes the key word if it comes next.
  mutating func take(_ word: String) -> Bool {
    skipBlanks()
    guard rest.hasPrefix(word), rest.dropFirst(word.count).first?.isWhitespace == true else { return false }
    rest = rest.dropFirst(word.count)
    return true
  }

  /// Takes a name, with its schema if that is written.
  mutating func name() -> ObjectName? {
    skipBlanks()
    guard let first = identifier() else { return nil }
    guard rest.first == "." else { return ObjectName(first) }
    rest = rest.dropFirst()
    return identifier().map { ObjectName(schema: first, $0) }
  }

  private mutating func identifier() -> String? {
    guard rest.first == "\"" else {
      let word = rest.prefix { !$0.isWhitespace && $0 != "." && $0 != "(" }
      rest = rest.dropFirst(word.count)
      return word.isEmpty ? nil : String(word)
    }
    rest = rest.dropFirst()
    var name = ""
    while let character = rest.popFirst() {
      if character != "\"" {
        name.append(character)
      } else if rest.first == "\"" {
        name.append("\"")
        rest = rest.dropFirst()
      } else {
        return name
      }
    }
    return nil
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }
}
