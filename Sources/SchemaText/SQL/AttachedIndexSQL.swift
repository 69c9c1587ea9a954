import SchemaModel

/// The shares that partitions have in the indexes and keys of their partitioned tables, as SQL.
///
/// Only those of which something is said: the others come with the partitioned table's own.
struct AttachedIndexSQL {
  /// What a share is a share of.
  private enum Whole {
    case index(TableIndex)
    case key(KeyConstraint)
    case exclusion(ExclusionConstraint)

    var options: [String] {
      switch self {
      case .index(let whole): whole.options
      case .key(let whole): whole.index.options
      case .exclusion(let whole): whole.index.options
      }
    }

    var tablespace: String? {
      switch self {
      case .index(let whole): whole.tablespace
      case .key(let whole): whole.index.tablespace
      case .exclusion(let whole): whole.index.tablespace
      }
    }
  }

  private let order: PartitionOrder

  init(_ order: PartitionOrder) { self.order = order }

  /// What makes the shares of a partition.
  ///
  /// It must stand before the partitioned table's index, which then takes them over instead of making others.
  func paragraphs(of table: Table) -> [String] {
    table.attached.indexes.flatMap { index -> [String] in
      creation(of: index, in: table)
    }
  }

  private func creation(of index: String, in table: Table) -> [String] {
    switch share(of: index, in: table) {
    case nil: []
    case .index(let share):
      IndexSQL.paragraphs([share], on: table.name, isPartitioned: table.partitionKey != nil)
    case .key(let share):
      [ConstraintSQL.add(share, to: table) + ";"] + sayings(of: share.index, index, in: table)
    case .exclusion(let share):
      [ConstraintSQL.add(share, to: table) + ";"] + sayings(of: share.index, index, in: table)
    }
  }

  /// What makes the partition's own indexes its shares in indexes that not every partition has one in: those take none over.
  func attachments(of table: Table) -> [String] {
    table.attached.incomplete.compactMap { index in
      guard let parent = order.ancestors(of: table).first else { return nil }
      let whole = self.whole(index, in: parent) == nil ? name(of: index, in: parent) : index
      let share = ObjectName(schema: table.name.schema, name(of: index, in: table))
      let dialect = SQLDialect.postgreSQL
      return "ALTER \(dialect.index(whole, of: parent.name)) ATTACH PARTITION \(dialect.name(share))"
    }
  }

  /// The partition as `DETACH PARTITION` leaves it: what it had shares in is its own, and the foreign keys are.
  func detached(_ table: Table) -> Table {
    var own = table
    own.attached = AttachedIndexes()
    for ancestor in order.ancestors(of: table) {
      let names = ancestor.indexes.map(\.name) + ancestor.keys.map(\.name) + ancestor.exclusions.map(\.name)
      for name in names where hasShare(in: name, table) {
        switch share(of: name, in: table) {
        case nil: break
        case .index(let share): own.indexes.append(share)
        case .key(let share) where share.isPrimary: own.primaryKey = share
        case .key(let share): own.uniqueConstraints.append(share)
        case .exclusion(let share): own.exclusions.append(share)
        }
      }
      let known = Set(own.foreignKeys.map(\.name))
      own.foreignKeys += ancestor.foreignKeys.filter { !known.contains($0.name) }
    }
    own.indexes.sort { $0.name < $1.name }
    own.uniqueConstraints.sort { $0.name < $1.name }
    own.exclusions.sort { $0.name < $1.name }
    own.foreignKeys.sort { $0.name < $1.name }
    return own
  }

  /// Whether a partition has a share in an index of a table above.
  private func hasShare(in index: String, _ table: Table) -> Bool {
    switch whole(index, of: table) {
    case nil: false
    case .index(let whole): whole.isValid || table.attached.incomplete.contains(index)
    case .key(let whole): whole.index.isValid || table.attached.incomplete.contains(index)
    case .exclusion(let whole): whole.index.isValid || table.attached.incomplete.contains(index)
    }
  }

