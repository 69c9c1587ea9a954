import SchemaModel

/// What an object that one schema lacks may be called there.
package enum RenameGuess: Hashable, Sendable, CustomStringConvertible {
  /// The second schema has an object that is equal but for this name.
  case to(String)
  /// The first schema has an object that is equal but for this name.
  case from(String)

  /// `perhaps renamed to full_name`.
  package var description: String {
    switch self {
    case .to(let name): "perhaps renamed to \(name)"
    case .from(let name): "perhaps renamed from \(name)"
    }
  }
}

/// Pairs of a missing and an unexpected object that are equal but for their names and comments.
struct RenamePairs<Object: SchemaObject> {
  private var newNames: [Object.Name: Object.Name] = [:]
  private var oldNames: [Object.Name: Object.Name] = [:]

  /// - Parameter likeness: what two objects share that differ in their names alone. When more than one object
  ///   on a side is alike, nothing is guessed.
  init<Likeness: Hashable>(missing: [Object], unexpected: [Object], likeness: (Object) -> Likeness) {
    guard !missing.isEmpty, !unexpected.isEmpty else { return }
    let candidates = Dictionary(grouping: unexpected, by: likeness)
    for (likeness, old) in Dictionary(grouping: missing, by: likeness) {
      guard old.count == 1, let new = candidates[likeness], new.count == 1 else { continue }
      newNames[old[0].name] = new[0].name
      oldNames[new[0].name] = old[0].name
    }
  }

  /// The guess for an object that the second schema lacks.
  func guess(missing name: Object.Name) -> RenameGuess? {
    newNames[name].map { .to("\($0)") }
  }

  /// The guess for an object that the first schema lacks.
  func guess(unexpected name: Object.Name) -> RenameGuess? {
    oldNames[name].map { .from("\($0)") }
  }
}

extension SchemaObject {
  /// What the object shares with one that was only renamed.
  var likeness: [FacetValue] {
    Self.facets.filter { $0.label != "comment" }.map { $0.value(self) }
  }
}

extension Table {
  /// What the table shares with one that was only renamed.
  var likeness: Table {
    var table = self
    let nameless = ObjectName("")
    for position in table.foreignKeys.indices where table.foreignKeys[position].referencedTable == name {
      table.foreignKeys[position].referencedTable = nameless
    }
    table.name = nameless
    table.comment = nil
    return table
  }
}
