/// A sequence that stands by itself or is owned by a column; the sequence of an identity column is the column's.
package struct SequenceGenerator: OwnedObject {
  package var name: ObjectName
  package var options = SequenceOptions()
  /// The column whose removal removes the sequence (`OWNED BY`), from `pg_depend` with deptype `a`.
  package var ownedBy: ColumnReference?
  /// Whether its state is left out of the write-ahead log (`pg_class.relpersistence` = `u`).
  package var isUnlogged = false
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .sequence }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<SequenceGenerator>] =
    [
      Facet("options", .breaksApplication, \.options),
      Facet("owned by", .cosmetic, \.ownedBy),
      Facet("unlogged", .breaksApplication, \.isUnlogged),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}

/// How a sequence counts, from `pg_sequence`; its current value is data and not part of the schema.
package struct SequenceOptions: Hashable, Sendable {
  /// `bigint`, `integer` or `smallint`.
  package var type = "bigint"
  package var start = 1
  package var increment = 1
  package var minimum = 1
  package var maximum = Int.max
  package var cache = 1
  package var cycles = false

  package init() {}
}

extension SequenceOptions: FacetRepresentable {
  package var facetValue: FacetValue {
    .record([
      "type": .text(type), "start": .number(start), "increment": .number(increment),
      "minimum": .number(minimum), "maximum": .number(maximum), "cache": .number(cache),
      "cycles": .flag(cycles),
    ])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    type = try String(facetValue: facetValue["type"])
    start = try Int(facetValue: facetValue["start"])
    increment = try Int(facetValue: facetValue["increment"])
    minimum = try Int(facetValue: facetValue["minimum"])
    maximum = try Int(facetValue: facetValue["maximum"])
    cache = try Int(facetValue: facetValue["cache"])
    cycles = try Bool(facetValue: facetValue["cycles"])
  }

  package var facetDescription: String {
    "\(type) start \(start) increment \(increment) minimum \(minimum) maximum \(maximum) cache \(cache)"
      + (cycles ? " cycle" : "")
  }
}

/// A column of a table, by name.
package struct ColumnReference: Hashable, Sendable {
  package var table: ObjectName
  package var column: String

  package init(table: ObjectName, column: String) {
    self.table = table
    self.column = column
  }
}

extension ColumnReference: FacetRepresentable {
  package var facetValue: FacetValue { .record(["table": table.facetValue, "column": .text(column)]) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    table = try ObjectName(facetValue: facetValue["table"])
    column = try String(facetValue: facetValue["column"])
  }
  package var facetDescription: String { "\(table).\(column)" }
}

extension ObjectName: FacetRepresentable {
  package var facetValue: FacetValue { .list([schema.facetValue, .text(name)]) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    guard case .list(let parts) = facetValue, parts.count == 2 else {
      throw FacetMismatch(expected: "a schema and a name", found: facetValue)
    }
    self.init(schema: try String?(facetValue: parts[0]), try String(facetValue: parts[1]))
  }
  package var facetDescription: String { description }
}
