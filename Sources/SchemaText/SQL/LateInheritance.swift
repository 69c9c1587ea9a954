import SchemaModel

/// What of tables that inherit is made only when all of them stand.
///
/// A column that a parent got when its child was there already stands behind the child's own columns; parents whose
/// defaults differ can have no child that leaves the choice to them; and a child that is made when its parent has a check
/// takes the check for valid. All are told in the order in which they came to be.
struct LateInheritance {
  /// The tables as `CREATE TABLE` makes them.
  let tables: [Table]
  /// How many of a table's columns `CREATE TABLE` makes, where that is not all.
  private let cuts: [ObjectName: Int]
  private let whole: [ObjectName: Table]
  /// The columns whose default follows, by table.
  private let lateDefaults: [ObjectName: Set<String>]
  /// Checks that heirs have, and rows of theirs need not meet, by the names of their tables.
  private let lateChecks: [ObjectName: Set<String>]
  /// Tables with late columns, and all that inherit from them.
  private let late: Set<ObjectName>
  private let parents: Set<ObjectName>

  init(_ all: [Table]) {
    let children = all.filter { !$0.parents.isEmpty }
    guard !children.isEmpty else {
      (tables, cuts, whole, lateDefaults, lateChecks, late, parents) = (all, [:], [:], [:], [:], [], [])
      return
    }
    let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let cuts = Self.cuts(children, byName)
    var late = Set(cuts.keys)
    var count = -1
    while late.count != count {
      count = late.count
      late.formUnion(children.filter { !late.isDisjoint(with: $0.parents) }.map(\.name))
    }
    let defaults = Self.conflicts(children, byName, cuts)
    whole = byName
    self.cuts = cuts
    self.late = late
    lateDefaults = defaults
    let checks = Self.uncheckedHeirlooms(children, byName)
    lateChecks = checks
    parents = Set(children.flatMap(\.parents))
    tables = all.map { table in
      var made = table
      if let cut = cuts[table.name] { made.columns = Array(table.columns.prefix(cut)) }
      if late.contains(table.name) {
        made.checks = []
        made.primaryKey = nil
        made.uniqueConstraints = []
      }
      if let names = checks[table.name] { made.checks.removeAll { names.contains($0.name) } }
      for position in made.columns.indices
      where defaults[table.name]?.contains(made.columns[position].name) == true {
        made.columns[position].value = .none
      }
      return made
    }
  }

  /// Whether the table's keys and checks follow when all tables stand.
  func isLate(_ table: ObjectName) -> Bool { late.contains(table) }

  /// Whether children would take over how its columns are stored, were it told when the table is made.
  func isParent(_ table: ObjectName) -> Bool { parents.contains(table) }

  /// What follows when all tables stand, in order.
  var groups: [ObjectParagraphs] {
    guard !parents.isEmpty else { return [] }
    let dialect = SQLDialect.postgreSQL
    let additions = columnsInOrder.compactMap { place -> ObjectParagraphs? in
      guard let table = whole[place.table], let column = table.column(named: place.column) else { return nil }
      let noun = table.foreignServer == nil ? "TABLE" : "FOREIGN TABLE"
      let definition = ColumnSQL.definition(column, nameWidth: 0, in: dialect)
      return ObjectParagraphs(
        of: table.reference, ["ALTER \(noun) \(dialect.name(table.name)) ADD COLUMN \(definition);"])
    }
    let named = tables.compactMap { whole[$0.name] }
    return additions + named.flatMap(followers) + named.flatMap(sayingsOfChecks)
  }

  /// What follows of one table when all columns of all tables are there.
  private func followers(of table: Table) -> [ObjectParagraphs] {
    var texts: [String] = []
    for column in table.columns where lateDefaults[table.name]?.contains(column.name) == true {
      if case .default(let expression) = column.value {
        texts.append(TableSQL.setDefault(expression, of: column.name, in: table.name))
      }
    }
    if let cut = cuts[table.name] {
      var rest = table
      rest.columns = Array(table.columns.dropFirst(cut))
      rest.comment = nil
      let corrections = rest.columns.flatMap { column -> [String] in
        // All that inherit it get it as it is added to the first of them.
        let sources = Self.sources(of: column, in: table, whole)
        guard column.isInherited, let source = sources.first.flatMap({ whole[$0] }),
          let added = source.column(named: column.name)
        else { return [] }
        return InheritedShape.corrections(of: column, from: added, isWritten: false)
      }
      texts += CommentSQL.paragraph(corrections.map { TableSettingsSQL.alter(table, $0) })
      if !isParent(table.name) { texts += TableSettingsSQL.columns(rest) }
      texts += CommentSQL.paragraph(of: rest, constraints: []) + TableSettingsSQL.sequences(rest)
      texts += RightsSQL.columns(rest.columns.map { ($0.name, $0.privileges) }, of: table.name)
    }
    if isParent(table.name) { texts += TableSettingsSQL.columns(table) }
    texts += lateChecks(of: table).filter { !$0.isInherited }.map { ConstraintSQL.add($0, to: table) + ";" }
    return texts.isEmpty ? [] : [ObjectParagraphs(of: table.reference, texts)]
  }

  /// The checks that follow when all tables stand.
  private func lateChecks(of table: Table) -> [CheckConstraint] {
    table.checks.filter { isLate(table.name) || lateChecks[table.name]?.contains($0.name) == true }
  }

