/// Puts what is needed before what needs it.
enum DependencyOrder {
  /// The items so that each follows those it depends on, otherwise in the order given.
  ///
  /// An item without a name is never depended on. What an item names and the list lacks is passed over, and a circle is cut where it is entered, so
  /// every item comes out exactly once.
  static func sorted<Item, Name: Hashable>(
    _ items: [Item], name: (Item) -> Name?, dependencies: (Item) -> [Name]
  ) -> [Item] {
    let places = Dictionary(
      items.enumerated().compactMap { place, item in name(item).map { ($0, place) } },
      uniquingKeysWith: { first, _ in first })
    var isVisited = [Bool](repeating: false, count: items.count)
    var order: [Item] = []
    func visit(_ place: Int) {
      guard !isVisited[place] else { return }
      isVisited[place] = true
      for needed in dependencies(items[place]).compactMap({ places[$0] }).sorted() { visit(needed) }
      order.append(items[place])
    }
    for place in items.indices { visit(place) }
    return order
  }
}
