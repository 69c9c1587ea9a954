import SchemaModel

/// The blueprint and the live schema, ready for looking up what a difference is about.
///
/// What they have in common is found once: by the probes, the comparison and the consequences alike.
package struct DriftContext {
  let ground: CommonGround
  let blueprint: Side
  let live: Side
  /// Whether both have the same tables, each the same in every fact.
  let haveSameTables: Bool
  /// The tables that both have and that are not the same in every fact, by name.
  let unequal: [Pair]
  /// What was counted on the live data, by demand; see ``DriftProbes``.
  package var evidence: [EvidenceSubject: Evidence]

  /// What the lines of the blueprint came to, when it is a drawing.
  var lines: [DrawnLine] { ground.lines }

  /// A table as it is drawn, and as it is.
  struct Pair {
    var drawn: Table
    var live: Table
  }

  /// One of the two schemas, by name.
  struct Side {
    /// By name, so that what is found comes in a fixed order.
    let tables: [Table]
    let enums: [ObjectName: EnumType]
    /// Where each table stands in ``tables``.
    fileprivate let places: [ObjectName: Int]

    /// - Parameter other: a side whose tables are the same.
    init(_ schema: Schema, sharingTablesOf other: Side? = nil) {
      tables = schema.tables
      places =
        other?.places
        ?? Dictionary(
          tables.indices.map { (schema.tables[$0].name, $0) }, uniquingKeysWith: { one, _ in one })
      enums = Dictionary(schema.enums.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    }

    func table(_ name: ObjectName) -> Table? { places[name].map { tables[$0] } }

    func has(_ table: ObjectName) -> Bool { places[table] != nil }

    /// Whether the table is there and has all these columns.
    func has(_ columns: [String], in table: ObjectName) -> Bool {
      guard let table = self.table(table) else { return false }
      return Set(table.columns.map(\.name)).isSuperset(of: columns)
    }
  }

  /// Linear in the size of both.
  package init(blueprint: Schema, live: Schema, evidence: [EvidenceSubject: Evidence] = [:]) {
    var ground = CommonGround.of(blueprint, live)
    let areSame = ground.first.tables.equalsOnAllCores(ground.second.tables)
    // Mostly they are, and then whoever compares them again has only one list to look at.
    if areSame { ground.second.tables = ground.first.tables }
    let drawn = Side(ground.first)
    let found = Side(ground.second, sharingTablesOf: areSame ? drawn : nil)
    self.ground = ground
    self.blueprint = drawn
    self.live = found
    haveSameTables = areSame
    let places = areSame ? 0..<0 : drawn.tables.indices
    unequal = places.compactMap { place in
      guard let other = found.places[drawn.tables[place].name], found.tables[other] != drawn.tables[place]
      else { return nil }
      return Pair(drawn: drawn.tables[place], live: found.tables[other])
    }
    self.evidence = evidence
  }

  /// Whether a restore from the blueprint adds the constraint without checking any row (`NOT VALID`, `NOT ENFORCED`).
  func isDrawnUnchecked(_ object: ObjectReference) -> Bool {
    guard let table = blueprint.table(object.owner) else { return false }
    return table.foreignKeys.contains { $0.name == object.member && !$0.isVouchedFor }
      || table.checks.contains { $0.name == object.member && !$0.isVouchedFor }
  }

  /// The tables that both have and of which a flaw may be told: those that differ, and those whose rows were counted.
  var suspect: [Pair] {
    let known = Set(unequal.map(\.drawn.name))
    let counted = Set(evidence.keys.map(\.table)).subtracting(known).compactMap { name -> Pair? in
      guard let drawn = blueprint.table(name), let live = live.table(name) else { return nil }
      return Pair(drawn: drawn, live: live)
    }
    return counted.isEmpty ? unequal : (unequal + counted).sorted { $0.drawn.name < $1.drawn.name }
  }

  /// What was counted about the object, if anything.
  func evidence(for object: ObjectReference) -> Evidence? {
    EvidenceSubject(object).flatMap { evidence[$0] }
  }
}

extension ForeignKey {
  /// Whether another key demands the same parents for the same columns.
  func demandsSameParents(as other: ForeignKey) -> Bool {
    columns == other.columns && referencedTable == other.referencedTable
      && referencedColumns == other.referencedColumns && match == other.match
  }

  /// The key as a line drawn from table to table; a drawn line may leave its columns open.
  func arrow(from table: ObjectName) -> String {
    guard !columns.isEmpty else { return "\(table) -> \(referencedTable)" }
    return "\(table) (\(columns.joined(separator: ", "))) -> \(referencedTable) "
      + "(\(referencedColumns.joined(separator: ", ")))"
  }
}
