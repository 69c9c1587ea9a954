import Engines
import Foundation
import SchemaModel
import SchemaText

/// Backups in object storage: below each id the same files as in a folder.
///
/// A backup is there from the moment its manifest is, which is uploaded last. What runs and people have to say of backups
/// lies below `.plumb`.
struct ObjectBackups: Sendable {
  let storage: ObjectStorage

  /// What was seen of it, in one look.
  struct Look {
    /// Manifests and notes, as they lie in the storage; gone with the last of us.
    let folder: TemporaryDirectory
    /// The ids of backups that are there, sorted.
    var ids: [String]
    /// Ids whose removal was begun.
    var removedIDs: [String]
    /// Why people keep backups, by the file name of their ids.
    var pins: [String: String]
    var uploads: [StoreClaim]
    var readers: [StoreClaim]

    /// Where the manifest of a backup was fetched to.
    func folder(of id: String) -> String { "\(folder.path)/\(id)" }
  }

  /// The place of notes about backups.
  enum Notes: String {
    case uploads, readers, pins

    /// The object's name.
    func path(of name: String) -> String { ".plumb/\(rawValue)/\(name)" }
  }

  static let removedName = "\(StoredBackup.manifestName).removed"

  /// Fetches manifests and notes, and nothing else.
  ///
  /// - Parameter id: the backup whose manifest is wanted; `nil` for those of all.
  func look(at id: String? = nil) throws -> Look {
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "catalog")
    }
    try storage.fetch(
      "",
      matching: [
        "/\(id ?? "*")/\(StoredBackup.manifestName)", "/\(id ?? "*")/\(Self.removedName)", "/.plumb/*/*",
      ], into: folder.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    func holds(_ name: String, _ file: String) -> Bool {
      FileManager.default.fileExists(atPath: "\(folder.path)/\(name)/\(file)")
    }
    let backups = names.filter { !$0.hasPrefix(".") }
    return Look(
      folder: folder, ids: backups.filter { holds($0, StoredBackup.manifestName) },
      removedIDs: backups.filter { holds($0, Self.removedName) && !holds($0, StoredBackup.manifestName) },
      pins: Self.notes(.pins, in: folder).mapValues { data in
        String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
      },
      uploads: Self.claims(.uploads, in: folder), readers: Self.claims(.readers, in: folder))
  }

  private static func notes(_ notes: Notes, in folder: TemporaryDirectory) -> [String: Data] {
    let path = "\(folder.path)/.plumb/\(notes.rawValue)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Dictionary(
      names.compactMap { name in FileManager.default.contents(atPath: "\(path)/\(name)").map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func claims(_ notes: Notes, in folder: TemporaryDirectory) -> [StoreClaim] {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return Self.notes(notes, in: folder).values.compactMap { try? decoder.decode(StoreClaim.self, from: $0) }
      .sorted { $0.name < $1.name }
  }

  /// Writes a note, or renews it.
  func write(_ claim: StoreClaim, as notes: Notes) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys]
    try write(encoder.encode(claim), at: notes.path(of: claim.name))
  }

  /// Makes an object of a few bytes.
  func write(_ data: Data, at name: String) throws {
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "note")
    }
    let file = "\(folder.path)/note"
    try data.write(to: URL(fileURLWithPath: file))
    try storage.put(file: file, at: name)
  }

  /// Does long work under a note, which is renewed as the work tells how far it is, and taken away at its end.
  ///
  /// - Parameters:
  ///   - undo: takes back what work that failed has left; when that fails too the note stays, and a later run does it.
  ///   - work: given what it is to call now and then.
  func holding<Value>(
    _ claim: StoreClaim, as notes: Notes, now: @escaping @Sendable () -> Date,
    undo: () throws -> Void = {}, _ work: (() throws -> Void) throws -> Value
  ) throws -> Value {
    var claim = claim
    let clock = ContinuousClock()
    var next = clock.now + StoreClaim.renewal
    let outcome = Result {
      try work {
        guard clock.now >= next else { return }
        claim.renewedAt = now()
        try write(claim, as: notes)
        next = clock.now + StoreClaim.renewal
      }
    }
    do {
      if case .failure = outcome { try undo() }
      try storage.remove(notes.path(of: claim.name), isCleanup: true)
    } catch {
      // Its process being gone tells the next run that it may go.
      guard Interruption.isRequested else { return try outcome.get() }
      throw EngineError(
        .interrupted, "interrupted; what was at work in \(storage.location) is still to be removed",
        hint: "The next 'plumb backup' or 'plumb backups prune' does it.")
    }
    return try outcome.get()
  }
}
