import SchemaModel

/// Who reads which table of a backup: pg_dump the small ones, our own connections the large ones, in ranges of pages.
struct BackupPlan: Sendable {
  /// A large table and the ranges of its pages that are read one at a time.
  struct Share: Sendable {
    var table: Table
    var ranges: [Range<Int>]
  }

  /// Largest first.
  var large: [Share] = []
  /// Largest first.
  var small: [Table] = []

  /// Pages (of 8 kB) from which on reading a table twice costs more than an entry of our own.
  private static let leastLarge = 128
  /// Pages that are read in one go, at the least: about 64 MB.
  private static let leastRange = 8192

  /// - Parameters:
  ///   - pageCounts: of each table (`pg_relation_size` in pages).
  ///   - isText: whether the database has an encoding; bytes without one are left to pg_dump.
  init(of schema: Schema, pageCounts: [ObjectName: Int], isText: Bool, workers: Int) {
    let tables = schema.tables.filter(\.holdsRows)
      .sorted { (pageCounts[$0.name] ?? 0, $1.name) > (pageCounts[$1.name] ?? 0, $0.name) }
    let routed = Self.tablesWhoseRowsMayMove(in: schema)
    let total = tables.reduce(0) { $0 + (pageCounts[$1.name] ?? 0) }
    for table in tables {
      let pages = pageCounts[table.name] ?? 0
      guard isText, pages >= Self.leastLarge, !table.storedColumns.isEmpty, !routed.contains(table.name),
        // Rows that stand in another access method's order have no pages to speak of.
        table.accessMethod == nil
      else {
        small.append(table)
        continue
      }
      large.append(
        Share(table: table, ranges: Self.ranges(of: pages, inAll: total, workers: workers)))
    }
  }

  /// One range, or as many as there are workers when the table would keep one of them busy to the end.
  private static func ranges(of pages: Int, inAll total: Int, workers: Int) -> [Range<Int>] {
    let isDominant = pages * workers > total
    let count = isDominant ? min(workers, max(pages / leastRange, 1)) : 1
    let length = (pages + count - 1) / count
    // Rows may have been added behind the last page that was counted: the last range has no end.
    return (0..<count).map { $0 * length..<($0 == count - 1 ? Int(UInt32.max) : ($0 + 1) * length) }
  }

  /// Partitions below a partition by hash: pg_dump knows whose rows it gives to the root.
  private static func tablesWhoseRowsMayMove(in schema: Schema) -> Set<ObjectName> {
    let byName = Dictionary(schema.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(
      schema.tables.filter { table in
        var parent = table.partition?.parent
        while let name = parent, let next = byName[name] {
          if next.partitionKey?.hasPrefix("HASH ") == true { return true }
          parent = next.partition?.parent
        }
        return false
      }.map(\.name))
  }
}
