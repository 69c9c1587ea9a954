import SchemaModel
import SchemaText

/// Which constraints of which tables are counted.
package struct CheckScope: Hashable, Sendable {
  /// What people call constraints by what they are for.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case foreignKey = "foreign-key"
    /// Primary keys, unique constraints and unique indexes.
    case key
    case notNull = "not-null"
    case check
    case exclusion

    /// What a query is about; a domain's rules are checks and NOT NULLs like others.
    init?(_ query: ViolationQuery) {
      switch query.constraint.kind {
      case .foreignKey: self = .foreignKey
      case .primaryKey, .uniqueConstraint, .index: self = .key
      case .column: self = .notNull
      case .checkConstraint: self = .check
      case .domainType: self = query.isNotNull ? .notNull : .check
      case .exclusionConstraint: self = .exclusion
      case _: return nil
      }
    }
  }

  /// A pattern that no table of the database fits.
  package struct NothingFits: Error, Hashable {
    package let pattern: NamePattern
    /// The names of the tables there are.
    package let tables: [ObjectName]
  }

  /// Empty for all.
  package var kinds: Set<Kind> = []
  /// Tables that are looked at, with their partitions; empty for all.
  package var only: [NamePattern] = []
  /// Tables that are not.
  package var except: [NamePattern] = []

  package init(kinds: Set<Kind> = [], only: [NamePattern] = [], except: [NamePattern] = []) {
    self.kinds = kinds
    self.only = only
    self.except = except
  }

  package var isEverything: Bool { self == CheckScope() }

  /// Whether keys of all rows are printed; foreign keys alone cost the server less by hashing.
  var comparesKeys: Bool { kinds.isEmpty || kinds.contains(.key) }

  func includes(_ query: ViolationQuery) -> Bool {
    kinds.isEmpty || Kind(query).map(kinds.contains) == true
  }

  /// The tables that are looked at, by name.
  func tables(of schema: Schema) throws(NothingFits) -> Set<ObjectName> {
    for pattern in only + except where !schema.tables.contains(where: { pattern.fits($0.name) }) {
      throw NothingFits(pattern: pattern, tables: schema.tables.map(\.name))
    }
    let order = PartitionOrder(schema.tables)
    let chosen = schema.tables.filter { table in
      let lineage = order.lineage(of: table)
      func isNamed(_ patterns: [NamePattern]) -> Bool {
        patterns.contains { pattern in lineage.contains { pattern.fits($0.name) } }
      }
      return (only.isEmpty || isNamed(only)) && !isNamed(except)
    }
    return Set(chosen.map(\.name))
  }
}
