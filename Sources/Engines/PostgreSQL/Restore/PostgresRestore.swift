import SchemaModel
import SchemaText

/// Restores a dump of `pg_dump`, in any of its formats, into an empty PostgreSQL database.
///
/// `pg_restore`, or our own connection for a plain script, makes what comes before the rows and what comes last; rows, keys, indexes and foreign
/// keys, where dirty data would stop it, are ours.
package final class PostgresRestore: RestoreTarget {
  /// What a restore may leave out.
  package struct Options: Hashable, Sendable {
    /// Whether objects belong to whoever restores, and grants are left out.
    package var withoutOwners = false
    /// Whether the database is a throw-away of ours: no limits, no tablespaces, roles made as needed.
    package var isStaging = false
    /// How many connections load and build at once.
    package var workers: Int
    /// Tables whose rows are restored; `nil` for all.
    package var rowsOf: Set<ObjectName>?
    /// Stored bytes from which on several connections may load one table: below, that costs more than it gains.
    package var leastSharedByteCount = 8 << 20
    /// Stored bytes from which on a table is loaded without its checks and NOT NULLs: below, to load it twice costs less.
    package var leastRelaxedByteCount = 8 << 20
    /// Stored bytes from which on a key is parted from its index (``TableBuilds``).
    package var leastPartedByteCount = 8 << 20
    /// What tells this restore from any other, if it is to be journaled: then another run goes on where this one ends.
    package var identity: String?

    package init(workers: Int) { self.workers = workers }
  }

  package var session: any DatabaseSession { connection }
  package var keptConstraints: Set<ConstraintReference> = []
  /// Rules that are off because rows violate them.
  let rules: RelaxedRules

  let connection: PostgresConnection
  let place: PostgresConnectionString
  let archive: PostgresArchive
  var contents: ArchiveContents { archive.contents }
  let schema: Schema
  let options: Options
  let tool: PostgresTool
  let tablesByName: [ObjectName: Table]
  /// What an earlier run of the same restore has finished.
  let journal: RestoreJournal
  /// The foreign keys that are there.
  var foreignKeys: [ConstraintReference: ForeignKeyState] = [:]
  package private(set) var refusedKeys: [ConstraintReference] = []
  package private(set) var brokenRows: [ConstraintReference: [String]] = [:]
  package private(set) var sharedKeys: [ConstraintReference: [[String]]] = [:]
  package var changedRowCounts: [ObjectName: Int] = [:]
  /// Tables whose rows all were frozen as they were loaded.
  private(set) var frozenTables: Set<ObjectName> = []
  /// Keys and indexes that are still to be built.
  var unbuilt: [ArchiveContents.Entry]
  /// Those among them whose indexes are there, by their entries' numbers.
  private(set) var indexedKeys: [Int: PartedKey] = [:]
  /// The time zone in which the archive's rows were printed; `nil` when it could not be found out.
  var rowTimeZone: String? = "UTC"
  var printedForms = PrintedForms(of: [])
  /// The columns of each table's rows in the archive, in the order of their fields.
  private let columnOrders: [ObjectName: [String]]
  /// Bytes of each table's rows in the archive: larger tables are loaded and read back first.
  let byteCounts: [ObjectName: Int]

  /// Opens the target.
  ///
  /// - Parameters:
  ///   - schema: the model of the dumped database.
  package init(
    archive: PostgresArchive, schema: Schema, into place: PostgresConnectionString, options: Options
  ) throws(EngineError) {
    guard options.rowsOf == nil || !archive.holdsStatementsAlone else {
      throw EngineError(
        .unsupported, "the rows of \(archive.path) cannot be restored in part",
        detail: ["they are statements of a script, which can only be run together"],
        hint: "Restore all of it, without --only and --except.")
    }
    self.archive = archive
    self.place = place
    self.schema = schema
    self.options = options
    tablesByName = Dictionary(uniqueKeysWithValues: schema.tables.map { ($0.name, $0) })
    connection = try PostgresConnection(place, for: options.isStaging ? .staging : .restoring)
    tool = try PostgresTool(atLeast: max(connection.majorVersion, archive.toolMajor ?? 0))
    if let identity = options.identity {
      journal = try Self.journal(of: identity, on: connection)
    } else {
      journal = RestoreJournal()
    }
    unbuilt = archive.contents.entries.filter { $0.isKeyOrIndex }
    rules = RelaxedRules(
      in: schema, besides: Self.checksAddedLater(by: archive.contents, in: schema),
      isJournaled: options.identity != nil)
    let rows = archive.contents.entries.filter { $0.kind == "TABLE DATA" }
    columnOrders = Dictionary(
      rows.compactMap { entry in
        entry.copyColumns.map { (ObjectName(schema: entry.schema, entry.name), $0) }
      }, uniquingKeysWith: { first, _ in first })
    byteCounts = Dictionary(
      rows.map { (ObjectName(schema: $0.schema, $0.name), archive.storedByteCount(of: $0)) },
      uniquingKeysWith: +)
    try resume()
  }

  package func createTables() throws(EngineError) -> String? {
    guard finished(.tables) == nil else { return "made before the interruption" }
    // A new database has a schema `public`; no archive says that the source had none, and old ones make it.
    if contents.makesPublicSchema || !schema.namespaces.contains(where: { $0.name.name == "public" }) {
      try connection.execute("DROP SCHEMA IF EXISTS public")
    }
    if options.isStaging { try makeSuperusers() }
    try statements.runBeforeRows()
    if contents.makesPublicSchema {
      try connection.execute(
        ArchiveContents.publicGrant + ";\n" + (options.withoutOwners ? "" : contents.publicGrants))
    }
    try remember(.tables, "")
    return "\(schema.tables.count) tables"
  }

  package func loadRows(
    settler: (any RowSettler)?, progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [TableDigest] {
    let loader = PostgresLoader(
      place: place, archive: archive, schema: schema, isStaging: options.isStaging,
      leastSharedByteCount: options.leastSharedByteCount,
      leastPartedByteCount: options.leastPartedByteCount, rules: rules,
      isJournaled: options.identity != nil, settler: settler, progress: progress)
    let (tables, loadedBefore) = try splitByJournal(loadable)
    let freed = tables.map(withoutRules)
    try rules.relax(freed.filter { $0.rules != .on }.map(\.table), on: connection)
    progress(loadedBefore.reduce(0) { $0 + $1.digest.rowCount })
    var outcome = try loader.load(freed, workers: options.workers)
    if !outcome.refused.isEmpty {
      try rules.relax(outcome.refused.map(\.table).sorted { $0.name < $1.name }, on: connection)
      outcome.add(try loader.load(outcome.refused.map(\.relaxed), workers: options.workers))
    }
    let rules = rules
    _ = try inParallel(freed.filter { $0.rules == .late }.map(\.table), "checks were put back") {
      try rules.putBack($1, on: $0)
    }
    outcome.loaded += loadedBefore
    unbuilt.removeAll { outcome.built.contains($0.id) }
    indexedKeys = outcome.indexed
    brokenRows = outcome.brokenRows
    sharedKeys = outcome.sharedKeys
    frozenTables = outcome.frozen
    refusedKeys = outcome.violated.flatMap(references(to:))
    try restoreOtherDataOnce()
    rowTimeZone = try timeZone(of: outcome.loaded)
    printedForms = PrintedForms(of: outcome.loaded.map(\.digest))
    return outcome.loaded.map(\.digest)
  }

  /// Tables whose rows the archive holds, with what is built on them.
  private var loadable: [PostgresLoader.Table] {
    let onTable = Dictionary(grouping: unbuilt) { $0.subject }
    return contents.entries.filter { $0.kind == "TABLE DATA" && isWanted($0) }.compactMap { entry in
      guard var table = loadable(entry) else { return nil }
      let waits = rules.hasRelatives(table.table)
      // A column in a primary key cannot be without its NOT NULL, which a relative's rows may still ask for.
      table.builds = (onTable[table.table.name] ?? []).filter { !waits || !$0.isPrimaryKey }
      return table
    }
  }

  /// A large table whose rules are its own is loaded without them, and one of which a check may ask for other tables.
  private func withoutRules(_ table: PostgresLoader.Table) -> PostgresLoader.Table {
    var table = table
    guard rules.areOwn(of: table.table) else { return table }
    switch rules.reach(ofChecksOf: table.table) {
    case .otherTables: table.rules = .late
    // Rows that were once few enough for those that came after them may be too many for themselves.
    case .ownTable: break
    case .row: if table.byteCount >= options.leastRelaxedByteCount { table.rules = .awaited }
    }
    return table
  }

  package func readBack(_ tables: [Table]) throws(EngineError) -> [TableDigest] {
    let largestFirst = largestFirst(tables.filter(\.holdsRows).map(asInArchive), table: \.name)
    let place = place
    let purpose = purpose
    let workers = options.workers
    let encoding = contents.foreignEncoding
    let zone = rowTimeZone
    let forms = printedForms
    return try translatingFailures(of: "the restored rows were read back") {
      try ParallelWork.run(
        largestFirst, workers: workers,
        context: { try Self.reader(of: place, for: purpose, in: zone) },
        perform: { connection, table in try forms.digest(of: table, encoding: encoding, on: connection) })
    }
  }

  /// A connection that prints moments as the archive does.
  static func reader(
    of place: PostgresConnectionString, for purpose: PostgresConnection.Purpose, in zone: String?
  ) throws(EngineError) -> PostgresConnection {
    let connection = try PostgresConnection(place, for: purpose)
    if let zone { try connection.execute("SET TimeZone = \(SQLDialect.postgreSQL.literal(zone))") }
    return connection
  }

  package func finish() throws(EngineError) -> [String] {
    let rest = contents.entries.filter { $0.part == .postData && !$0.isOurs && !$0.isRecorder }
    let wasBegun = finished(.rest) != nil
    try remember(.rest, "")
    let errors = rest.isEmpty ? [] : try statements.run(rest, of: .postData, isRepeated: wasBegun)
    return try errors + restoreWhatTheArchiveLacks()
  }

  /// What no archive carries: settings of the database, which `pg_restore` sets only in a database it makes
  /// itself, and foreign keys whose own triggers somebody switched off.
  private func restoreWhatTheArchiveLacks() throws(EngineError) -> [String] {
    let settings = schema.database.map(\.withoutAdmission).flatMap(DatabaseSQL.paragraphs)
    let triggers = schema.tables.flatMap { table in
      table.foreignKeys.flatMap { TriggerSQL.triggers(of: $0, on: table.name) }
    }
    var errors: [String] = []
    for statement in settings + triggers {
      do throws(EngineError) {
        try connection.execute(statement)
      } catch {
        guard error.kind == .refused else { throw error }
        errors.append(error.message)
      }
    }
    return errors
  }

  package func engineFindings() throws(EngineError) -> [String] {
    // What a partition has from its partitioned table is as valid as that one says it is.
    let unvalidated = try connection.query(
      """
      SELECT CASE WHEN c.contype = 'n' AND c.conrelid <> 0
        THEN (SELECT 'NOT NULL of ' || a.attname FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]) ELSE c.conname END,
        CASE WHEN c.contypid <> 0 THEN c.contypid::regtype::text ELSE c.conrelid::regclass::text END
      FROM pg_constraint c
      WHERE NOT c.convalidated
        AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = c.conparentid AND NOT p.convalidated)
      ORDER BY 2, 1
      """)
    let kept = unvalidatedInSource
    return unvalidated.rows.map { [$0.text(0), $0.text(1)] }.filter { !kept.contains($0) }
      .map { "\($0[0]) of \($0[1]) is not validated" }
  }

  // MARK: - Pieces

  /// Checks that an archive adds by an entry of its own, behind what they call.
  private static func checksAddedLater(
    by contents: ArchiveContents, in schema: Schema
  ) -> Set<ConstraintReference> {
    let names = Set(contents.entries.filter { $0.kind == "CHECK CONSTRAINT" }.map { [$0.schema, $0.name] })
    guard !names.isEmpty else { return [] }
    let references = schema.tables.flatMap { table in
      table.checks.filter { names.contains([table.name.schema, "\(table.name.name) \($0.name)"]) }
        .map { ConstraintReference(kind: .checkConstraint, table: table.name, name: $0.name) }
    }
    return Set(references)
  }

  /// Constraints the source held as NOT VALID or NOT ENFORCED, and those kept so by a policy: name, and table or
  /// domain as the server writes it.
  private var unvalidatedInSource: Set<[String]> {
    let dialect = SQLDialect.postgreSQL
    let ofTables = schema.tables.flatMap { table in
      let keys = table.foreignKeys.filter { !$0.isVouchedFor }.map(\.name)
      let checks = table.checks.filter { !$0.isVouchedFor }.map(\.name)
      // What a NOT NULL is called goes by what it was made with: the column tells.
      let notNulls = table.columns.filter { !$0.notNull.isValidated }.map { "NOT NULL of \($0.name)" }
      return (keys + checks + notNulls)
        .map { [$0, dialect.name(table.name)] }
    }
    let ofDomains = schema.domains.flatMap { domain in
      domain.checks.filter { !$0.isValidated }.map { [$0.name, dialect.name(domain.name)] }
    }
    let byPolicy = keptConstraints.map { kept in
      let domains = tablesByName[kept.table].map { ViolationQuery.domains(of: $0, in: schema) } ?? []
      guard let query = domains.first(where: { $0.constraint == kept }), let domain = query.domain else {
        return [kept.name, dialect.name(kept.table)]
      }
      let rule = kept.name.dropFirst((query.affectedColumns.first ?? "").count + 1)
      return [String(rule), dialect.name(domain)]
    }
    return Set(ofTables + ofDomains + byPolicy)
  }

  /// Makes superusers of the roles that own what only a superuser may own; the archive does not say who was one.
  private func makeSuperusers() throws(EngineError) {
    let kinds: Set<String> = ["EVENT TRIGGER", "FOREIGN DATA WRAPPER", "SUBSCRIPTION"]
    let owners = Set(contents.entries.filter { kinds.contains($0.kind) }.map(\.owner)).subtracting([""])
    for owner in owners.sorted() {
      try connection.execute("ALTER ROLE \(SQLDialect.postgreSQL.identifier(owner)) SUPERUSER")
    }
  }

  /// How connections to the target are made.
  var purpose: PostgresConnection.Purpose { options.isStaging ? .staging : .restoring }

  /// Who runs the archive's statements.
  var statements: ArchiveStatements {
    ArchiveStatements(archive: archive, options: options, tool: tool, connection: connection)
  }

  /// Whether the rows of an entry are to be restored.
  func isWanted(_ entry: ArchiveContents.Entry) -> Bool {
    options.rowsOf.map { $0.contains(ObjectName(schema: entry.schema, entry.name)) } ?? true
  }

  /// The table with its columns in the order in which the archive's rows have them.
  ///
  /// A column that a parent of a table got later stands elsewhere in the table that pg_dump's statements make anew.
  func asInArchive(_ table: Table) -> Table {
    guard let order = columnOrders[table.name], order != table.storedColumns.map(\.name),
      Set(order) == Set(table.storedColumns.map(\.name))
    else { return table }
    var ordered = table
    ordered.columns = order.compactMap(table.column(named:)) + table.columns.filter(\.value.isGenerated)
    return ordered
  }

  func loadable(_ entry: ArchiveContents.Entry) -> PostgresLoader.Table? {
    // Rows that are INSERT statements are none that can be loaded.
    guard entry.data != nil, !entry.copyStatement.isEmpty,
      let table = tablesByName[ObjectName(schema: entry.schema, entry.name)].map(asInArchive)
    else { return nil }
    var loadable = PostgresLoader.Table(
      table: table, entry: entry, byteCount: archive.storedByteCount(of: entry))
    // Text in another encoding is for the server to read.
    if contents.foreignEncoding == nil {
      loadable.binary = BinaryField.all(of: table, filledBy: entry.copyStatement, in: schema)
    }
    return loadable
  }
}

extension ArchiveContents.Entry {
  /// Built by ``PostgresRestore/buildKeysAndIndexes()``.
  var isKeyOrIndex: Bool { kind == "CONSTRAINT" || kind == "INDEX" }

  /// Whether it makes a primary key, and so demands that columns are not NULL.
  var isPrimaryKey: Bool { kind == "CONSTRAINT" && definition.contains(" PRIMARY KEY ") }

  /// Whether our own steps restore it, and not `pg_restore` at the end.
  var isOurs: Bool { isKeyOrIndex || kind == "INDEX ATTACH" || kind == "FK CONSTRAINT" }
}
