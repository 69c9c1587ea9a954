import Engines
import Foundation
import SchemaModel
import Synchronization

/// What it takes to read a backup that does not lie here as it is: to fetch it, to decrypt it.
package struct BackupOpening: Sendable {
  /// The file with the secret key, as it was named; `nil` when none was.
  let identity: String?
  let workers: Int
  /// Told of bytes as they come: what is done, how many of how many.
  let progress: @Sendable (_ phase: String, _ done: Int, _ total: Int) -> Void
  let now: @Sendable () -> Date
  /// Told of the manifest before anything that takes long is done.
  let announce: @Sendable (BackupManifest) throws -> Void

  package init(
    identity: String? = nil, workers: Int = 2, now: @escaping @Sendable () -> Date = { Date() },
    announce: @escaping @Sendable (BackupManifest) throws -> Void = { _ in },
    progress: @escaping @Sendable (_ phase: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) {
    self.announce = announce
    self.identity = identity
    self.workers = workers
    self.now = now
    self.progress = progress
  }

  /// A backup in a folder of a store.
  func open(_ folder: String) throws -> StoredBackup {
    guard FileManager.default.fileExists(atPath: "\(folder)/\(StoredBackup.manifestName)") else {
      return try StoredBackup(folder: folder)
    }
    let manifest = try StoredBackup.readManifest(in: folder)
    guard let encryption = manifest.encryption else { return try StoredBackup(folder: folder) }
    try announce(manifest)
    let identity = try requiredIdentity(for: manifest, encryption)
    let hold = try BackupHold(folder: folder)
    let plain = try translatingFailures(of: "a temporary directory was made") {
      _ = TemporaryDirectory.removeLeftovers(for: "open")
      return try TemporaryDirectory(for: "open")
    }
    try FileManager.default.copyItem(
      atPath: "\(folder)/\(StoredBackup.manifestName)", toPath: "\(plain.path)/\(StoredBackup.manifestName)")
    let (phase, problems) = try decrypt(
      encryption, of: manifest, in: folder, to: plain.path, with: identity, removing: false)
    return try withExtendedLifetime(hold) {
      try StoredBackup(folder: plain.path, expanded: plain, phases: [phase], problems: problems)
    }
  }

  /// A backup in object storage, brought here for as long as it is read.
  func fetch(_ id: String, from objects: ObjectBackups) throws -> StoredBackup {
    _ = TemporaryDirectory.removeLeftovers(for: "fetch")
    let clock = ContinuousClock()
    let began = clock.now
    let folder = try objects.fetch(
      id, now: now, told: { done, total in progress("fetch backup", done, total) },
      examine: { manifest, folder in
        try announce(manifest)
        guard let encryption = manifest.encryption else { return }
        // A wrong key is told before anything large is fetched.
        let identity = try requiredIdentity(for: manifest, encryption)
        let name = StoredBackup.schemaName + StoredBackup.encryptedSuffix
        guard let file = encryption.files.first(where: { $0.path == name }),
          try StoredBackup.problem(of: file, in: folder) == nil
        else { return }
        try identity.decrypt("\(folder)/\(name)", to: "\(folder)/\(StoredBackup.schemaName)")
      })
    let manifest = try StoredBackup.readManifest(in: folder.path)
    var phases = [
      Timeline.Phase(
        name: "fetch backup", seconds: (clock.now - began).inSeconds, byteCount: manifest.storedByteCount,
        note: objects.storage.location)
    ]
    guard let encryption = manifest.encryption else {
      return try StoredBackup(folder: folder.path, expanded: folder, phases: phases)
    }
    let identity = try requiredIdentity(for: manifest, encryption)
    let (phase, problems) = try decrypt(
      encryption, of: manifest, in: folder.path, to: folder.path, with: identity, removing: true)
    phases.append(phase)
    return try StoredBackup(folder: folder.path, expanded: folder, phases: phases, problems: problems)
  }

  private func requiredIdentity(
    for manifest: BackupManifest, _ encryption: BackupManifest.Encryption
  ) throws -> AgeIdentity {
    guard let identity else {
      throw OperationError(
        "the backup \(manifest.id) is encrypted, and no key is named",
        detail: encryption.recipients.map { "to \($0)" },
        hint: "Name the file with the secret key with --identity or PLUMB_AGE_IDENTITY.")
    }
    return try AgeIdentity(identity)
  }

  /// Decrypts every file whose checksum is right; what is wrong with the others.
  ///
  /// - Parameter removing: whether the encrypted files go, each as soon as it is decrypted.
  private func decrypt(
    _ encryption: BackupManifest.Encryption, of manifest: BackupManifest, in folder: String,
    to plain: String, with identity: AgeIdentity, removing: Bool
  ) throws -> (phase: Timeline.Phase, problems: [String]) {
    let clock = ContinuousClock()
    let began = clock.now
    let total = encryption.files.reduce(0) { $0 + $1.byteCount }
    let done = Mutex(0)
    let archive = "\(plain)/\(StoredBackup.archiveName(for: manifest.engine))"
    if manifest.engine == .postgreSQL {
      try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    }
    var problems = try ParallelWork.run(
      encryption.files.sorted { $0.byteCount > $1.byteCount }, workers: workers, context: {},
      perform: { _, file -> String? in
        try Interruption.check()
        let path = "\(folder)/\(file.path)"
        if let problem = try StoredBackup.problem(of: file, in: folder) { return problem }
        try identity.decrypt(
          path, to: "\(plain)/\(file.path.dropLast(StoredBackup.encryptedSuffix.utf8.count))")
        if removing { unlink(path) }
        let count = done.withLock { count in
          count += file.byteCount
          return count
        }
        progress("decrypt backup", count, total)
        return nil
      }
    ).compactMap(\.self)
    let known = Set(encryption.files.map(\.path))
    problems += try StoredBackup.files(in: folder, under: StoredBackup.archiveName(for: manifest.engine))
      .filter { $0.hasSuffix(StoredBackup.encryptedSuffix) && !known.contains($0) }
      .map { "\($0) is not in the manifest" }
    let phase = Timeline.Phase(
      name: "decrypt backup", seconds: (clock.now - began).inSeconds, byteCount: total,
      note: "\(encryption.tool), SHA-256 of every file")
    return (phase, problems.sorted())
  }
}
