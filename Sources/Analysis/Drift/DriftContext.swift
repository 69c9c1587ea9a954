import SchemaModel

/// The blueprint and the live schema, ready for looking up what a difference is about.
///
/// What they have in common is found once: by the probes, the comparison and the consequences alike.
package struct DriftContext {
  let ground: CommonGround
  let blueprint: Side
  let live: Side
  /// What was counted on the live data, by demand; see ``DriftProbes``.
  package var evidence: [EvidenceSubject: Evidence]

  /// What the lines of the blueprint came to, when it is a drawing.
  var lines: [DrawnLine] { ground.lines }

  /// One of the two schemas, by name.
  struct Side {
    let tables: [ObjectName: Table]
    /// The same by name, so that what is found comes in a fixed order.
    let sortedTables: [Table]
    let enums: [ObjectName: EnumType]

    init(_ schema: Schema) {
      sortedTables = schema.tables
      tables = Dictionary(schema.tables.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
      enums = Dictionary(schema.enums.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    }

    /// Whether the table is there and has all these columns.
    func has(_ columns: [String], in table: ObjectName) -> Bool {
      guard let table = tables[table] else { return false }
      return Set(table.columns.map(\.name)).isSuperset(of: columns)
    }
  }

  /// Linear in the size of both.
  package init(blueprint: Schema, live: Schema, evidence: [EvidenceSubject: Evidence] = [:]) {
    ground = CommonGround.of(blueprint, live)
    self.blueprint = Side(ground.first)
    self.live = Side(ground.second)
    self.evidence = evidence
  }

  /// Whether a restore from the blueprint adds the constraint without checking any row (`NOT VALID`).
  func isDrawnUnchecked(_ object: ObjectReference) -> Bool {
    guard let table = blueprint.tables[object.owner] else { return false }
    return table.foreignKeys.contains { $0.name == object.member && !$0.isValidated }
      || table.checks.contains { $0.name == object.member && !$0.isValidated }
  }

  /// Whether anything was counted about the table or its members.
  func hasEvidence(about table: ObjectName) -> Bool { evidence.keys.contains { $0.table == table } }

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
