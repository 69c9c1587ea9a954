import SchemaModel

/// `Documentation/Facts.md`, made from the facet tables: every kind of object, every fact, its shape, and what a
/// difference in it means.
package enum FactsDocument {
  package static let path = "Documentation/Facts.md"

  package static func text() -> String {
    var sections = Sections()
    EveryKind.visit(&sections)
    let contents = sections.sections.sorted { $0.kind.rank < $1.kind.rank }
    return head + "\n" + contents.map(\.text).joined(separator: "\n")
  }

  private static let head = """
    # The facts that are compared

    Made by `make facts` from the facet tables in `Sources/SchemaModel`; do not edit. What stands here is read from
    the catalog, compared, told with its consequence, written to `schema.json` and into the fingerprint. What a database
    holds and this list does not is reported as "seen, not compared", and the verdict is then "could not tell".

    """

  private struct Sections: KindVisitor {
    struct Section {
      var kind: ObjectKind
      var text: String
    }

    private(set) var sections: [Section] = []

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, named name: Object.Name
    ) {
      let plain = Object(named: name)
      guard !sections.contains(where: { $0.kind == plain.kind }) else { return }
      let rows = Object.facets.map { facet in
        let other = (try? EveryFact.changed(plain, facet)).map(facet.value) ?? .absent
        return
          "| `\(facet.label)` | \(FactsDocument.shape(of: other)) | \(FactsDocument.plain(facet.value(plain))) "
          + "| \(facet.severity.label)\(facet.isBuiltByText ? "" : "; not in the fingerprint") |"
      }
      let head = "## \(plain.kind.label)\n\n| fact | shape | default | a difference |\n|---|---|---|---|\n"
      sections.append(Section(kind: plain.kind, text: head + rows.joined(separator: "\n") + "\n"))
    }
  }

  private static func shape(of value: FacetValue) -> String {
    switch value {
    case .absent: "none"
    case .flag: "true or false"
    case .number: "number"
    case .text: "text"
    case .list(let values):
      values.first.map {
        if case .record = $0 { "list of records: \(keys(of: $0))" } else { "list of \(shape(of: $0))s" }
      }
        ?? "list"
    case .record: "record: \(keys(of: value))"
    }
  }

  private static func keys(of value: FacetValue) -> String {
    guard case .record(let fields) = value else { return "" }
    return fields.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func plain(_ value: FacetValue) -> String {
    switch value {
    case .absent: "none"
    case .flag(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .text(let text): text.isEmpty ? "empty" : "`\(text)`"
    case .list(let values): values.isEmpty ? "empty" : value.description
    case .record(let fields): fields.isEmpty ? "empty" : value.description
    }
  }
}
