/// Everything Plumbline knows of a database's structure at one moment.
///
/// All lists are sorted by name, so that equal databases give equal values.
package struct Schema: Hashable, Sendable {
  package var engine: DatabaseEngine
  /// The version of the server or library it was read from, such as `15.20`; no fact of the schema.
  package var serverVersion: String
  /// The role that owns the database it was read from; no fact, but what a `nil` owner of an object stands for.
  package var databaseOwner: String?
  /// Whether an object without an owner belongs to the database's owner; a text that names no owner says nothing of it.
  package var statesOwners = true
  /// Whether it says which materialized views hold rows; a dump of the structure alone fills none.
  package var statesPopulation = true
  package var roles: [Role] = []
  package var namespaces: [Namespace] = []
  package var extensions: [InstalledExtension] = []
  package var collations: [Collation] = []
  package var enums: [EnumType] = []
  package var shellTypes: [ShellType] = []
  package var scalarTypes: [ScalarType] = []
  package var rangeTypes: [RangeType] = []
  package var compositeTypes: [CompositeType] = []
  package var domains: [DomainType] = []
  package var textSearchParsers: [TextSearchParser] = []
  package var textSearchTemplates: [TextSearchTemplate] = []
  package var textSearchDictionaries: [TextSearchDictionary] = []
  package var textSearchConfigurations: [TextSearchConfiguration] = []
  package var foreignDataWrappers: [ForeignDataWrapper] = []
  package var foreignServers: [ForeignServer] = []
  package var userMappings: [UserMapping] = []
  package var sequences: [SequenceGenerator] = []
  package var languages: [ProceduralLanguage] = []
  package var routines: [Routine] = []
  package var aggregates: [Aggregate] = []
  package var accessMethods: [AccessMethod] = []
  package var operators: [OperatorSymbol] = []
  package var operatorFamilies: [OperatorFamily] = []
  package var operatorClasses: [OperatorClass] = []
  package var casts: [TypeCast] = []
  package var conversions: [EncodingConversion] = []
  package var transforms: [TypeTransform] = []
  package var tables: [Table] = []
  package var virtualTables: [VirtualTable] = []
  package var views: [View] = []
  package var statistics: [ExtendedStatistics] = []
  package var publications: [Publication] = []
  package var subscriptions: [Subscription] = []
  package var defaultPrivileges: [DefaultPrivileges] = []
  package var changedPrivileges: [ChangedPrivileges] = []
  package var securityLabels: [SecurityLabel] = []
  /// At most one.
  package var database: [DatabaseProperties] = []
  package var eventTriggers: [EventTrigger] = []
  /// What must be made before its turn; by object.
  package var precedences: [Precedence] = []
  /// What was seen and is not in the lists above; a comparison that saw any cannot say "same".
  package var notCompared: [NotCompared] = []
  /// What its source can say at all; no fact, so it is neither written nor fingerprinted.
  package var expressiveness = Expressiveness.everything

  package init(engine: DatabaseEngine, serverVersion: String) {
    self.engine = engine
    self.serverVersion = serverVersion
  }

  /// The table of that name; quick where the tables are sorted, as they are but while a schema is made.
  package func table(named name: ObjectName) -> Table? {
    var (low, high) = (tables.startIndex, tables.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if tables[middle].name < name { low = middle + 1 } else { high = middle }
    }
    if low < tables.endIndex, tables[low].name == name { return tables[low] }
    return tables.first { $0.name == name }
  }

  /// Whether any table inherits from the table of that name.
  package func isInherited(_ name: ObjectName) -> Bool {
    // By place: to hand each table to a closure is to copy it, and this is asked for every table.
    for place in tables.indices where !tables[place].parents.isEmpty {
      if tables[place].parents.contains(name) { return true }
    }
    return false
  }

  /// How many modelled objects there are, members of tables included.
  package var objectCount: Int {
    countsByKind.reduce(0) { $0 + $1.count }
  }
}
