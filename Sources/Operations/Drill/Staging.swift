import Engines
import Foundation
import SchemaModel

/// A throw-away place to restore a backup into, which picks itself and cleans up after itself.
package final class Staging {
  /// What it is, in words.
  package let name: String
  /// The empty database, ready for the pipeline.
  package let target: any RestoreTarget
  /// Things worth knowing about the place.
  package let notes: [String]
  private let dispose: () -> Void

  private init(name: String, target: any RestoreTarget, notes: [String], dispose: @escaping () -> Void) {
    self.name = name
    self.target = target
    self.notes = notes
    self.dispose = dispose
  }

  deinit { dispose() }

  /// Makes the place that fits the backup: a PostgreSQL server of our own, or a SQLite file.
  package static func make(for backup: StoredBackup, workers: Int) throws -> Staging {
    // What a drill left that was cut off together with its guardian, by a power failure for instance.
    _ = ThrowawayServer.removeLeftovers()
    _ = TemporaryDirectory.removeLeftovers(for: "drill")
    switch backup.manifest.engine {
    case .postgreSQL: return try postgres(for: backup, workers: workers)
    case .sqlite: return try sqlite(for: backup)
    }
  }

  private static func postgres(for backup: StoredBackup, workers: Int) throws -> Staging {
    let server = try translatingFailures(of: "a throw-away server was started") {
      var options = ThrowawayServer.Options()
      options.binaries = try ServerBinaries.atLeast(backup.manifest.serverMajorVersion)
      return try ThrowawayServer(options)
    }
    let place = try PostgresConnectionString(server.conninfo)
    do {
      try PostgresDatabaseSetup.createMissingRoles(backup.manifest.roles, on: place)
      let isFirst = backup.manifest.database == "postgres"
      let name = isFirst ? "restored" : backup.manifest.database
      let note = try PostgresDatabaseSetup.createDatabase(name, locale: backup.manifest.locale, on: place)
      var options = PostgresRestore.Options(workers: workers)
      options.isStaging = true
      let target = try PostgresRestore(
        archive: try backup.postgresArchive(), schema: backup.schema,
        into: place.setting("dbname", to: name), options: options)
      return Staging(
        name: "throw-away PostgreSQL \(target.session.serverVersion) server", target: target,
        notes: note.map { [$0] } ?? [], dispose: { server.stop() })
    } catch {
      server.stop()
      throw error
    }
  }

  private static func sqlite(for backup: StoredBackup) throws -> Staging {
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "drill")
    }
    let target = SQLiteRestore(
      archive: backup.archivePath, to: "\(folder.path)/\(backup.manifest.database)", schema: backup.schema)
    return Staging(name: "throw-away SQLite file", target: target, notes: [], dispose: { folder.remove() })
  }
}

extension BackupManifest {
  /// The source server's major version, such as 15; 0 when it is not known.
  package var serverMajorVersion: Int {
    serverVersion.split(separator: ".").first.flatMap { Int($0) } ?? 0
  }
}
