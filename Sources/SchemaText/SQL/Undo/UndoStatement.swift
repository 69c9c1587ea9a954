import SchemaModel

/// One statement of a script that makes a found database what another schema says.
package struct UndoStatement: Hashable, Sendable {
  /// When it runs.
  package enum Section: Hashable, Sendable, CaseIterable {
    /// By itself, because what it makes cannot be used in the transaction that makes it.
    case before
    /// In the one transaction that does all or nothing.
    case inTransaction
    /// By itself, when no lock is held: it reads all rows of a table, or the server allows it in no transaction.
    case after
  }

  /// What is lost by it.
  package enum Risk: Hashable, Sendable {
    case none
    /// What is gone for good, in words: `the rows of the table`.
    case losesData(String)
    /// Nothing by itself, but it only works along with statements that lose what belongs to this object.
    case follows(ObjectReference)

    /// Whether a script that is to lose nothing leaves it out.
    package var isWithheld: Bool { self != .none }
  }

  /// With its closing semicolon.
  package var sql: String
  /// The object it is about.
  package var subject: ObjectReference
  package var section: Section
  package var risk: Risk
}

/// A difference that no statement can undo.
package struct NotUndoable: Hashable, Sendable {
  package var object: ObjectReference
  /// The fact, as a facet table or the comparison labels it.
  package var fact: String
  /// Why, in words after a colon.
  package var reason: String
}
