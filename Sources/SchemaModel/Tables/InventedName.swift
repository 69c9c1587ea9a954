/// The names that PostgreSQL gives what it makes along with a table and was told no name for (`makeObjectName`).
package enum InventedName {
  /// The name for something of one column: `table_column_seq`, cut to what a name may hold.
  ///
  /// Where that name was taken, the server puts a number behind it, which this does not know.
  ///
  /// - Parameter column: `nil` for something of the whole, as the constraints of a domain are.
  package static func of(_ column: String?, in table: String, label: String) -> String {
    guard let column else { return "\(prefix(of: table, bytes: 63 - 1 - label.utf8.count))_\(label)" }
    // NAMEDATALEN - 1 bytes, of which two are the underscores.
    let room = 63 - 2 - label.utf8.count
    var (tableLength, columnLength) = (table.utf8.count, column.utf8.count)
    while tableLength + columnLength > room {
      if tableLength > columnLength { tableLength -= 1 } else { columnLength -= 1 }
    }
    return "\(prefix(of: table, bytes: tableLength))_\(prefix(of: column, bytes: columnLength))_\(label)"
  }

  /// Whether it is that name, or that name with a number behind it.
  package static func isInvented(_ name: String, of column: String?, in table: String, label: String) -> Bool
  {
    let invented = of(column, in: table, label: label)
    if name == invented { return true }
    guard name.hasPrefix(invented) else {
      // Of a long name something is cut away for the number.
      let stem = name.dropLastDigits
      return stem.count < name.count && name.utf8.count == 63 && stem.hasSuffix("_\(label)")
    }
    return name.dropFirst(invented.count).allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// What stands between table and label in the name of an index of several columns (`ChooseIndexNameAddition`).
  package static func addition(_ columns: [String]) -> String {
    var text = ""
    for column in columns {
      text += (text.isEmpty ? "" : "_") + column
      // NAMEDATALEN: what comes behind is not looked at.
      if text.utf8.count >= 64 { break }
    }
    return text
  }

  /// What the server calls the columns of an index (`ChooseIndexColumnNames`).
  package static func columns(of keys: [IndexKey]) -> [String] {
    var names: [String] = []
    for key in keys {
      let name: String =
        switch key.subject {
        case .column(let column): column
        case .expression(let expression): column(ofExpression: expression)
        }
      let number = names.contains(name) ? (1...).first { !names.contains("\(name)\($0)") } : nil
      names.append(number.map { "\(name)\($0)" } ?? name)
    }
    return names
  }

  /// What the server calls an index's column that is an expression (`FigureIndexColname`), as far as its text tells.
  package static func column(ofExpression expression: String) -> String {
    var name = ""
    for character in expression.unicodeScalars {
      let isWord = character == "_" || character.properties.isAlphabetic || ("0"..."9").contains(character)
      if isWord {
        name.unicodeScalars.append(character)
      } else if character == ".", !name.isEmpty {
        name = ""
      } else {
        // A call that is all there is.
        let isCall = character == "(" && !name.isEmpty && expression.hasSuffix(")")
        return isCall && closes(expression[...]) ? name.lowercased() : "expr"
      }
    }
    return "expr"
  }

  /// Whether the first parenthesis is closed by the last character.
  private static func closes(_ text: Substring) -> Bool {
    var depth = 0
    for (place, character) in zip(text.indices, text) {
      if character == "(" { depth += 1 }
      if character == ")" {
        depth -= 1
        if depth == 0 { return text.index(after: place) == text.endIndex }
      }
    }
    return false
  }

  /// As many whole characters as fit.
  private static func prefix(of text: String, bytes: Int) -> String {
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF8.width(scalar)
      if count > bytes { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}

extension String {
  fileprivate var dropLastDigits: Substring {
    var rest = self[...]
    while let last = rest.last, last.isASCII, last.isNumber { rest.removeLast() }
    return rest
  }
}