  /// A partition's share, under its own name and with what is said of it alone.
  private func share(of index: String, in table: Table) -> Whole? {
    switch whole(index, of: table) {
    case nil: return nil
    case .index(var share):
      share.name = name(of: index, in: table)
      share.isValid = !isOnly(index, table)
      share.options = options(of: index, in: table)
      share.tablespace = tablespace(of: index, in: table)
      share.statisticsTargets = table.attached.statisticsTargets[index] ?? [:]
      share.comment = table.attached.comments[index]
      share.extensions = table.attached.extensions[index] ?? []
      return .index(share)
    case .key(var share):
      share.name = name(of: index, in: table)
      share.index = constraintIndex(of: index, in: table)
      share.comment = table.attached.constraintComments[index]
      return .key(share)
    case .exclusion(var share):
      share.name = name(of: index, in: table)
      share.index = constraintIndex(of: index, in: table)
      share.comment = table.attached.constraintComments[index]
      return .exclusion(share)
    }
  }

  /// Whether the name of a partition's own index is one that the server would invent for a share of another index, so
  /// that it must be taken before.
  func mustPrecede(_ index: TableIndex, of table: Table) -> Bool {
    for ancestor in order.ancestors(of: table) {
      for whole in ancestor.indexes {
        let isAlike =
          whole.keys == index.keys && whole.predicate == index.predicate && whole.method == index.method
        if !isAlike, whole.inventedName(of: table.name.name) == index.name { return true }
      }
    }
    return false
  }

  /// What makes the shares of a partition others, once they are there.
  ///
  /// - Parameters:
  ///   - found: the partition as it is, and where it stands; `nil` when its shares are all just made.
  ///   - isRemade: whether the index of that name was made anew, and the partition's share with it.
  func changes(
    from found: (table: Table, shares: AttachedIndexSQL)?, to table: Table, isRemade: (String) -> Bool
  ) -> [String] {
    let indexes = Set(table.attached.indexes).union(found?.table.attached.indexes ?? []).sorted()
    return indexes.flatMap { index -> [String] in
      guard whole(index, of: table) != nil else { return [] }
      let old = isRemade(index) ? nil : found
      if table.attached.incomplete.contains(index), old?.table.attached.incomplete.contains(index) != true {
        var made = table
        made.attached.incomplete = [index]
        return creation(of: index, in: table) + attachments(of: made)
      }
      let said = old?.table.attached ?? AttachedIndexes()
      let oldName = old.map { $0.shares.name(of: index, in: $0.table) } ?? inventedName(of: index, in: table)
      return renaming(index, from: oldName, of: table)
        + changes(
          of: index, in: table, from: said,
          options: old.map { $0.shares.options(of: index, in: $0.table) }
            ?? options(of: index, in: table, ownSaid: false),
          tablespace: old.map { $0.shares.tablespace(of: index, in: $0.table) }
            ?? tablespace(of: index, in: table, ownSaid: false))
    }
  }

  private func renaming(_ index: String, from old: String, of table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = name(of: index, in: table)
    guard old != name else { return [] }
    return ["ALTER \(dialect.index(old, of: table.name)) RENAME TO \(dialect.identifier(name))"]
  }

  private func changes(
    of index: String, in table: Table, from said: AttachedIndexes, options found: [String],
    tablespace place: String?
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = name(of: index, in: table)
    let noun = dialect.index(name, of: table.name)
    var statements = OptionChange.storage(noun, from: found, to: options(of: index, in: table))
    let tablespace = tablespace(of: index, in: table)
    if tablespace != place { statements.append(TablespaceChange.statement(noun, to: tablespace)) }
    let (old, new) = (
      said.statisticsTargets[index] ?? [:], table.attached.statisticsTargets[index] ?? [:]
    )
    for key in Set(old.keys).union(new.keys).sorted() where old[key] != new[key] {
      statements.append("ALTER \(noun) ALTER COLUMN \(key) SET STATISTICS \(new[key] ?? -1)")
    }
    statements += ExtensionSQL.dependencies(
      of: noun, from: said.extensions[index] ?? [], to: table.attached.extensions[index] ?? [])
    if said.comments[index] != table.attached.comments[index] {
      statements.append(CommentChange.statement(on: noun, table.attached.comments[index]))
    }
    if said.constraintComments[index] != table.attached.constraintComments[index] {
      statements.append(
        CommentChange.statement(
          on: "CONSTRAINT \(dialect.identifier(name)) ON \(dialect.name(table.name))",
          table.attached.constraintComments[index]))
    }
    return statements
  }

