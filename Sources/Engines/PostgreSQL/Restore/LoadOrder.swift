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
  ///   - mayShare: whether an item could be loaded by several connections.
  ///   - least: bytes from which on sharing is worth it.
  init(
    _ items: [(item: Item, name: ObjectName, byteCount: Int, mayShare: Bool)], workers: Int,
    sharedFrom least: Int
  ) {
    var remaining = items.reduce(0) { $0 + $1.byteCount }
    let others = workers - 1
    places = items.sorted { ($0.byteCount, $1.name) > ($1.byteCount, $0.name) }.map { item in
      remaining -= item.byteCount
      // Alone it would keep one connection busy while the others have nothing left to do.
      let isDominant = others > 0 && item.byteCount > remaining / others
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
    let tables = contents.entries.filter { $0.kind == "TABLE DATA" }.map { entry in
      let name = ObjectName(schema: entry.schema, entry.name)
      return (
        item: name, name: name, byteCount: storedByteCount(of: entry), mayShare: !entry.copyStatement.isEmpty
      )
    }
    return LoadOrder(
      tables, workers: workers, sharedFrom: PostgresRestore.Options(workers: workers).leastSharedByteCount
    ).places.map { ($0.item, $0.byteCount, $0.isShared) }
  }
}