  /// Of what a table may have from another one's, which must be there first.
  private func sayingsOfChecks(of table: Table) -> [ObjectParagraphs] {
    let texts = lateChecks(of: table).flatMap { check in
      let comesUnchecked = check.isInherited && lateChecks[table.name]?.contains(check.name) == true
      return
        (comesUnchecked && check.isValidated
        ? [ValidationSQL.statement(check.name, of: table.name) + ";"] : [])
        + CommentSQL.onConstraint(check.name, of: table.name, check.comment)
    }
    return texts.isEmpty ? [] : [ObjectParagraphs(of: table.reference, texts)]
  }

  private struct Place: Hashable, Comparable {
    var table: ObjectName
    var column: String

    static func < (left: Place, right: Place) -> Bool {
      (left.table, left.column) < (right.table, right.column)
    }
  }

  /// The late columns that a table has of its own, each behind those that stand before it in any table.
  private var columnsInOrder: [Place] {
    var before: [Place: Set<Place>] = [:]
    for (name, cut) in cuts {
      guard let table = whole[name] else { continue }
      var earlier: [Place] = []
      for column in table.columns.dropFirst(cut) {
        let sources = Self.sources(of: column, in: table, whole)
        for source in sources {
          before[Place(table: source, column: column.name), default: []].formUnion(
            earlier.filter { $0.column != column.name })
        }
        earlier += sources.map { Place(table: $0, column: column.name) }
      }
    }
    return DependencyOrder.sorted(before.keys.sorted(), name: { $0 }) { (before[$0] ?? []).sorted() }
  }

  /// The tables, itself among them, to which a column is added so that the table gets it.
  private static func sources(
    of column: Column, in table: Table, _ all: [ObjectName: Table]
  ) -> [ObjectName] {
    guard column.isInherited else { return [table.name] }
    return table.parents.flatMap { name -> [ObjectName] in
      guard let parent = all[name], let own = parent.column(named: column.name) else { return [] }
      return sources(of: own, in: parent, all)
    }
  }

  /// How many columns each table is made with, where that is not all of them.
  private static func cuts(_ children: [Table], _ all: [ObjectName: Table]) -> [ObjectName: Int] {
    var cuts: [ObjectName: Int] = [:]
    func cut(_ name: ObjectName, at place: Int) -> Bool {
      guard let table = all[name], place < (cuts[name] ?? table.columns.count) else { return false }
      cuts[name] = place
      return true
    }
    func early(_ table: Table) -> ArraySlice<Column> {
      table.columns.prefix(cuts[table.name] ?? table.columns.count)
    }
    var isChanging = true
    while isChanging {
      isChanging = false
      for child in children {
        let parents = child.parents.compactMap { all[$0] }
        var hasOwn = false
        for (place, column) in child.columns.enumerated() {
          let given = parents.filter { $0.column(named: column.name) != nil }
          let isGivenLate = given.contains { parent in
            !early(parent).contains { $0.name == column.name }
          }
          if column.isInherited, hasOwn || isGivenLate, cut(child.name, at: place) { isChanging = true }
          if given.isEmpty { hasOwn = true }
        }
        for column in child.columns.dropFirst(cuts[child.name] ?? child.columns.count)
        where column.isInherited {
          for parent in parents {
            guard let place = parent.columns.firstIndex(where: { $0.name == column.name }) else { continue }
            if cut(parent.name, at: place) { isChanging = true }
          }
        }
      }
    }
    // What still does not come about in this way is made by itself and made a child afterwards.
    for child in children where cuts[child.name] != nil {
      let names = InheritedShape.merged(
        child.parents.compactMap { all[$0] }.map { parent in
          var parent = parent
          parent.columns = Array(early(parent))
          return parent
        }
      ).map(\.name)
      let made = early(child).map(\.name)
      if names + made.filter({ !names.contains($0) }) != made { return [:] }
    }
    return cuts
  }

  /// Checks that a table has from another one and that its rows need not meet, with the tables that share them.
  private static func uncheckedHeirlooms(
    _ children: [Table], _ all: [ObjectName: Table]
  ) -> [ObjectName: Set<String>] {
    var names: [ObjectName: Set<String>] = [:]
    for child in children {
      let unchecked = child.checks.filter { $0.isInherited && $0.isEnforced && !$0.isValidated }
      if !unchecked.isEmpty { names[child.name] = Set(unchecked.map(\.name)) }
    }
    var isGrowing = !names.isEmpty
    while isGrowing {
      isGrowing = false
      for child in children {
        let inherited = Set(child.checks.filter(\.isInherited).map(\.name))
        for parent in child.parents.compactMap({ all[$0] }) {
          let shared = inherited.intersection(parent.checks.map(\.name))
            .intersection(names[child.name, default: []].union(names[parent.name, default: []]))
          for table in [child.name, parent.name] where !shared.isSubset(of: names[table, default: []]) {
            names[table, default: []].formUnion(shared)
            isGrowing = true
          }
        }
      }
    }
    return names
  }

  /// Columns of parents whose defaults contradict each other, for a child that takes the column from both.
  private static func conflicts(
    _ children: [Table], _ all: [ObjectName: Table], _ cuts: [ObjectName: Int]
  ) -> [ObjectName: Set<String>] {
    var late: [ObjectName: Set<String>] = [:]
    for child in children where child.parents.count > 1 {
      for column in child.columns.prefix(cuts[child.name] ?? child.columns.count) where column.isInherited {
        let given = child.parents.filter { name in
          if case .default = all[name]?.column(named: column.name)?.value { return true }
          return false
        }
        let values = Set(given.compactMap { all[$0]?.column(named: column.name)?.value })
        guard values.count > 1 else { continue }
        for parent in given { late[parent, default: []].insert(column.name) }
      }
    }
    return late
  }
}
