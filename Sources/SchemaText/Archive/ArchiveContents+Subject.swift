import SchemaModel

extension ArchiveContents.Entry {
  /// What makes it, for whatever runs SQL and knows nothing of archives.
  package var statements: String {
    guard let accessMethod else { return definition }
    let setting = "SET default_table_access_method ="
    return "\(setting) \(accessMethod);\n\(definition)\n\(setting) heap;\n"
  }

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
    return words.name().map(qualified)
  }

  /// The table that a foreign key refers to, or the partitioned table or index that something becomes a part of.
  var superior: ObjectName? {
    switch kind {
    case "FK CONSTRAINT":
      guard let range = definition.ranges(of: " REFERENCES ").last else { return nil }
      var words = StatementWords(String(definition[range.upperBound...]))
      return words.name().map(qualified)
    case "TABLE ATTACH", "INDEX ATTACH":
      var words = StatementWords(definition)
      guard words.take("ALTER"), words.take(kind == "TABLE ATTACH" ? "TABLE" : "INDEX") else { return nil }
      _ = words.take("ONLY")
      return words.name().map(qualified)
    case _: return nil
    }
  }

  /// Whether its `COPY` names the table with its schema: other tools do so at all times.
  var copyNamesSchema: Bool {
    var words = StatementWords(copyStatement)
    return words.take("COPY") && words.name()?.schema != nil
  }

  /// Takes a table's name from its statement: a script's title puts a space for a line's end in it.
  mutating func readNameAnew() {
    guard name.contains(" ") else { return }
    var words = StatementWords(copyStatement.isEmpty ? definition : copyStatement)
    if !words.take("COPY") {
      guard words.take("CREATE") else { return }
      _ = words.take("UNLOGGED") || words.take("FOREIGN")
      guard words.take("TABLE") else { return }
    }
    guard let named = words.name()?.name,
      named.replacing("\n", with: " ").replacing("\r", with: " ") == name
    else { return }
    name = named
  }

  /// The columns that its `COPY` fills, in the order of the rows' fields; `nil` when it names none.
  package var copyColumns: [String]? {
    var words = StatementWords(copyStatement)
    guard words.take("COPY"), words.name() != nil else { return nil }
    return words.list()
  }

  /// The function that a trigger calls.
  var calledFunction: ObjectName? {
    guard kind == "TRIGGER" else { return nil }
    for call in [" EXECUTE FUNCTION ", " EXECUTE PROCEDURE "] {
      guard let range = definition.ranges(of: call).last else { continue }
      var words = StatementWords(String(definition[range.upperBound...]))
      return words.name()
    }
    return nil
  }

  private func qualified(_ name: ObjectName) -> ObjectName {
    ObjectName(schema: name.schema ?? schema, name.name)
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

  /// Takes names in parentheses.
  mutating func list() -> [String]? {
    skipBlanks()
    guard rest.popFirst() == "(" else { return nil }
    var names: [String] = []
    while true {
      skipBlanks()
      guard let name = identifier() else { return nil }
      names.append(name)
      skipBlanks()
      switch rest.popFirst() {
      case ",": continue
      case ")": return names
      case _: return nil
      }
    }
  }

  private mutating func identifier() -> String? {
    guard rest.first == "\"" else {
      let word = rest.prefix { !$0.isWhitespace && !".(,)".contains($0) }
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