  private func constraintIndex(of index: String, in table: Table) -> ConstraintIndex {
    var own = ConstraintIndex()
    own.isValid = !isOnly(index, table)
    own.options = options(of: index, in: table)
    own.tablespace = tablespace(of: index, in: table)
    own.comment = table.attached.comments[index]
    own.extensions = table.attached.extensions[index] ?? []
    return own
  }

  /// Whether a share must be made without shares of its own for the partitions below.
  private func isOnly(_ index: String, _ table: Table) -> Bool {
    table.partitionKey != nil && table.attached.incomplete.contains(index)
  }

  private func sayings(of own: ConstraintIndex, _ index: String, in table: Table) -> [String] {
    let name = name(of: index, in: table)
    return CommentSQL.onConstraint(name, of: table.name, table.attached.constraintComments[index])
      + ConstraintSQL.sayings(of: own, name, in: table.name)
  }

  private func whole(_ index: String, of table: Table) -> Whole? {
    for ancestor in order.ancestors(of: table) {
      if let found = whole(index, in: ancestor) { return found }
    }
    return nil
  }

  private func whole(_ index: String, in table: Table) -> Whole? {
    if let found = table.indexes.first(where: { $0.name == index }) { return .index(found) }
    if let found = table.keys.first(where: { $0.name == index }) { return .key(found) }
    return table.exclusions.first { $0.name == index }.map { .exclusion($0) }
  }

  /// The options a share has, its own or those of what it is a share of.
  private func options(of index: String, in table: Table, ownSaid: Bool = true) -> [String] {
    (ownSaid ? table.attached.options[index] : nil)
      ?? passedOn(index, to: table, said: \.options) { $0.options } ?? []
  }

  private func tablespace(of index: String, in table: Table, ownSaid: Bool = true) -> String? {
    (ownSaid ? table.attached.tablespaces[index] : nil)
      ?? passedOn(index, to: table, said: \.tablespaces) { $0.tablespace }
  }

  /// What a share has from the nearest table above that says something of it, or from what all are shares of.
  private func passedOn<Fact>(
    _ index: String, to table: Table, said: KeyPath<AttachedIndexes, [String: Fact]>,
    otherwise: (Whole) -> Fact?
  ) -> Fact? {
    for ancestor in order.ancestors(of: table) {
      if let passedOn = ancestor.attached[keyPath: said][index] { return passedOn }
      if let whole = whole(index, in: ancestor) { return otherwise(whole) }
    }
    return nil
  }

  private func name(of index: String, in table: Table) -> String {
    table.attached.names[index] ?? inventedName(of: index, in: table)
  }

  /// The name that the server gives a share by itself.
  private func inventedName(of index: String, in table: Table) -> String {
    let name =
      switch whole(index, of: table) {
      case .index(let whole): whole.inventedName(of: table.name.name)
      case .key(let whole) where whole.isPrimary:
        InventedName.of(nil, in: table.name.name, label: "pkey")
      case .key(let whole):
        InventedName.of(
          InventedName.addition(whole.columns + whole.includedColumns), in: table.name.name, label: "key")
      case .exclusion(let whole):
        InventedName.of(
          InventedName.addition(InventedName.columns(of: whole.keys) + whole.includedColumns),
          in: table.name.name,
          label: "excl")
      case nil: index
      }
    let taken = Set(table.indexes.map(\.name) + table.keys.map(\.name) + table.exclusions.map(\.name))
    guard taken.contains(name) else { return name }
    let number = (1...).first { !taken.contains("\(name)\($0)") }
    return "\(name)\(number ?? 1)"
  }
}
