/// A column of a table.
package struct Column: SchemaObject {
  package var name: String
  /// As `format_type` prints it with an empty search path; SQLite: the declared type, as written.
  package var type = ""
  /// The collation when it is not the type's own, qualified for PostgreSQL.
  package var collation: String?
  package var isNotNull = false
  /// Where its value comes from when a row does not give it.
  package var value = ColumnValue.none
  /// What is said of its NOT NULL.
  package var notNull = NotNullTerms()
  /// What is said of its identity's sequence.
  package var sequence = IdentitySequence()
  /// Whether it is there only because a parent table has it (`NOT pg_attribute.attislocal`); never of a partition.
  package var isInherited = false
  /// How long values are kept (`pg_attribute.attstorage`) when it is not the type's way: `external`.
  package var storage: String?
  /// How long values are compressed (`pg_attribute.attcompression`) when it is said: `lz4`.
  package var compression: String?
  /// How finely ANALYZE looks at it (`pg_attribute.attstattarget`) when it is not the server's way.
  package var statisticsTarget: Int?
  /// Options such as `n_distinct=100` (`pg_attribute.attoptions`).
  package var options: [String] = []
  /// Options of a foreign table's column (`pg_attribute.attfdwoptions`), sorted.
  package var foreignOptions: [String] = []
  /// Grants on this column alone, from `pg_attribute.attacl`.
  package var privileges: [Grant] = []
  package var comment: Comment?

  package var kind: ObjectKind { .column }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<Column>] = [
    Facet("type", .breaksRestore, \.type),
    Facet("collation", .breaksApplication, \.collation),
    Facet("not null", .breaksRestore, \.isNotNull),
    Facet("default", .breaksApplication, \.value),
    Facet("not null name", .cosmetic, \.notNull.name),
    Facet("not null no inherit", .breaksApplication, \.notNull.isNotInherited),
    Facet("not null validated", .breaksRestore, \.notNull.isValidated),
    Facet("not null conflict action", .breaksApplication, \.notNull.conflictAction),
    Facet("not null comment", .cosmetic, \.notNull.comment),
    Facet("sequence name", .breaksApplication, \.sequence.name),
    Facet("sequence privileges", .security, \.sequence.privileges),
    Facet("sequence unlogged", .breaksApplication, \.sequence.isUnlogged),
    Facet("sequence comment", .cosmetic, \.sequence.comment),
    Facet("inherited", .breaksApplication, \.isInherited),
    Facet("storage", .performance, \.storage),
    Facet("compression", .performance, \.compression),
    Facet("statistics target", .performance, \.statisticsTarget),
    Facet("options", .performance, \.options, comparedAs: SettledOptions.of),
    Facet("foreign options", .breaksApplication, \.foreignOptions),
    Facet("privileges", .security, \.privileges),
    Facet("comment", .cosmetic, \.comment),
  ]

  /// The sensitivity its comment declares (`@sensitive email`); values of such a column are never printed.
  package var sensitivity: String? { comment?.tag("sensitive") }
}

/// Where a column's value comes from when a row does not give it.
package enum ColumnValue: Hashable, Sendable {
  case none
  /// An expression computed when a row is inserted, from `pg_attrdef`.
  case `default`(String)
  /// Numbers from the column's own sequence; `always` refuses values given by the row.
  case identity(always: Bool, SequenceOptions)
  /// An expression over the row's other columns, stored or computed when read.
  case generated(String, isStored: Bool)

  package var isGenerated: Bool {
    if case .generated = self { return true }
    return false
  }

  package var isIdentity: Bool {
    if case .identity = self { return true }
    return false
  }
}

extension ColumnValue: FacetRepresentable {
  package var facetValue: FacetValue {
    switch self {
    case .none: .absent
    case .default(let expression): .text(expression)
    case .identity(let always, let options):
      .record(["identity": .text(always ? "always" : "by default"), "sequence": options.facetValue])
    case .generated(let expression, let isStored):
      .record(["generated": .text(expression), "stored": .flag(isStored)])
    }
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    switch facetValue {
    case .absent: self = .none
    case .text(let expression): self = .default(expression)
    case .record(let fields) where fields["generated"] != nil:
      self = .generated(
        try String(facetValue: facetValue["generated"]), isStored: try Bool(facetValue: facetValue["stored"]))
    case .record:
      self = .identity(
        always: try String(facetValue: facetValue["identity"]) == "always",
        try SequenceOptions(facetValue: facetValue["sequence"]))
    case .flag, .number, .list: throw FacetMismatch(expected: "a default", found: facetValue)
    }
  }

  package var facetDescription: String {
    switch self {
    case .none: "none"
    case .default(let expression): expression
    case .identity(let always, let options):
      "identity \(always ? "always" : "by default") (\(options.facetDescription))"
    case .generated(let expression, let isStored):
      "generated \(isStored ? "stored" : "virtual") \(expression)"
    }
  }
}
