import Engines
import Foundation
import SchemaModel

/// A damage that can be done to a copy of a physical backup.
enum PhysicalDamage {
  case changedByte
  case missingFile
  case lostLog
  case changedLog

  /// Those that make sense for a provider.
  static func all(of provider: any PhysicalProvider) -> [PhysicalDamage] {
    provider is PgBackRest
      ? [.changedByte, .missingFile, .lostLog, .changedLog] : [.changedByte, .missingFile, .lostLog]
  }

  var words: String {
    switch self {
    case .changedByte: "a byte is changed"
    case .missingFile: "a file is missing"
    case .lostLog: "a segment of the log is missing"
    case .changedLog: "a byte of the archived log is changed"
    }
  }

  /// A copy that was damaged.
  struct Damaged {
    var provider: any PhysicalProvider
    /// What was damaged, relative to the copy.
    var file: String
  }

  enum Result {
    case done(Damaged)
    case impossible(String)
  }

  /// Copies the backup and damages the copy.
  func damage(
    _ provider: any PhysicalProvider, copy: String, backup: PhysicalBackup
  ) throws -> Result {
    if let folder = provider as? BaseBackupFolder {
      try SelfTest.copy(folder.path, to: copy)
      guard
        let file = try damage(
          SelfTest.files(in: copy).filter(isMeant), in: copy, isPlain: folder.form == .plain)
      else {
        return .impossible("the backup has no such file")
      }
      guard let damaged = BaseBackupFolder(copy, logFolder: folder.logFolder) else {
        return .impossible("without it the folder is no backup")
      }
      return .done(Damaged(provider: damaged, file: file))
    }
    guard let stanza = provider as? PgBackRest else { return .impossible("nobody knows where its files are") }
    let number = backup.repository ?? 1
    guard let repository = stanza.localRepository(number) else {
      return .impossible("its repository is not a folder on this machine")
    }
    for part in ["archive", "backup"] {
      try FileManager.default.createDirectory(atPath: "\(copy)/\(part)", withIntermediateDirectories: true)
      try SelfTest.copy("\(repository)/\(part)/\(stanza.stanza)", to: "\(copy)/\(part)/\(stanza.stanza)")
    }
    let labels = [backup.label] + backup.references
    let files = SelfTest.files(in: copy).filter { path in
      switch self {
      case .changedByte, .missingFile:
        labels.contains { path.hasPrefix("backup/\(stanza.stanza)/\($0)/") }
          && path.contains("/pg_data/base/")
          || path.contains("/bundle/")
      case .lostLog, .changedLog:
        path.hasPrefix("archive/") && Self.segment(path).map { $0 >= (backup.firstSegment ?? $0) } ?? false
      }
    }
    guard let file = try damage(files, in: copy, isPlain: true) else {
      return .impossible("the repository has no such file")
    }
    return .done(
      Damaged(
        provider: PgBackRest(
          stanza: stanza.stanza, configuration: stanza.configuration,
          additions: stanza.additions + ["--repo\(number)-path=\(copy)"], repository: number), file: file))
  }

  /// Damages the first file that is meant; its path.
  private func damage(_ files: [String], in copy: String, isPlain: Bool) throws -> String? {
    switch self {
    case .changedByte, .changedLog:
      guard let file = files.first else { return nil }
      try SelfTest.flipByte(of: "\(copy)/\(file)")
      return file
    case .missingFile:
      guard let file = files.first else { return nil }
      unlink("\(copy)/\(file)")
      return file
    case .lostLog:
      // The first that the backup needs: without it its files are not even consistent.
      let first = files.min { (Self.segment($0)?.description ?? $0) < (Self.segment($1)?.description ?? $1) }
      guard let first else { return nil }
      unlink("\(copy)/\(first)")
      return first
    }
  }

  /// Whether a file of a folder of pg_basebackup is one that this damage is done to.
  private func isMeant(_ path: String) -> Bool {
    switch self {
    case .changedByte: path.hasPrefix("base/") || path.hasPrefix("base.tar")
    // A packed backup without its base is no backup; without a packed log it still looks like one.
    case .missingFile: path.hasPrefix("base/")
    case .lostLog, .changedLog:
      path.hasPrefix("pg_wal.tar") || path.hasPrefix("pg_wal/") && Self.segment(path) != nil
    }
  }

  private static func segment(_ path: String) -> LogSegment? {
    path.split(separator: "/").last.flatMap { LogSegment(fileName: $0) }
  }
}
