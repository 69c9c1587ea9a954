import SchemaModel

/// What may read tables when an expression calls it, so that the answer goes by more than the row that is asked about.
///
/// More than do, hardly ever fewer: what speaks of a table, runs text it has made, or is written in a language that is not
/// read here; and what speaks of these. What a cast calls is not looked at.
package struct TableReaders: Sendable {
  private let names: Set<String>

  package init(of schema: Schema) {
    let relations = Set((schema.tables.map(\.name) + schema.views.map(\.name)).map(\.name))
    var names: Set<String> = []
    var others: [(name: String, mentioned: Set<String>)] = []
    for routine in schema.routines {
      let name = routine.name.name.beforeTypes
      if let mentioned = routine.mentionedNames, !mentioned.contains("execute"),
        mentioned.isDisjoint(with: relations)
      {
        others.append((name, mentioned))
      } else {
        names.insert(name)
      }
    }
    others += schema.operators.map { ($0.name.name.beforeTypes, Self.names(in: $0.function)) }
    others += schema.domains.map {
      ($0.name.name, Self.names(in: $0.checks.map(\.expression).joined(separator: " ")))
    }
    var count = -1
    while names.count > count {
      count = names.count
      for other in others where !other.mentioned.isDisjoint(with: names) { names.insert(other.name) }
    }
    self.names = names
  }

  /// Whether a table has a check that may call one.
  package func mayBeCalled(byChecksOf table: Table) -> Bool {
    !names.isEmpty && table.checks.contains { !Self.names(in: $0.expression).isDisjoint(with: names) }
  }

  fileprivate static func names(in text: String) -> Set<String> { Set(Mentions(in: text).names.map(\.name)) }
}

extension Routine {
  /// The names its body speaks of, also as they are read where they are not quoted; `nil` when it cannot be read here.
  fileprivate var mentionedNames: Set<String>? {
    switch (body, language) {
    case (.statements(let text), _), (.text(let text), "sql"), (.text(let text), "plpgsql"):
      TableReaders.names(in: text).union(TableReaders.names(in: text.lowercased()))
    // Names a function that the server has.
    case (.symbol, _), (.text, "internal"): []
    case (.text, _): nil
    }
  }
}

extension String {
  /// What an operator or a routine is called, without the types of its arguments.
  fileprivate var beforeTypes: String { String(prefix { $0 != "(" }) }
}
