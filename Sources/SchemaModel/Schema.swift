/// Everything Plumbline knows of a database's structure at one moment.
///
/// All lists are sorted by name, so that equal databases give equal values.
package struct Schema: Hashable, Sendable {
  package var engine: DatabaseEngine
  /// The version of the server or library it was read from, such as `15.20`; no fact of the schema.
  package var serverVersion: String
  package var namespaces: [Namespace] = []
  package var extensions: [InstalledExtension] = []
  package var enums: [EnumType] = []
  package var domains: [DomainType] = []
  package var sequences: [SequenceGenerator] = []
  package var tables: [Table] = []
  package var views: [View] = []
  /// What was seen and is not in the lists above; a comparison that saw any cannot say "same".
  package var notCompared: [NotCompared] = []
  /// What its source can say at all; no fact, so it is neither written nor fingerprinted.
  package var expressiveness = Expressiveness.everything

  package init(engine: DatabaseEngine, serverVersion: String) {
    self.engine = engine
    self.serverVersion = serverVersion
  }

  /// The table of that name; linear, so build a dictionary for many look-ups.
  package func table(named name: ObjectName) -> Table? {
    tables.first { $0.name == name }
  }

  /// How many modelled objects there are, members of tables included.
  package var objectCount: Int {
    let members = tables.reduce(0) { sum, table in
      sum + table.columns.count + table.keys.count + table.foreignKeys.count + table.checks.count
        + table.exclusions.count + table.indexes.count
    }
    let indexes = views.reduce(0) { $0 + $1.indexes.count }
    return namespaces.count + extensions.count + enums.count + domains.count + sequences.count + tables.count
      + views.count + members + indexes
  }
}
