import SchemaModel

/// Tables and the keys between them; a partitioned table and its partitions are one.
struct TableGraph {
  /// A foreign key into another table.
  struct Edge {
    var parent: Int
    var key: ConstraintReference
  }

  /// Tables that refer to each other, or one table by itself.
  struct Group {
    /// By name, because tables are numbered by name.
    var members: [Int]
    /// The longest way to a table without parents.
    var rank: Int
  }

  /// Each table with its partitions behind it, by name.
  private(set) var tables: [[ObjectName]] = []
  private(set) var edges: [[Edge]] = []
  private(set) var selfReferences: [ConstraintReference] = []

  init(_ all: [Table]) {
    let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let sorted = byName.values.sorted { $0.name < $1.name }
    func root(of table: Table) -> ObjectName {
      var current = table
      // No more steps than tables, so that bounds naming each other in a circle cannot hold us.
      for _ in 0..<byName.count {
        guard let partition = current.partition, let parent = byName[partition.parent] else { break }
        current = parent
      }
      return current.name
    }
    let roots = Dictionary(uniqueKeysWithValues: sorted.map { ($0.name, root(of: $0)) })
    var numbers: [ObjectName: Int] = [:]
    for table in sorted where roots[table.name] == table.name {
      numbers[table.name] = tables.count
      tables.append([table.name])
    }
    edges = tables.map { _ in [] }
    for table in sorted {
      guard let number = roots[table.name].flatMap({ numbers[$0] }) else {
        numbers[table.name] = tables.count
        tables.append([table.name])
        edges.append([])
        continue
      }
      if roots[table.name] != table.name { tables[number].append(table.name) }
      for key in table.foreignKeys {
        guard let parent = roots[key.referencedTable].flatMap({ numbers[$0] }) else { continue }
        let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
        if parent == number {
          selfReferences.append(reference)
        } else {
          edges[number].append(Edge(parent: parent, key: reference))
        }
      }
    }
  }

  /// The strongly connected components (Tarjan), without recursion: a chain of tables may be long.
  func groups() -> [Group] {
    var search = ComponentSearch(count: tables.count)
    for number in tables.indices where search.isNew(number) { search.visit(number, edges) }
    return search.groups
  }
}

/// The state of one run of Tarjan's algorithm.
private struct ComponentSearch {
  private(set) var groups: [TableGraph.Group] = []
  private var order: [Int?]
  private var low: [Int]
  private var isOpen: [Bool]
  private var rank: [Int]
  private var open: [Int] = []
  private var count = 0

  init(count: Int) {
    order = Array(repeating: nil, count: count)
    low = Array(repeating: 0, count: count)
    isOpen = Array(repeating: false, count: count)
    rank = Array(repeating: 0, count: count)
  }

  func isNew(_ number: Int) -> Bool { order[number] == nil }

  mutating func visit(_ start: Int, _ edges: [[TableGraph.Edge]]) {
    var path: [(number: Int, next: Int)] = []
    enter(start)
    path.append((start, 0))
    while let (number, next) = path.last {
      if next < edges[number].count {
        path[path.count - 1].next += 1
        let parent = edges[number][next].parent
        if isNew(parent) {
          enter(parent)
          path.append((parent, 0))
        } else if isOpen[parent] {
          low[number] = min(low[number], low[parent])
        }
        continue
      }
      path.removeLast()
      if let child = path.last?.number { low[child] = min(low[child], low[number]) }
      if low[number] == order[number] { close(number, edges) }
    }
  }

  private mutating func enter(_ number: Int) {
    order[number] = count
    low[number] = count
    count += 1
    open.append(number)
    isOpen[number] = true
  }

  /// Takes the finished component off the stack; its parents are all finished before it.
  private mutating func close(_ number: Int, _ edges: [[TableGraph.Edge]]) {
    var members: [Int] = []
    while let member = open.popLast() {
      isOpen[member] = false
      members.append(member)
      if member == number { break }
    }
    members.sort()
    let inside = Set(members)
    let outside = members.flatMap { edges[$0].map(\.parent).filter { !inside.contains($0) } }
    let rank = outside.map { self.rank[$0] + 1 }.max() ?? 0
    for member in members { self.rank[member] = rank }
    groups.append(TableGraph.Group(members: members, rank: rank))
  }
}
