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
  package static func isInvented(_ name: String, of column: String, in table: String, label: String) -> Bool {
    let invented = of(column, in: table, label: label)
    if name == invented { return true }
    guard name.hasPrefix(invented) else {
      // Of a long name something is cut away for the number.
      let stem = name.dropLastDigits
      return stem.count < name.count && name.utf8.count == 63 && stem.hasSuffix("_\(label)")
    }
    return name.dropFirst(invented.count).allSatisfy { $0.isASCII && $0.isNumber }
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
