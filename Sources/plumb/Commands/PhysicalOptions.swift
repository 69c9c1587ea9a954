import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

/// The options by which a physical backup is named and recovered, the same for drill and restore.
struct PhysicalOptions: ParameterGroup {
  let toTime = OptionalOption<String>(
    "to-time", value: "time", "Of a physical backup: recover to the last commit before it.")
  let toPosition = OptionalOption<String>("to-lsn", value: "lsn", "Recover to this place in the log.")
  let toName = OptionalOption<String>("to-name", value: "name", "Recover to this restore point.")
  let logFolder = OptionalOption<String>(
    "wal-archive", value: "dir", "Of a folder of pg_basebackup: where archive_command copies the log to.")
  let configuration = OptionalOption<String>(
    "pgbackrest-config", value: "file", "pgBackRest's configuration file.")

  /// The physical backup that was named; `nil` when it is none.
  func location(
    _ named: String?, store: String?, _ arguments: ParsedArguments, in project: Project
  ) throws -> PhysicalLocation? {
    let store = project.store(store)
    let logFolder = arguments[logFolder]
    guard let named, PhysicalLocation.isOne(named, in: store) else {
      guard try target(arguments) == .latest else {
        throw UsageError.refused(
          "only a physical backup can be recovered to a point in time",
          hint: "Name pgbackrest:STANZA; an archive of rows holds one moment.")
      }
      guard logFolder == nil else {
        throw UsageError.refused(
          "only a folder of pg_basebackup is recovered with --wal-archive",
          hint: "Leave it out: an archive of rows holds one moment.")
      }
      return nil
    }
    let folder = PhysicalLocation.path(ofFolder: named, in: store)
    guard folder != nil || logFolder == nil else {
      throw UsageError.refused(
        "only a folder of pg_basebackup is recovered with --wal-archive",
        hint: "Leave it out: pgBackRest knows where its log is.")
    }
    return try PhysicalLocation(
      named, in: store, configuration: project.pgBackRestConfiguration(for: named, arguments[configuration]),
      logFolder: logFolder ?? folder.flatMap { project.logFolder(ofBackup: $0) })
  }

  /// Up to where is recovered.
  func target(_ arguments: ParsedArguments) throws -> RecoveryTarget {
    var targets: [RecoveryTarget] = []
    if let text = arguments[toTime] {
      guard let moment = MomentText.readExactly(text) else {
        throw UsageError.refused(
          "--to-time is no time: '\(text)'", hint: "Write 2026-11-21T14:02:30, with Z or +02:00 for a zone.")
      }
      targets.append(.time(moment))
    }
    if let text = arguments[toPosition] {
      guard let position = LogPosition(text) else {
        throw UsageError.refused(
          "--to-lsn is no place in the log: '\(text)'", hint: "Write it as PostgreSQL does: 16/B374D848.")
      }
      targets.append(.position(position))
    }
    if let name = arguments[toName] { targets.append(.name(name)) }
    guard targets.count <= 1 else {
      throw UsageError.refused(
        "more than one target is named", hint: "Name one of --to-time, --to-lsn and --to-name.")
    }
    return targets.first ?? .latest
  }
}

extension Project {
  /// Where plumb.yaml says that the log is archived of the backups in a folder's store.
  func logFolder(ofBackup folder: String) -> String? {
    configuration.backupPlaces.first { place in
      let store = URL(fileURLWithPath: place.location).resolvingSymlinksInPath().path
      return folder == store || folder.hasPrefix("\(store)/")
    }?.logFolder
  }

  /// pgBackRest's configuration file for a stanza: as named, as in the environment, as in plumb.yaml; `nil` for its default.
  func pgBackRestConfiguration(for location: String, _ named: String?) -> String? {
    let stanza = location.prefix { $0 != "/" }
    let configured = configuration.backupPlaces.first { $0.location == stanza }?.configuration
    let environment = ProcessInfo.processInfo.environment["PGBACKREST_CONFIG"]
    return named ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? configured
  }
}
