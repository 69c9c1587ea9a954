import SchemaModel
import SchemaText

/// In which order tables are loaded, and which of them by all connections at once.
struct LoadOrder<Item> {
  /// An item and how it is loaded.
  struct Place {
    var item: Item
    var byteCount: Int
    var isShared: Bool
  }

  /// Largest first.
  let places: [Place]

  /// - Parameters:
  ///   - builds: keys and indexes that are built on it.
  ///   - mayShare: whether an item could be loaded by several connections.
  ///   - least: bytes from which on sharing is worth it.
  init(
    _ items: [(item: Item, name: ObjectName, byteCount: Int, builds: Int, mayShare: Bool)], workers: Int,
    sharedFrom least: Int
  ) {
    // One connection alone writes rows frozen and without a log, while what feeds it keeps a second core busy: two that
    // share a table gain nothing over that.
    let areEnough = workers > 2
    // To build one index costs about a fifth of loading the rows.
    var remaining = items.reduce(0) { $0 + $1.byteCount + $1.byteCount * $1.builds / 5 }
    let others = workers - 1
    places = items.sorted { ($0.byteCount, $1.name) > ($1.byteCount, $0.name) }.map { item in
      remaining -= item.byteCount + item.byteCount * item.builds / 5
      // Alone it would keep one connection busy while the others have nothing left to do.
      let isDominant = areEnough && item.byteCount > remaining / others
      return Place(
        item: item.item, byteCount: item.byteCount,
        isShared: item.mayShare && isDominant && item.byteCount >= least)
    }
  }
}

extension PostgresArchive {
  /// The tables whose rows it holds, in the order in which they are loaded.
  package func loadOrder(
    workers: Int
  ) -> [(table: ObjectName, byteCount: Int, isShared: Bool)] {
    let builds = Dictionary(
      contents.entries.filter(\.isKeyOrIndex).map { ($0.subject, 1) }, uniquingKeysWith: +)
    let tables = contents.entries.filter { $0.kind == "TABLE DATA" }.map { entry in
      let name = ObjectName(schema: entry.schema, entry.name)
      return (
        item: name, name: name, byteCount: storedByteCount(of: entry), builds: builds[name] ?? 0,
        mayShare: !entry.copyStatement.isEmpty
      )
    }
    return LoadOrder(
      tables, workers: workers, sharedFrom: PostgresRestore.Options(workers: workers).leastSharedByteCount
    ).places.map { ($0.item, $0.byteCount, $0.isShared) }
  }
}
