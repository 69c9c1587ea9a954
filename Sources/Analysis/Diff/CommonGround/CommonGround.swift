import SchemaModel

/// What two schemas can both say, so that a comparison tells no false difference.
struct CommonGround {
  /// The schemas reduced to it.
  var first: Schema
  var second: Schema
  /// Why less was compared than was asked for: a verdict of "same" is out of reach.
  var limits: [String] = []
  /// What was compared, when a source says less than a database.
  var scope: [String] = []
  /// What differs beside the facts of objects: the cardinality of drawn lines.
  var differences: [SchemaDifference] = []
  /// What the lines of a drawing came to, the drawing being the first schema.
  var lines: [DrawnLine] = []

  /// The schemas as they are when both are of one engine and can say everything.
  static func of(_ first: Schema, _ second: Schema) -> CommonGround {
    guard first.expressiveness.breadth <= second.expressiveness.breadth else {
      return of(second, first).swapped
    }
    var ground = CommonGround(first: first, second: second)
    switch first.expressiveness {
    case .everything:
      ground.reduceToStatedOwners()
      ground.reduceToStatedPopulation()
      ground.reduceToSeenSubscriptions()
      ground.tellSecrets()
    case .diagram(let diagram):
      let drawing = DiagramGround(first, diagram, against: second)
      ground.first = drawing.drawn
      ground.second = drawing.live
      ground.scope = drawing.scope
      ground.lines = drawing.lines
      ground.differences = drawing.renamings + drawing.lines.flatMap(\.differences)
    case .tables(let relations):
      let drawing = TablesGround(first, relations, against: second)
      ground.first = drawing.drawn
      ground.second = drawing.live
      ground.scope = drawing.scope
      ground.lines = drawing.lines
      ground.differences = drawing.lines.flatMap(\.differences)
    }
    ground.reduceToEngines()
    ground.reduceToMajors()
    ground.reduceToSharedRoles()
    ground.reduceToSeenMappings()
    ground.completeDatabases()
    return ground
  }

  /// The same, seen from the other schema; lines are told of a drawing that comes first.
  private var swapped: CommonGround {
    CommonGround(
      first: second, second: first, limits: limits, scope: scope, differences: differences.map(\.reversed))
  }

  /// A text that names no owner belongs to whoever runs it: nothing to hold against a database's owners.
  private mutating func reduceToStatedOwners() {
    guard first.statesOwners != second.statesOwners else { return }
    if first.hasOwnersOfTheirOwn || second.hasOwnersOfTheirOwn {
      scope.append("owners are not compared: the text names none")
    }
    first = first.withoutOwners
    second = second.withoutOwners
  }

  /// A dump without rows leaves its materialized views empty, whatever the database's hold.
  private mutating func reduceToStatedPopulation() {
    guard !first.statesPopulation || !second.statesPopulation else { return }
    for place in first.views.indices { first.views[place].isPopulated = true }
    for place in second.views.indices { second.views[place].isPopulated = true }
  }

  /// Of a subscription a text does not say whether it is enabled, and not everybody sees how it connects.
  private mutating func reduceToSeenSubscriptions() {
    let places = Dictionary(
      second.subscriptions.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { one, _ in one })
    var isUnstated = false
    for (place, subscription) in first.subscriptions.enumerated() {
      guard let other = places[subscription.name] else { continue }
      if subscription.connection == nil || second.subscriptions[other].connection == nil {
        first.subscriptions[place].connection = nil
        second.subscriptions[other].connection = nil
      }
      if subscription.isEnabled == nil || second.subscriptions[other].isEnabled == nil {
        isUnstated = isUnstated || subscription.isEnabled != second.subscriptions[other].isEnabled
        first.subscriptions[place].isEnabled = nil
        second.subscriptions[other].isEnabled = nil
      }
    }
    if isUnstated { scope.append("whether subscriptions take rows is not compared: the text does not say") }
  }

  /// That there is a secret is compared, and nothing more of it.
  private mutating func tellSecrets() {
    let holders = Set(first.holdersOfSecrets).intersection(second.holdersOfSecrets).sorted()
    guard !holders.isEmpty else { return }
    let named = holders.prefix(3).map(\.description).joined(separator: ", ")
    let more = holders.count > 3 ? "..., \(holders.count.grouped) objects" : ""
    scope.append("passwords and other secrets are not kept, and so not compared (\(named)\(more))")
  }

  /// A database has properties also where nobody set one: what differs is told of each.
  private mutating func completeDatabases() {
    if first.database.isEmpty { first.database = second.database.map { DatabaseProperties(named: $0.name) } }
    if second.database.isEmpty { second.database = first.database.map { DatabaseProperties(named: $0.name) } }
  }

  /// That only one of them speaks of a role is a difference of what it is granted or owns, and told there.
  private mutating func reduceToSharedRoles() {
    let shared = Set(first.roles.map(\.name)).intersection(second.roles.map(\.name))
    first.roles.removeAll { !shared.contains($0.name) }
    second.roles.removeAll { !shared.contains($0.name) }
  }
}

extension CommonGround {
  /// Who may not see a user mapping's options finds none: they are listed as not compared, and are no difference.
  fileprivate mutating func reduceToSeenMappings() {
    let unseen = first.unseenMappings.union(second.unseenMappings)
    guard !unseen.isEmpty else { return }
    first.forgetOptions(of: unseen)
    second.forgetOptions(of: unseen)
  }
}

extension Schema {
  /// The user mappings of which it is not known whether they have options.
  fileprivate var unseenMappings: Set<ObjectName> {
    guard let listed = notCompared.first(where: { $0.kind == NotCompared.optionsOfMappings }) else {
      return []
    }
    return Set(
      userMappings.filter { mapping in
        mapping.options.isEmpty
          && (listed.count > listed.names.count
            || listed.names.contains("\(mapping.role) on \(mapping.server)"))
      }.map(\.name))
  }

  fileprivate mutating func forgetOptions(of mappings: Set<ObjectName>) {
    for position in userMappings.indices where mappings.contains(userMappings[position].name) {
      userMappings[position].options = []
    }
  }
}

extension SchemaDifference {
  /// The same, seen from the other schema.
  fileprivate var reversed: SchemaDifference {
    var difference = self
    switch change {
    case .missing: difference.change = .unexpected
    case .unexpected: difference.change = .missing
    case .changed(let fact, let expected, let found):
      difference.change = .changed(fact: fact, expected: found, found: expected)
    }
    return difference
  }
}

extension Expressiveness {
  /// The less it can say, the lower: the narrower of two decides what they have in common.
  fileprivate var breadth: Int {
    switch self {
    case .diagram: 0
    case .tables: 1
    case .everything: 2
    }
  }
}
