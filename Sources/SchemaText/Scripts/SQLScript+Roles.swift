extension SQLScript {
  /// The roles that statements give objects and rights to, as far as the form of single lines tells.
  ///
  /// May name too many; keywords such as PUBLIC are left out.
  package static func roles(in text: String) -> Set<String> {
    var roles: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = words(of: line)
      guard let first = words.first, ["GRANT", "ALTER", "CREATE"].contains(first.uppercased()) else {
        continue
      }
      let upper = words.map { $0.uppercased() }
      let openings = upper.indices.filter { place in
        let before = place > 0 ? upper[place - 1] : ""
        return upper[place] == "TO"
          && (first.uppercased() == "GRANT" || before == "OWNER" || upper.contains("GRANT"))
          || upper[place] == "ROLE" && before == "FOR" || upper[place] == "AUTHORIZATION"
      }
      for opening in openings { roles.formUnion(names(words[(opening + 1)...])) }
    }
    return roles
  }

  /// The roles that the text itself makes.
  package static func rolesMade(in text: String) -> Set<String> {
    var roles: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = words(of: line)
      guard words.count > 2, words[0].uppercased() == "CREATE",
        ["ROLE", "USER"].contains(words[1].uppercased())
      else { continue }
      roles.formUnion(names(words[2...].prefix(1)))
    }
    return roles
  }

  private static let keywords: Set = ["PUBLIC", "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE", "GROUP"]

  /// The names at the start of the words, with commas between them.
  private static func names(_ words: ArraySlice<String>) -> [String] {
    var names: [String] = []
    var isExpected = true
    for word in words {
      if word == "," {
        isExpected = true
      } else if isExpected, word.uppercased() != "GROUP" {
        isExpected = false
        if word.hasPrefix("\"") {
          names.append(String(word.dropFirst().dropLast().replacing("\"\"", with: "\"")))
        } else if !keywords.contains(word.uppercased()) {
          names.append(word.lowercased())
        }
      } else if !isExpected {
        break
      }
    }
    return names
  }

  /// Takes a quoted name; its quotes, and those doubled in it, stay.
  private static func quotedName(from rest: inout Substring) -> String {
    let start = rest
    rest = rest.dropFirst()
    while let character = rest.popFirst() {
      guard character == "\"" else { continue }
      if rest.first != "\"" { break }
      rest = rest.dropFirst()
    }
    return String(start[..<rest.startIndex])
  }

  /// Words, quoted names and commas.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var rest = line
    while let first = rest.first {
      if first == "\"" {
        words.append(quotedName(from: &rest))
      } else if first.isLetter || first.isNumber || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      } else {
        if first == "," { words.append(",") }
        if first == ";" { return words }
        rest = rest.dropFirst()
      }
    }
    return words
  }
}
