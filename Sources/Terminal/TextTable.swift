/// Rows set in columns by spaces alone, so that they can be read, searched, and pasted.
package struct TextTable: Sendable {
  /// The side of a column that text keeps to.
  package enum Alignment: Hashable, Sendable {
    case left, right
  }

  /// A column's head and alignment.
  package struct Column: Hashable, Sendable {
    /// The head; may be empty.
    package let title: String
    /// Left for words, right for numbers.
    package let alignment: Alignment

    /// A column of words, aligned left.
    package static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// A column of numbers, aligned right.
    package static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  /// One value; it carries its role apart from its text, so that widths are those of the text.
  package struct Cell: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// The text, control characters spelled out.
    package let text: String
    /// What the text means to the reader, if anything.
    package let role: Style.Role?

    /// Makes a cell of foreign or own text.
    package init(_ text: String, _ role: Style.Role? = nil) {
      self.text = text.withVisibleControls
      self.role = role
    }

    /// Makes a plain cell, as in `table.add(["orders", "14"])`.
    package init(stringLiteral text: String) { self.init(text) }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []

  /// Starts a table; without any title it has no head.
  package init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Whether no row was added yet.
  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of one cell per column.
  package mutating func add(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a row has one cell for each column")
    rows.append(cells)
  }

  /// Returns the lines, two spaces between columns and none at a line's end; O(cells).
  package func lines(style: Style, indent: Int = 0) -> [String] {
    let head = columns.map { Cell($0.title, .dim) }
    let all = columns.allSatisfy(\.title.isEmpty) ? rows : [head] + rows
    let widths = columns.indices.map { column in all.map { $0[column].text.cellWidth }.max() ?? 0 }
    return all.map { row in
      let last = row.lastIndex { !$0.text.isEmpty } ?? -1
      let cells = columns.indices.prefix(last + 1).map { column in
        let cell = row[column]
        let dressed = cell.role.map { style($0, cell.text) } ?? cell.text
        let space = String(repeating: " ", count: widths[column] - cell.text.cellWidth)
        return switch columns[column].alignment {
        case .left: column == last ? dressed : dressed + space
        case .right: space + dressed
        }
      }
      return cells.isEmpty ? "" : String(repeating: " ", count: indent) + cells.joined(separator: "  ")
    }
  }
}
