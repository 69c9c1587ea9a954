import SchemaModel

/// Where a catalog keeps expressions over the columns of a table.
struct ExpressionColumn {
  /// The catalog, such as `pg_index`.
  var catalog: String
  /// The column with the oid of what the expression belongs to.
  var key: String
  /// The column with the oid of the table.
  var relation: String
  /// The column of type `pg_node_tree`.
  var tree: String

  /// What checks demand.
  static let checks = ExpressionColumn(
    catalog: "pg_constraint", key: "oid", relation: "conrelid", tree: "conbin")
  /// Which rows partial indexes hold.
  static let predicates = ExpressionColumn(
    catalog: "pg_index", key: "indexrelid", relation: "indrelid", tree: "indpred")
}

extension PostgresCatalog {
  /// Expressions as the server prints them, by the oid of what they belong to.
  ///
  /// To print one the server opens its table (`pg_get_expr`), which costs it ten times as much as the printing. So
  /// it is asked only once for all expressions that are the same tree over columns of the same names, as those of
  /// partitions and of tables made by a program are.
  func expressions(
    in column: ExpressionColumn, of found: PostgresRelations
  ) throws(EngineError) -> [Int: String] {
    let trees = try answer(to: query(for: column))
    var alike: [ExpressionTree: [Int]] = [:]
    for row in trees.rows {
      let relation = row.number(1)
      guard let columns = found.relations[relation] else { continue }
      let tree = ExpressionTree(row.bytes(2), of: relation) { columns[$0]?.name }
      alike[tree, default: []].append(row.number(0))
    }
    let printed = try connection.query(
      """
      SELECT \(column.key), pg_get_expr(\(column.tree), \(column.relation)) FROM \(column.catalog)
      WHERE \(column.key) = ANY (\(Self.array(alike.values.compactMap(\.first)))::oid[])
      """)
    let texts = printed.rows.reduce(into: [Int: String]()) { $0[$1.number(0)] = $1.expression(1) }
    return alike.values.reduce(into: [:]) { expressions, keys in
      guard let text = keys.first.flatMap({ texts[$0] }) else { return }
      for key in keys { expressions[key] = text }
    }
  }

  /// The rows of expressions as the catalog keeps them.
  func query(for column: ExpressionColumn) -> String {
    """
    SELECT \(column.key), \(column.relation), \(column.tree) FROM \(column.catalog)
    WHERE \(column.tree) IS NOT NULL AND \(column.relation) >= \(Self.firstUserObject)
    """
  }
}

/// A `pg_node_tree` without what differs between trees that are printed alike.
///
/// Left out is where in the statement's text a part stood (`:location 17`). The columns that it numbers
/// (`:varattno 3`) stand there by their names, and the table by its oid where whole rows are taken.
struct ExpressionTree: Hashable {
  private let content: [UInt8]

  private static let location = Array(" :location ".utf8)
  /// Where a part numbers a column, and the number it had as the statement was written.
  private static let columnNumbers = [Array(" :varattno ".utf8), Array(" :varattnosyn ".utf8)]

  /// - Parameter columnName: the name of the table's column with a number.
  init(_ tree: [UInt8], of relation: Int, columnName: (Int) -> String?) {
    var content: [UInt8] = []
    content.reserveCapacity(tree.count + 32)
    var names: [UInt8] = []
    var position = 0
    var kept = 0
    while position < tree.count {
      guard tree[position] == UInt8(ascii: " "), position + 1 < tree.count,
        tree[position + 1] == UInt8(ascii: ":")
      else {
        position += 1
        continue
      }
      if Self.stands(Self.location, in: tree, at: position) {
        content += tree[kept..<position]
        position += Self.location.count
        _ = Self.number(in: tree, at: &position)
        kept = position
      } else if let word = Self.columnNumbers.first(where: { Self.stands($0, in: tree, at: position) }) {
        content += tree[kept..<position]
        position += word.count
        let number = Self.number(in: tree, at: &position)
        kept = position
        names += number == 0 ? Array(" \(relation)".utf8) : [0] + Array((columnName(number) ?? "").utf8)
      } else {
        position += 2
      }
    }
    self.content = content + tree[kept...] + names
  }

  private static func stands(_ word: [UInt8], in tree: [UInt8], at position: Int) -> Bool {
    position + word.count <= tree.count && tree[position..<position + word.count].elementsEqual(word)
  }

  /// Reads a whole number and moves past it.
  private static func number(in tree: [UInt8], at position: inout Int) -> Int {
    let isNegative = position < tree.count && tree[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var number = 0
    while position < tree.count, case let digit = tree[position] &- UInt8(ascii: "0"), digit < 10 {
      number = number &* 10 &+ Int(digit)
      position += 1
    }
    return isNegative ? -number : number
  }
}
