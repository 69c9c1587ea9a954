import SchemaModel

/// What `plumb.yaml` says: where the database, its blueprint and its backups are.
package struct Configuration: Hashable, Sendable {
  /// What a file gave.
  package struct Reading: Hashable, Sendable {
    package var configuration: Configuration
    /// Keys that mean nothing here; empty when all is well.
    package var findings: [DocumentFinding]
  }

  /// Where the live database is; `nil` when the command line has to say it.
  package var database: String?
  /// The folder of the blueprint, relative to the file.
  package var blueprint = "blueprint"
  /// The store of new backups: a folder, relative to the file, or a place in object storage.
  package var backups = "backups"
  /// Where the ledger is; `nil` for its usual place.
  package var ledger: String?

  /// Drift that is accepted on purpose.
  package var ignore: [IgnoreRule] = []
  /// Databases that one blueprint is held against, by name: staging, production.
  package var environments: [Environment] = []
  /// How the database is watched.
  package var watch = Watch()
  /// How backups are restored.
  package var restore = RestoreSection()
  /// Every place that keeps backups; empty when that is only the folder ``backups``.
  package var backupPlaces: [BackupPlace] = []
  /// The public keys that new backups are encrypted to; empty when they are not.
  package var recipients: [String] = []
  /// How old the newest backup and the last proof may be.
  package var objectives = Objectives()
  /// Which backups are kept.
  package var retention = RetentionRules()
  /// What drills do beyond restoring.
  package var drill = Drill()

  package init() {}

  /// The name of the file in the root of a repository.
  package static let fileName = "plumb.yaml"

  /// Reads the file's text.
  /// - Throws: ``DocumentError`` with the line, when the text is no YAML, a value has the wrong shape, or a
  ///   location holds a password.
  package static func read(_ text: String) throws(DocumentError) -> Reading {
    var reading = Reading(configuration: Configuration(), findings: [])
    guard let root = try YAMLReader.tree(of: text), root.content != .null else { return reading }
    guard case .mapping(let entries) = root.content else {
      throw wrongShape("keys with values", at: root.position)
    }
    for entry in entries {
      guard let key = Key(rawValue: entry.key) else {
        reading.findings.append(unknown(entry))
        continue
      }
      switch key {
      case .ignore:
        reading.configuration.ignore = try IgnoreRule.read(entry, findings: &reading.findings)
        continue
      case .environments:
        reading.configuration.environments = try Environment.read(entry, findings: &reading.findings)
        continue
      case .watch:
        reading.configuration.watch = try Watch.read(entry, findings: &reading.findings)
        continue
      case .restore:
        reading.configuration.restore = try RestoreSection.read(entry, findings: &reading.findings)
        continue
      case .backups:
        let places = try backupPlaces(of: entry, findings: &reading.findings)
        if let store = places.first(where: \.isStore) { reading.configuration.backups = store.location }
        // One folder is what is meant without a list.
        if places.count > 1 || places.contains(where: { !$0.isStore || $0.hasSettings }) {
          reading.configuration.backupPlaces = places
        }
        continue
      case .encrypt:
        reading.configuration.recipients = try recipients(of: entry)
        continue
      case .objectives:
        reading.configuration.objectives = try objectives(of: entry, findings: &reading.findings)
        continue
      case .retention:
        reading.configuration.retention = try retention(of: entry, findings: &reading.findings)
        continue
      case .drill:
        reading.configuration.drill = try Drill.read(entry, findings: &reading.findings)
        continue
      case .database, .blueprint, .ledger: break
      }
      guard let value = try value(of: entry) else { continue }
      switch key {
      case .ignore, .environments, .watch, .restore, .backups, .encrypt, .objectives, .retention, .drill:
        break
      case .database: reading.configuration.database = value
      case .blueprint: reading.configuration.blueprint = value
      case .ledger: reading.configuration.ledger = value
      }
    }
    return reading
  }

  /// The keys of the file; everything a reader of it can be told hangs on them.
  enum Key: String, CaseIterable {
    case database
    case blueprint
    case backups
    case encrypt
    case ledger
    case ignore
    case environments
    case watch
    case restore
    case objectives
    case retention
    case drill
  }

  static func value(of entry: YAMLNode.Entry) throws(DocumentError) -> String? {
    switch entry.value.content {
    case .null: return nil
    case .sequence, .mapping: throw wrongShape("one text for \"\(entry.key)\"", at: entry.value.position)
    case .scalar(let text):
      guard !text.isEmpty else { throw wrongShape("a text for \"\(entry.key)\"", at: entry.value.position) }
      guard !SecretInLocation.isIn(text) else {
        throw DocumentError(
          "\(fileName) holds a password", detail: ["line \(entry.value.position.line): \(entry.key)"],
          hint:
            "Move it to ~/.pgpass, or name a service of ~/.pg_service.conf as `service=NAME`, and change it "
            + "if the file was ever committed.")
      }
      return text
    }
  }

  static func unknown(
    _ entry: YAMLNode.Entry, among known: [String] = Key.allCases.map(\.rawValue)
  ) -> DocumentFinding {
    let nearest = NearestSpelling.of(entry.key, among: known)
    return DocumentFinding(
      place: "line \(entry.position.line)", message: "the key \"\(entry.key)\" is not known",
      hint: nearest.map { "Did you mean \"\($0)\"?" } ?? "Known are \(known.joined(separator: ", ")).")
  }

  static func wrongShape(_ expected: String, at position: YAMLNode.Position) -> DocumentError {
    DocumentError(
      "\(fileName) holds a value of the wrong shape", detail: ["line \(position.line): expected \(expected)"],
      hint: "Compare it with the file that `plumb init` writes into an empty folder.")
  }
}
