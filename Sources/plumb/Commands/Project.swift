import Analysis
import Engines
import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// What a command knows from the folder it runs in: `plumb.yaml`, and the defaults where it is silent.
struct Project {
  let configuration: Configuration

  /// Reads `plumb.yaml` of the current folder, if there is one; its findings become notes.
  static func current(_ console: Console) throws -> Project {
    guard let data = FileManager.default.contents(atPath: Configuration.fileName) else {
      return Project(configuration: Configuration())
    }
    let reading = try Configuration.read(String(decoding: data, as: UTF8.self))
    for finding in reading.findings {
      console.warn("\(Configuration.fileName), \(finding.place): \(finding.message). \(finding.hint ?? "")")
    }
    return Project(configuration: reading.configuration)
  }

  /// The database to work on: as named on the command line, else as configured.
  func database(_ named: String?) throws -> SchemaLocation {
    if let named { return try SchemaLocation(named) }
    guard let configured = configuration.database else {
      throw UsageError.refused(
        "no database is named, and there is no plumb.yaml here that names one",
        hint: "Name a location, or write plumb.yaml with 'plumb init LOCATION'.")
    }
    return try SchemaLocation(configured)
  }

  /// The blueprint that was named, else the configured one when it exists and is not another database's.
  ///
  /// - Parameter database: what is to be held against it, as ``SchemaLocation/displayName`` tells it.
  func blueprint(
    _ named: String?, for database: String, in environment: Configuration.Environment? = nil
  ) throws -> SchemaLocation? {
    if let named { return try SchemaLocation(named) }
    guard FileManager.default.fileExists(atPath: configuration.blueprint) else { return nil }
    // An environment is one of the databases that the blueprint is for.
    if environment == nil, let configured = configuration.database,
      try SchemaLocation(configured).displayName != database
    {
      return nil
    }
    return try SchemaLocation(configuration.blueprint)
  }

  /// The same where there is nothing to do without one.
  func requiredBlueprint(
    _ named: String?, for database: String, in environment: Configuration.Environment?
  ) throws -> SchemaLocation {
    guard let drawn = try blueprint(named, for: database, in: environment) else {
      throw UsageError.refused(
        "there is no blueprint of \(database) here",
        hint: "Write one with 'plumb init \(database)', or name one with --blueprint.")
    }
    return drawn
  }

  /// The environment of that name.
  func environment(_ named: String?) throws -> Configuration.Environment? {
    guard let named else { return nil }
    if let environment = configuration.environments.first(where: { $0.name == named }) { return environment }
    let known = configuration.environments.map(\.name)
    throw UsageError.refused(
      "plumb.yaml knows no environment \(named)",
      hint: known.isEmpty
        ? "Add it below 'environments:', with its database."
        : "Known are \(known.joined(separator: ", ")).")
  }

  /// What plumb.yaml accepts today in an environment.
  func ignoreRules(in environment: Configuration.Environment?) -> IgnoreRules {
    IgnoreRules(configuration.ignore, environment: environment?.name, today: Self.today)
  }

  /// No rule at all.
  var ignoringNothing: IgnoreRules { IgnoreRules([], environment: nil, today: "") }

  /// In the machine's time zone, as people write dates into plumb.yaml.
  private static var today: String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)].map { number, width in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }.joined(separator: "-")
  }

  /// The store that was named, else the configured one.
  func store(_ named: String?) -> BackupStore { store(at: named ?? configuration.backups) }

  /// A store, with what plumb.yaml knows of its bucket.
  func store(at location: String) -> BackupStore {
    let place = configuration.backupPlaces.filter { location.hasPrefix($0.location) }
      .max { $0.location.utf8.count < $1.location.utf8.count }
    return BackupStore(
      path: location, settings: ObjectStorage.Settings(endpoint: place?.endpoint, region: place?.region))
  }

  /// The backup that was asked for; a damaged one is never passed over for `latest` without a word.
  ///
  /// - Parameters:
  ///   - identity: the file with the secret key, as it was named.
  ///   - announce: told of the manifest of a backup that has to be fetched or decrypted, before that is done.
  func backup(
    _ named: String?, in store: BackupStore, identity: String?,
    announce: @escaping @Sendable (BackupManifest) throws -> Void = { _ in }, _ console: Console
  ) throws -> StoredBackup {
    let progress = TransferProgressText(console)
    defer { progress.finish() }
    let key = identity ?? ProcessInfo.processInfo.environment["PLUMB_AGE_IDENTITY"]
    let opening = BackupOpening(
      identity: key.flatMap { $0.isEmpty ? nil : $0 }, workers: Self.workers,
      announce: announce,
      progress: { progress.tell($0, done: $1, total: $2) })
    let (store, name) = place(of: named ?? "latest", in: store)
    let backup = try store.backup(name, opening: opening)
    guard name == "latest" else { return backup }
    for entry in try store.entries() {
      guard case .damaged(let id, let reason) = entry else { continue }
      console.warn("\(id) is passed over: \(reason)")
    }
    return backup
  }

  /// The store and the id of a backup, which may be named with its place in object storage.
  func place(of backup: String, in store: BackupStore) -> (store: BackupStore, name: String) {
    guard ObjectStorage.isOne(backup), let end = backup.lastIndex(where: { $0 == "/" || $0 == ":" }) else {
      return (store, backup)
    }
    let place = backup[end] == ":" ? backup[...end] : backup[..<end]
    return (self.store(at: String(place)), String(backup[backup.index(after: end)...]))
  }

  /// What the ledger knows of drills of the backup's database, oldest first; nothing when it cannot be read.
  func drills(of backup: StoredBackup, _ console: Console) -> [DrillRecord] {
    guard FileManager.default.fileExists(atPath: ledgerPath) else { return [] }
    do {
      return try Ledger(path: ledgerPath).drills(
        ofDatabase: backup.manifest.database, on: backup.manifest.engine)
    } catch {
      console.warn("earlier drills are not looked at: \(error.summary)")
      return []
    }
  }

  /// Where the ledger is.
  var ledgerPath: String { configuration.ledger ?? ".plumb/ledger.db" }

  /// Where the ledger is, for readers of what it keeps; a plumb.yaml that cannot be read is told of elsewhere.
  static var ledgerPathOfCurrentFolder: String {
    let data = FileManager.default.contents(atPath: Configuration.fileName) ?? Data()
    let reading = try? Configuration.read(String(decoding: data, as: UTF8.self))
    return Project(configuration: reading?.configuration ?? Configuration()).ledgerPath
  }

  /// As many connections as there are cores, at least two: while one waits for a disk another computes.
  static var workers: Int { max(2, ProcessInfo.processInfo.activeProcessorCount) }
}

/// How a comparison is printed.
enum ComparisonFormat: String, CaseIterable, CommandLineValue {
  case text, json, markdown, sarif, junit, html, sql
}

/// How a result is printed.
enum ReportFormat: String, CaseIterable, CommandLineValue {
  case text, json
}
