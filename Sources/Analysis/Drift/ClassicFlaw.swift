import SchemaModel

/// One of the three flaws by which a blueprint turns a short restore into a long one.
package struct ClassicFlaw: Hashable, Sendable {
  /// Which of the three.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A foreign key is drawn, and production does not hold its rows to it.
    case orphanedForeignKey = "orphaned foreign key"
    /// A relation is drawn directly and kept in a table of its own, or the other way round.
    case implicitJoinTable = "implicit join table"
    /// A column is drawn optional and is NOT NULL, or the other way round.
    case nullability
  }

  package var kind: Kind
  /// What is wrong, in one sentence.
  package var sentence: String
  /// The objects it is about.
  package var objects: [ObjectReference]
  /// What a restore from the blueprint meets, in one sentence.
  package var consequence: String

  package init(kind: Kind, sentence: String, objects: [ObjectReference], consequence: String) {
    self.kind = kind
    self.sentence = sentence
    self.objects = objects
    self.consequence = consequence
  }

  /// The flaw's name in plain words, as reports print it and JSON holds it.
  package var title: String { kind.rawValue }

  /// Whether a difference between blueprint and production is this flaw seen from near.
  package func explains(_ difference: SchemaDifference) -> Bool {
    guard objects.contains(difference.object) else { return false }
    switch (kind, difference.change) {
    case (.orphanedForeignKey, .missing): return true
    case (.orphanedForeignKey, .changed(let fact, _, _)):
      return ["columns", "referenced table", "referenced columns", "match", "validated"].contains(fact)
    case (.implicitJoinTable, .missing), (.implicitJoinTable, .unexpected): return true
    case (.nullability, .changed(let fact, _, _)):
      return ["not null", DrawnLine.parentFact, DrawnLine.childrenFact].contains(fact)
    case (.nullability, .missing): return difference.object.kind == .uniqueConstraint
    case (.orphanedForeignKey, .unexpected), (.implicitJoinTable, .changed), (.nullability, .unexpected):
      return false
    }
  }
}
