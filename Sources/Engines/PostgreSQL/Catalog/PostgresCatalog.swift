import SchemaModel

/// Reads a database's structure from its system catalog: about one query for each kind of object.
///
/// The caller holds a transaction that gives all queries one snapshot. Only `pg_catalog` is read, so no
/// lock is taken on a user's table except where the server takes ACCESS SHARE itself, in order to print what
/// names columns: checks, generated columns, expressions and predicates of indexes, partition keys, and the
/// queries of views.
struct PostgresCatalog {
  let connection: PostgresConnection
  /// What another connection was asked already.
  var ahead: QueriesAhead?
  /// Where the objects that were read stand in the catalog.
  let addresses = PostgresAddresses()
  /// What goes with an extension and is not yet read.
  let dependents = ExtensionDependents()

  /// Everything the catalog holds, modelled or counted.
  ///
  /// - Parameter printable: whether ``Schema/precedences`` is read too.
  func schema(printable: Bool = true) throws(EngineError) -> Schema {
    try connection.execute(Self.settings)
    addresses.areNeeded = printable
    try readExtensionDependents()
    var relations = try relations()
    try readColumns(into: &relations)
    try readTableSettings(into: &relations)
    let sequences = try readSequences(into: &relations)
    try readConstraints(into: &relations)
    let indexes = try indexes(in: relations)
    readIndexes(indexes, into: &relations)
    try readExclusions(indexes, into: &relations)
    try readAttachedIndexes(into: &relations)
    try readViewDefinitions(into: &relations)
    try readPolicies(into: &relations)
    try readTriggers(into: &relations)
    try readRules(into: &relations)
    let surroundings =
      if let read = ahead?.surroundings() { read } else { try surroundings() }
    addresses.note(surroundings.addresses)
    var schema = surroundings.schema
    schema.sequences = sequences
    schema.routines = try routines()
    schema.tables = relations.takeTables()
    schema.views = relations.sortedViews
    if printable { schema.precedences = try precedences(in: relations) }
    // Last: another connection was asked these, which take long, while this one asked the others.
    schema.changedPrivileges = try changedPrivileges()
    schema.notCompared = try notCompared(schema.subscriptions)
    return schema
  }

  /// What is read without a look at relations, and so can be read by another connection meanwhile.
  struct Surroundings: Sendable {
    /// Without relations and routines.
    var schema: Schema
    /// Where its objects stand.
    var addresses: [PostgresAddresses.Address: ObjectReference]
  }

  func surroundings() throws(EngineError) -> Surroundings {
    var schema = Schema(engine: .postgreSQL, serverVersion: connection.serverVersion)
    schema.databaseOwner = try connection.query(
      "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).rows.first?.optional(0)
    schema.roles = try roles()
    schema.defaultPrivileges = try defaultPrivileges()
    schema.securityLabels = try securityLabels()
    schema.database = try databaseProperties()
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
    schema.aggregates = try aggregates()
    schema.accessMethods = try accessMethods()
    schema.operators = try operators()
    schema.operatorFamilies = try operatorFamilies()
    schema.operatorClasses = try operatorClasses()
    schema.casts = try casts()
    schema.conversions = try conversions()
    schema.transforms = try transforms()
    schema.eventTriggers = try eventTriggers()
    return Surroundings(schema: schema, addresses: addresses.objects)
  }

  /// For the transaction: to begin a parallel worker takes longer than any of these queries.
  static let settings = "SET LOCAL max_parallel_workers_per_gather = 0"

  /// The queries that take long where there are many tables, in the order in which they are needed.
  var largeQueries: [String] {
    [
      relationsQuery, columnsQuery, sequencesQuery, constraintsQuery, query(for: .checks), indexesQuery,
      query(for: .predicates), changedPrivilegesQuery, notComparedQuery,
    ]
  }

  /// The answer to one of them, maybe asked already.
  func answer(to query: String) throws(EngineError) -> PostgresResult {
    if let answer = ahead?.answer(to: query) { return answer }
    return try connection.query(query)
  }

  /// A condition on `namespace`, an alias of `pg_namespace`: true for schemas that belong to the user.
  ///
  /// `plumb_quarantine` holds rows a restore set aside, ``PostgresRecorder/schema`` who changed what, ``RestoreJournal``
  /// what a restore has finished: Plumbline's own.
  static func isUsers(namespace: String) -> String {
    """
    \(namespace).nspname !~ '^pg_' AND \(namespace).nspname \
    NOT IN (\(notTheUsers))
    """
  }

  /// The names of schemas that belong to nobody's design.
  static let notTheUsers =
    "'information_schema', 'plumb_quarantine', '\(PostgresRecorder.schema)', '\(RestoreJournal.schemaName)'"

  /// What `initdb` made has a smaller oid (`FirstNormalObjectId`).
  static let firstUserObject = 16_384

  /// A constant: an array of numbers, in quotes.
  static func array(_ numbers: [Int]) -> String {
    "'{\(numbers.lazy.map(String.init).joined(separator: ","))}'"
  }

  /// A condition: true when the object at `oid` in the catalog `catalog` is no member of an extension.
  ///
  /// Only on an extension can anything depend so; that it is said leads to the few that do.
  static func isFree(catalog: String, oid: String) -> String {
    """
    NOT EXISTS (SELECT FROM pg_depend member WHERE member.refclassid = 'pg_extension'::regclass \
    AND member.classid = '\(catalog)'::regclass AND member.objid = \(oid) AND member.deptype = 'e')
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

  /// `FROM` and `WHERE` for the user's objects of a catalog that no extension brought, with their comments
  /// where they are asked for.
  func from(
    _ catalog: String, _ alias: String, namespace: String, comment: Bool = false, joining joins: String = ""
  ) -> String {
    """
    FROM \(catalog) \(alias) JOIN pg_namespace n ON n.oid = \(alias).\(namespace) \(joins)
    \(comment ? Self.joinComment(catalog: catalog, oid: "\(alias).oid") : "")
    WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: catalog, oid: "\(alias).oid"))
    """
  }
}
