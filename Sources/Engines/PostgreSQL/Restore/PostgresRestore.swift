import Foundation
import SchemaModel
import SchemaText

/// Restores a directory archive of `pg_dump` into an empty PostgreSQL database.
///
/// `pg_restore` makes what comes before the rows and what comes last; rows, keys, indexes and foreign
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

    package init(workers: Int) { self.workers = workers }
  }

  package var session: any DatabaseSession { connection }
  package internal(set) var relaxedConstraints: [ConstraintReference] = []
  package var keptConstraints: Set<ConstraintReference> = []
  /// Rules of domains that are off while rows are loaded.
  var relaxedDomainRules: [DomainRule] = []

  let connection: PostgresConnection
  let place: PostgresConnectionString
  let archive: String
  let contents: ArchiveContents
  let schema: Schema
  let options: Options
  let tool: PostgresTool
  let tablesByName: [ObjectName: Table]
  /// Keys and indexes that are still to be built.
  var unbuilt: [ArchiveContents.Entry]
  /// Errors that pre-data reported for objects no row needs.
  private let rowCounts: [ObjectName: Int]

  /// Opens the archive and the target.
  ///
  /// - Parameters:
  ///   - archive: the folder `pg_dump --format=directory` wrote.
  ///   - schema: the model of the dumped database, from the backup's schema document.
  ///   - rowCounts: how many rows each table holds, from the manifest: larger tables are loaded first.
  package init(
    archive: String, schema: Schema, rowCounts: [ObjectName: Int], into place: PostgresConnectionString,
    options: Options
  ) throws(EngineError) {
    self.archive = archive
    self.place = place
    self.schema = schema
    self.rowCounts = rowCounts
    self.options = options
    tablesByName = Dictionary(uniqueKeysWithValues: schema.tables.map { ($0.name, $0) })
    contents = try Self.readContents(of: archive)
    connection = try PostgresConnection(place, for: options.isStaging ? .staging : .restoring)
    tool = try PostgresTool(atLeast: connection.majorVersion)
    unbuilt = contents.entries.filter { $0.isKeyOrIndex }
  }

  /// The archive's table of contents.
  package static func readContents(of archive: String) throws(EngineError) -> ArchiveContents {
    let path = archive + "/toc.dat"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EngineError(
        .damaged, "this is no pg_dump directory archive: \(archive)", detail: ["it has no readable toc.dat"],
        hint: "'plumb backups' lists the backups that can be restored.")
    }
    do {
      return try ArchiveContents(directoryContents: [UInt8](data))
    } catch {
      throw EngineError(
        .damaged, "the archive's table of contents is damaged: \(path)",
        detail: ["at byte \(error.position): \(error.reason)"],
        hint: "Use another backup: 'plumb backups' lists them.")
    }
  }

  package func createTables() throws(EngineError) -> String? {
    // A new database has a schema `public`; no archive says that the source had none.
    if !schema.namespaces.contains(where: { $0.name.name == "public" }) {
      try connection.execute("DROP SCHEMA IF EXISTS public")
    }
    if options.isStaging { try makeSuperusers() }
    try tool.run(
      .pgRestore,
      ["--section=pre-data", "--exit-on-error", "--dbname=\(place.withoutPassword)", "--no-password"]
        + ownership
        + [archive], for: place)
    return "\(schema.tables.count) tables"
  }

  package func loadRows(
    progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [TableDigest] {
    let loader = PostgresLoader(
      place: place, archive: archive, isStaging: options.isStaging, progress: progress)
    let jobs = contents.entries.filter { $0.kind == "TABLE DATA" }
      .compactMap { entry in loadJob(for: entry) }
      .sorted {
        (rowCounts[$0.table.name] ?? 0, $1.table.name) > (rowCounts[$1.table.name] ?? 0, $0.table.name)
      }
    let outcomes = try loader.load(jobs, workers: options.workers)
    var digests: [TableDigest] = []
    for (job, outcome) in zip(jobs, outcomes) {
      switch outcome {
      case .loaded(let digest): digests.append(digest)
      case .violated:
        try relax(job.table)
        digests.append(try loader.loadAlone(job, on: connection))
      }
    }
    try restoreOtherData()
    return digests
  }

  package func readBack(_ tables: [Table]) throws(EngineError) -> [TableDigest] {
    let largestFirst = tables.filter(\.holdsRows)
      .sorted { (rowCounts[$0.name] ?? 0, $1.name) > (rowCounts[$1.name] ?? 0, $0.name) }
    let place = place
    let purpose = purpose
    let workers = options.workers
    return try translatingFailures(of: "the restored rows were read back") {
      try ParallelWork.run(
        largestFirst, workers: workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, table in try connection.digest(of: table) })
    }
  }

  package func finish() throws(EngineError) -> [String] {
    let rest = contents.entries.filter { $0.part == .postData && !$0.isOurs && !$0.isRecorder }
    let errors = rest.isEmpty ? [] : try restore(rest, section: "post-data")
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
      SELECT c.conname, CASE WHEN c.contypid <> 0 THEN c.contypid::regtype::text ELSE c.conrelid::regclass::text END
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

  /// Constraints the source held as NOT VALID or NOT ENFORCED, and those kept so by a policy: name, and table or
  /// domain as the server writes it.
  private var unvalidatedInSource: Set<[String]> {
    let dialect = SQLDialect.postgreSQL
    let ofTables = schema.tables.flatMap { table in
      (table.foreignKeys.filter { !$0.isVouchedFor }.map(\.name)
        + table.checks.filter { !$0.isVouchedFor }.map(\.name))
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

  /// Sequence values, large objects, and rows of tables the model leaves out, such as an extension's.
  private func restoreOtherData() throws(EngineError) {
    let rest = contents.entries.filter { entry in
      entry.part == .data && (entry.kind != "TABLE DATA" || loadJob(for: entry) == nil)
    }
    guard !rest.isEmpty else { return }
    let errors = try restore(rest, section: "data")
    guard errors.isEmpty else {
      throw EngineError(.refused, "sequence values or large objects could not be restored", detail: errors)
    }
  }

  /// Has `pg_restore` restore chosen entries; the errors it met.
  private func restore(_ entries: [ArchiveContents.Entry], section: String) throws(EngineError) -> [String] {
    let folder = try translatingFailures(of: "a list of entries was written") {
      let folder = try TemporaryDirectory(for: "list")
      try Data(entries.map { "\($0.id);\n" }.joined().utf8).write(
        to: URL(fileURLWithPath: folder.path + "/entries"))
      return folder
    }
    defer { folder.remove() }
    return try tool.runCollectingErrors(
      .pgRestore,
      [
        "--section=\(section)", "--use-list=\(folder.path)/entries", "--dbname=\(place.withoutPassword)",
        "--no-password",
      ]
        + ownership + [archive], for: place)
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

  private var ownership: [String] {
    (options.withoutOwners ? ["--no-owner", "--no-privileges"] : [])
      + (options.isStaging ? ["--no-tablespaces"] : [])
  }

  private func loadJob(for entry: ArchiveContents.Entry) -> PostgresLoader.Job? {
    guard let file = entry.fileName,
      let table = tablesByName[ObjectName(schema: entry.schema, entry.name)]
    else { return nil }
    return PostgresLoader.Job(table: table, copyStatement: entry.copyStatement, file: file)
  }
}

extension ArchiveContents.Entry {
  /// Built by ``PostgresRestore/buildKeysAndIndexes()``.
  var isKeyOrIndex: Bool { kind == "CONSTRAINT" || kind == "INDEX" }

  /// Whether our own steps restore it, and not `pg_restore` at the end.
  var isOurs: Bool { isKeyOrIndex || kind == "INDEX ATTACH" || kind == "FK CONSTRAINT" }
}
