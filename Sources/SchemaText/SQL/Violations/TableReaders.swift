import SchemaModel

/// What may read tables when an expression calls it, so that the answer goes by more than the row that is asked about.
///
/// More than do, hardly ever fewer: what speaks of a table, runs text it has made, or is written in a language that is not
/// read here; and what speaks of these. What a cast calls is not looked at.
package struct TableReaders: Sendable {
  /// What a table's checks may go by.
  package enum Reach: Sendable {
    case row
    /// Other rows of the table too: each row was held against those before it.
    case ownTable
    case otherTables
  }

  /// The tables and views that each may read; `nil` when these may be any.
  private let readers: [String: Set<String>?]

  package init(of schema: Schema) {
    let relations = Set((schema.tables.map(\.name) + schema.views.map(\.name)).map(\.name))
    var readers: [String: Set<String>?] = [:]
    var speakers: [(name: String, mentioned: Set<String>)] = []
    /// Whether it was not known before that it reads these.
    func note(_ name: String, reading read: Set<String>?) -> Bool {
      guard let known = readers[name] else {
        readers.updateValue(read, forKey: name)
        return true
      }
      guard let known, read.map({ !$0.isSubset(of: known) }) ?? true else { return false }
      readers.updateValue(read.map(known.union), forKey: name)
      return true
    }
    for routine in schema.routines {
      let name = routine.name.name.beforeTypes
      guard let mentioned = routine.mentionedNames, !mentioned.contains("execute") else {
        _ = note(name, reading: nil)
        continue
      }
      let read = mentioned.intersection(relations)
      if !read.isEmpty { _ = note(name, reading: read) }
      speakers.append((name, mentioned))
    }
    speakers += schema.operators.map { ($0.name.name.beforeTypes, Self.names(in: $0.function)) }
    speakers += schema.domains.map { domain in
      (domain.name.name, Self.names(in: domain.checks.map(\.expression).joined(separator: " ")))
    }
    var hasGrown = !readers.isEmpty
    while hasGrown {
      hasGrown = false
      for speaker in speakers {
        for name in speaker.mentioned where name != speaker.name {
          guard let read = readers[name] else { continue }
          hasGrown = note(speaker.name, reading: read) || hasGrown
        }
      }
    }
    self.readers = readers
  }

  /// What the checks of a table go by at most.
  package func reach(ofChecksOf table: Table) -> Reach {
    guard !readers.isEmpty else { return .row }
    var reach = Reach.row
    for name in table.checks.reduce(into: Set<String>(), { $0.formUnion(Self.names(in: $1.expression)) }) {
      guard let read = readers[name] else { continue }
      guard read == [table.name.name] else { return .otherTables }
      reach = .ownTable
    }
    return reach
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
