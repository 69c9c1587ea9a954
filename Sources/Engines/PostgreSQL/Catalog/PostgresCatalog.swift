import SchemaModel

/// Reads a database's structure from its system catalog: about one query for each kind of object.
///
/// The caller holds a transaction that gives all queries one snapshot. Only `pg_catalog` is read, so no
/// lock is taken on a user's table except where the server takes ACCESS SHARE itself, in order to print what
/// names columns: checks, generated columns, expressions and predicates of indexes, partition keys, and the
/// queries of views.
struct PostgresCatalog {
  let connection: PostgresConnection
  /// Where the objects that were read stand in the catalog.
  let addresses = PostgresAddresses()

  /// Everything the catalog holds, modelled or counted.
  func schema() throws(EngineError) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: connection.serverVersion)
    schema.databaseOwner = try connection.query(
      "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).rows.first?.optional(0)
    var relations = try relations()
    try readColumns(into: &relations)
    try readTableSettings(into: &relations)
    schema.sequences = try readSequences(into: &relations)
    try readConstraints(into: &relations)
    try readIndexes(into: &relations)
    try readViewDefinitions(into: &relations)
    try readPolicies(into: &relations)
    schema.roles = try roles()
    schema.defaultPrivileges = try defaultPrivileges()
    schema.securityLabels = try securityLabels()
    schema.database = try databaseProperties()
    try readTriggers(into: &relations)
    try readRules(into: &relations)
    schema.namespaces = try namespaces()
    schema.extensions = try extensions()
    schema.enums = try enums()
    schema.collations = try collations()
    schema.textSearchParsers = try textSearchParsers()
    schema.textSearchTemplates = try textSearchTemplates()
    schema.textSearchDictionaries = try textSearchDictionaries()
    schema.textSearchConfigurations = try textSearchConfigurations()
    schema.foreignDataWrappers = try foreignDataWrappers()
    schema.foreignServers = try foreignServers()
    schema.userMappings = try userMappings()
    schema.statistics = try statistics()
    schema.publications = try publications()
    schema.subscriptions = try subscriptions()
    schema.shellTypes = try shellTypes()
    schema.scalarTypes = try scalarTypes()
    schema.rangeTypes = try rangeTypes()
    schema.compositeTypes = try compositeTypes()
    schema.domains = try domains()
    schema.languages = try languages()
    schema.routines = try routines()
    schema.aggregates = try aggregates()
    schema.accessMethods = try accessMethods()
    schema.operators = try operators()
    schema.operatorFamilies = try operatorFamilies()
    schema.operatorClasses = try operatorClasses()
    schema.casts = try casts()
    schema.conversions = try conversions()
    schema.transforms = try transforms()
    schema.tables = relations.sortedTables
    schema.views = relations.sortedViews
    schema.eventTriggers = try eventTriggers()
    schema.precedences = try precedences(in: relations)
    schema.notCompared = try notCompared()
    return schema
  }

  /// A condition on `namespace`, an alias of `pg_namespace`: true for schemas that belong to the user.
  ///
  /// `plumb_quarantine` holds rows a restore set aside, ``PostgresRecorder/schema`` who changed what: Plumbline's own.
  static func isUsers(namespace: String) -> String {
    """
    \(namespace).nspname !~ '^pg_' AND \(namespace).nspname \
    NOT IN ('information_schema', 'plumb_quarantine', '\(PostgresRecorder.schema)')
    """
  }

  /// A condition: true when the object at `oid` in the catalog `catalog` is no member of an extension.
  static func isFree(catalog: String, oid: String) -> String {
    """
    NOT EXISTS (SELECT FROM pg_depend member WHERE member.classid = '\(catalog)'::regclass \
    AND member.objid = \(oid) AND member.deptype = 'e')
    """
  }

  /// A condition: true when the object at `oid` was not made along with another one, as the functions and the
  /// cast of a range type are.
  static func isMadeByItself(catalog: String, oid: String) -> String {
    """
    NOT EXISTS (SELECT FROM pg_depend part WHERE part.classid = '\(catalog)'::regclass \
    AND part.objid = \(oid) AND part.deptype = 'i')
    """
  }

  /// A LEFT JOIN that brings the object's comment as `comment.description`.
  static func joinComment(catalog: String, oid: String, column: String = "0") -> String {
    """
    LEFT JOIN pg_description comment ON comment.classoid = '\(catalog)'::regclass \
    AND comment.objoid = \(oid) AND comment.objsubid = \(column)
    """
  }

  /// An expression: the texts of `values` joined so that ``PostgresResult/Row/list(_:)`` reads them.
  static func joined(_ values: String) -> String { "array_to_string(\(values), E'\\x01')" }
}

/// Tables and views as they are put together, found by their `pg_class.oid`.
struct PostgresRelations {
  /// A relation that is being read.
  struct Relation {
    /// Column names by `pg_attribute.attnum`.
    var columnNames: [Int: String] = [:]
    /// `pg_attribute.atttypid` by `attnum`.
    var columnTypes: [Int: Int] = [:]
    /// `pg_attribute.attcollation` by `attnum`.
    var columnCollations: [Int: Int] = [:]
    /// The columns' positions in `Table.columns` by `attnum`.
    var columnPositions: [Int: Int] = [:]
    var name: ObjectName
  }

  var relations: [Int: Relation] = [:]
  var tables: [Int: Table] = [:]
  var views: [Int: View] = [:]

  /// The names of columns by their numbers; a number of 0 (an expression) gives nothing.
  func columns(_ numbers: [Int], of oid: Int) -> [String] {
    numbers.compactMap { relations[oid]?.columnNames[$0] }
  }

  var sortedTables: [Table] {
    tables.values.map { table in
      var table = table
      table.uniqueConstraints.sort { $0.name < $1.name }
      table.foreignKeys.sort { $0.name < $1.name }
      table.checks.sort { $0.name < $1.name }
      table.exclusions.sort { $0.name < $1.name }
      table.indexes.sort { $0.name < $1.name }
      table.triggers.sort { $0.name < $1.name }
      table.rules.sort { $0.name < $1.name }
      return table
    }.sorted { $0.name < $1.name }
  }

  var sortedViews: [View] {
    views.values.map { view in
      var view = view
      view.indexes.sort { $0.name < $1.name }
      view.triggers.sort { $0.name < $1.name }
      view.rules.sort { $0.name < $1.name }
      return view
    }.sorted { $0.name < $1.name }
  }
}
