/// A table with everything that belongs to it.
package struct Table: OwnedObject {
  package var name: ObjectName
  /// Whether crash recovery empties it (`pg_class.relpersistence` = `u`).
  package var isUnlogged = false
  /// How a partitioned table is cut, as `pg_get_partkeydef` prints it: `RANGE (payment_date)`.
  package var partitionKey: String?
  /// Of which table it is a partition, and for which rows.
  package var partition: PartitionBounds?
  /// The tables it inherits from, in order (`pg_inherits.inhseqno`); a partition's is in ``partition``.
  package var parents: [ObjectName] = []
  /// The composite type that gives it its columns (`pg_class.reloftype`).
  package var rowType: ObjectName?
  /// The foreign server that has its rows, when it is a foreign table.
  package var foreignServer: String?
  /// `name=value`, sorted; of an option that may be a secret only the name, ``ForeignOption``.
  package var foreignOptions: [String] = []
  /// How it is stored (`pg_class.relam`) when it is not `heap`; of a partitioned table whatever its partitions are told.
  package var accessMethod: String?
  /// Where it is stored when it is not where the database is.
  package var tablespace: String?
  /// Storage parameters such as `fillfactor=70` (`pg_class.reloptions`).
  package var options: [String] = []
  /// Storage parameters of its TOAST table, where long values are kept, sorted.
  package var toastOptions: [String] = []
  package var replicaIdentity = ReplicaIdentity.primaryKey
  /// The index that CLUSTER orders it by (`pg_index.indisclustered`).
  package var clusteredOn: String?
  /// Whether policies decide who sees and writes which rows (`pg_class.relrowsecurity`).
  package var hasRowSecurity = false
  /// Whether they do so for the owner too (`relforcerowsecurity`).
  package var forcesRowSecurity = false
  /// SQLite: `STRICT`.
  package var isStrict = false
  /// SQLite: `WITHOUT ROWID`.
  package var isWithoutRowID = false
  /// Of the triggers a partition has from its parent, those that fire at other times than the parent's, by name.
  package var inheritedTriggers: [String: Firing] = [:]
  /// What is said of its shares of its partitioned table's indexes.
  package var attached = AttachedIndexes()
  /// What is said of its shares of its partitioned table's foreign keys and triggers.
  package var attachedRules = AttachedRules()
  package var rights = AccessRights()
  package var comment: Comment?

  /// In their order in the table.
  package var columns: [Column] = []
  package var primaryKey: KeyConstraint?
  /// By name, as are all that follow.
  package var uniqueConstraints: [KeyConstraint] = []
  package var foreignKeys: [ForeignKey] = []
  package var checks: [CheckConstraint] = []
  package var exclusions: [ExclusionConstraint] = []
  /// Indexes that no constraint owns and no parent table's index implies.
  package var indexes: [TableIndex] = []
  package var policies: [Policy] = []
  package var triggers: [Trigger] = []
  package var rules: [RewriteRule] = []

  package var kind: ObjectKind { .table }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Table>] =
    [
      Facet("unlogged", .breaksApplication, \.isUnlogged),
      Facet("partition key", .breaksRestore, \.partitionKey),
      Facet("partition of", .breaksRestore, \.partition),
      Facet("inherits", .breaksRestore, \.parents),
      Facet("row type", .breaksApplication, \.rowType),
      Facet("foreign server", .breaksRestore, \.foreignServer),
      Facet("foreign options", .breaksApplication, \.foreignOptions),
      Facet("access method", .performance, \.accessMethod),
      Facet("tablespace", .performance, \.tablespace),
      Facet("storage parameters", .performance, \.options, comparedAs: SettledOptions.of),
      Facet("toast storage parameters", .performance, \.toastOptions, comparedAs: SettledOptions.of),
      Facet("replica identity", .breaksApplication, \.replicaIdentity),
      Facet("clustered on", .performance, \.clusteredOn),
      Facet("row security", .security, \.hasRowSecurity),
      Facet("row security for the owner", .security, \.forcesRowSecurity),
      Facet("strict", .breaksRestore, \.isStrict),
      Facet("without rowid", .breaksApplication, \.isWithoutRowID),
      Facet("inherited triggers", .breaksApplication, \.inheritedTriggers),
      Facet("comment", .cosmetic, \.comment),
    ] + AttachedIndexes.facets + AttachedRules.facets + Facet.rights

  /// The column of that name.
  package func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The columns whose values are stored as given, in order: what an archive carries of a row.
  package var storedColumns: [Column] {
    columns.filter { !$0.value.isGenerated }
  }

  /// The primary key and the unique constraints.
  package var keys: [KeyConstraint] { (primaryKey.map { [$0] } ?? []) + uniqueConstraints }
}

/// A partition's place in its partitioned table.
package struct PartitionBounds: Hashable, Sendable {
  package var parent: ObjectName
  /// As `pg_get_expr(relpartbound)` prints it: `FOR VALUES FROM (…) TO (…)` or `DEFAULT`.
  package var bounds: String

  package init(parent: ObjectName, bounds: String) {
    self.parent = parent
    self.bounds = bounds
  }
}

extension PartitionBounds: FacetRepresentable {
  package var facetValue: FacetValue {
    .record(["parent": parent.facetValue, "bounds": .text(bounds)])
  }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    parent = try ObjectName(facetValue: facetValue["parent"])
    bounds = try String(facetValue: facetValue["bounds"])
  }
  package var facetDescription: String { "\(parent) \(bounds)" }
}
