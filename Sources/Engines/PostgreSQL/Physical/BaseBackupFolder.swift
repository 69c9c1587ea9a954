import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

/// A folder that pg_basebackup wrote, as plain files or as tar archives.
package struct BaseBackupFolder: PhysicalProvider, Hashable {
  /// How the files lie in it.
  package enum Form: Hashable, Sendable {
    case plain
    /// `base.tar` with this ending for its compression, such as `.gz`.
    case tar(ending: String)
  }

  package let path: String
  package let form: Form
  /// Where the log is archived; `nil` when the backup has only its own.
  package let logFolder: LogFolder?

  /// The folder, when it is one: it has `PG_VERSION` and `global/pg_control`, or `base.tar`.
  ///
  /// - Parameter logFolder: where the server's log is archived.
  package init?(_ path: String, logFolder: LogFolder? = nil) {
    guard let resolved = ResolvedPath.of(path) else { return nil }
    self.path = resolved
    self.logFolder = logFolder
    if access("\(resolved)/PG_VERSION", F_OK) == 0 {
      form = .plain
    } else if let ending = Self.endings.first(where: { access("\(resolved)/base.tar\($0)", F_OK) == 0 }) {
      form = .tar(ending: ending)
    } else {
      return nil
    }
  }

  static let endings = ["", ".gz", ".lz4", ".zst", ".bz2", ".xz"]

  package var displayName: String { path }
  package var program: String { "pg_basebackup" }
  package func identifier(of backup: PhysicalBackup) -> String { backup.label }

  private var manifestPath: String { "\(path)/backup_manifest" }
  package var hasManifest: Bool { access(manifestPath, R_OK) == 0 }

  package func backups() throws(EngineError) -> [PhysicalBackup] {
    try refuseRunningServer()
    var backup = PhysicalBackup(
      label: path.split(separator: "/").last.map(String.init) ?? path, kind: .full,
      serverMajorVersion: try majorVersion(), byteCount: 0, storedByteCount: DirectorySize.byteCount(of: path)
    )
    var status = stat()
    // The manifest is what pg_basebackup writes last.
    let last = hasManifest ? "backup_manifest" : form == .plain ? "PG_VERSION" : "base.tar\(ending)"
    if stat("\(path)/\(last)", &status) == 0 {
      backup.finishedAt = Date(
        timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }
    if let label = label() {
      backup.startedAt = label["START TIME"].flatMap(Self.time)
      backup.start = label["START WAL LOCATION"].flatMap { LogPosition($0.prefix { $0 != " " }) }
    }
    backup.systemIdentifier = systemIdentifier()
    guard hasManifest else {
      backup.byteCount = backup.storedByteCount
      return [try completed(backup, timeline: 1)]
    }
    var timeline: UInt32 = 1
    let text: String
    do { text = try String(contentsOfFile: manifestPath, encoding: .utf8) } catch {
      throw EngineError(.permission, "cannot read \(manifestPath)", detail: ["\(error)"])
    }
    do throws(DocumentError) {
      let manifest = try BaseBackupManifest.read(text)
      backup.byteCount = manifest.byteCount
      backup.start = manifest.start ?? backup.start
      backup.stop = manifest.stop
      backup.systemIdentifier = manifest.systemIdentifier ?? backup.systemIdentifier
      timeline = manifest.timeline ?? timeline
    } catch {
      throw EngineError(
        .damaged, "the backup's manifest cannot be read: \(manifestPath)", detail: error.detail,
        hint: "It is cut off or was altered; use another backup.")
    }
    return [try completed(backup, timeline: timeline)]
  }

  package func verify(_ backup: PhysicalBackup) throws(EngineError) -> PhysicalVerification {
    guard hasManifest else {
      var verification = PhysicalVerification(method: "no backup_manifest: file by file nothing is proven")
      verification.notes.append("the backup has no backup_manifest, so damage to its files cannot be told")
      return verification
    }
    guard form != .plain else { return try verify(plain: path, major: backup.serverMajorVersion) }
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "verify")
    }
    try extract(to: folder.path + "/data", tablespaces: folder.path + "/tablespaces")
    return try verify(plain: folder.path + "/data", major: backup.serverMajorVersion)
  }

  /// Not when it would be unpacked twice at once.
  package var verifiesWhileCopying: Bool { form == .plain }

  /// Runs pg_verifybackup, which compares every file's checksum and reads the log the backup needs.
  private func verify(plain folder: String, major: Int) throws(EngineError) -> PhysicalVerification {
    let binaries = try ServerBinaries.exactly(major)
    let completion = try translatingFailures(of: "pg_verifybackup ran") {
      try Subprocess(
        "\(binaries.directory)/pg_verifybackup",
        ["--quiet", "--manifest-path=\(manifestPath)", "--ignore=.plumb-owner"]
          + (lacksLog(folder) ? ["--no-parse-wal"] : []) + ["--", folder]
      ).run(accepting: 0...1)
    }
    var verification = PhysicalVerification(
      method: "pg_verifybackup: checksum of every file" + (lacksLog(folder) ? "" : ", and its log"))
    guard completion.exitCode != 0 else { return verification }
    let lines = completion.diagnostics.split(separator: "\n").map(String.init)
    verification.problems =
      lines.filter { $0.contains("error: ") }.map { line in
        line.firstRange(of: "error: ").map { String(line[$0.upperBound...]) } ?? line
      }
    if verification.problems.isEmpty { verification.problems = ["pg_verifybackup failed"] + lines }
    return verification
  }

  /// Whether the log has to come from the archive (`pg_basebackup --wal-method=none`).
  private func lacksLog(_ folder: String) -> Bool {
    logFolder != nil && Self.ownSegments(in: folder).isEmpty
  }

  package func copy(_ backup: PhysicalBackup, to place: DataPlace) throws(EngineError) {
    try refuseRunningServer()
    try logFolder?.expectReadable(by: place.user)
    switch form {
    case .plain:
      try run("cp", ["-a", "--reflink=auto", "-T", "--", path, place.data])
      try moveTablespaces(of: place)
    case .tar: try extract(to: place.data, tablespaces: place.tablespaces)
    }
    // It would have the server put the links back to where the tablespaces once were.
    unlink("\(place.data)/tablespace_map")
    if SystemUser.isRoot, place.user.userID != geteuid() {
      let owner = "\(place.user.userID):\(place.user.groupID)"
      let folders = [place.data, place.tablespaces].filter { (folder: String) in access(folder, F_OK) == 0 }
      try run("chown", ["-R", "-h", owner, "--"] + folders)
    }
  }

  package var knowsDelta: Bool { false }

  package func install(
    _ backup: PhysicalBackup, at place: DataPlace, target: RecoveryTarget, isDelta: Bool
  ) throws(EngineError) {
    try copy(backup, to: place)
    unlink("\(place.data)/postmaster.pid")
    // It says of the backup what is no longer true of the server.
    unlink("\(place.data)/backup_manifest")
    if let command = restoreCommand(at: place) {
      try RecoverySettings(restoreCommand: command, target: target).write(into: place)
    }
    chmod(place.data, 0o700)
    try run("sync", ["--file-system", "--", place.data])
  }

  /// Copies what `pg_tblspc` points to as well: two servers in one tablespace would be the end of both.
  private func moveTablespaces(of place: DataPlace) throws(EngineError) {
    let links = "\(place.data)/pg_tblspc"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: links))?.sorted() ?? [] {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(links)/\(name)") else {
        continue
      }
      mkdir(place.tablespaces, 0o700)
      try run("cp", ["-a", "--reflink=auto", "--", target, "\(place.tablespaces)/\(name)"])
      unlink("\(links)/\(name)")
      try makeLink("\(links)/\(name)", to: "\(place.tablespaces)/\(name)")
    }
  }

  /// Unpacks the archives into a data directory as the server would find it.
  private func extract(to data: String, tablespaces: String) throws(EngineError) {
    mkdir(data, 0o700)
    try unpack("base.tar\(ending)", to: data)
    if let log = Self.endings.first(where: { access("\(path)/pg_wal.tar\($0)", F_OK) == 0 }) {
      mkdir("\(data)/pg_wal", 0o700)
      try unpack("pg_wal.tar\(log)", to: "\(data)/pg_wal")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() {
      let number = name.prefix { $0.isNumber }
      guard !number.isEmpty, name.dropFirst(number.count).hasPrefix(".tar") else { continue }
      mkdir(tablespaces, 0o700)
      mkdir("\(tablespaces)/\(number)", 0o700)
      try unpack(name, to: "\(tablespaces)/\(number)")
      unlink("\(data)/pg_tblspc/\(number)")
      mkdir("\(data)/pg_tblspc", 0o700)
      try makeLink("\(data)/pg_tblspc/\(number)", to: "\(tablespaces)/\(number)")
    }
  }

  private func unpack(_ name: String, to folder: String) throws(EngineError) {
    do throws(EngineError) {
      try run("tar", ["--extract", "--file=\(path)/\(name)", "--directory=\(folder)", "--no-same-owner"])
    } catch {
      guard error.kind == .refused else { throw error }
      throw EngineError(
        .damaged, "\(name) of the backup cannot be unpacked", detail: error.detail,
        hint: "It is cut off or was altered; use another backup.")
    }
  }

  private func makeLink(_ path: String, to target: String) throws(EngineError) {
    guard symlink(target, path) == 0 else {
      throw EngineError(
        .permission, "cannot make the link \(path)", detail: [String(cString: strerror(errno))])
    }
  }

  private func run(_ program: String, _ arguments: [String]) throws(EngineError) {
    do throws(EngineError) {
      _ = try translatingFailures(of: "\(program) ran") { try Subprocess(program, arguments).run() }
    } catch {
      guard error.detail.contains(where: { $0.contains("No space left") }) else { throw error }
      throw EngineError(
        .diskFull, "no room is left for a copy of the backup", detail: error.detail,
        hint: "Free room, or set PLUMB_TMPDIR to a folder on a larger disk, and run it again.")
    }
  }

  private var ending: String {
    switch form {
    case .plain: ""
    case .tar(let ending): ending
    }
  }

  /// A server that runs on the folder would go on writing while it is copied.
  private func refuseRunningServer() throws(EngineError) {
    guard let server = RunningServer.on(path) else { return }
    throw EngineError(
      .refused, "\(path) is the data directory of a running server, and no backup", detail: [server],
      hint: "Take a backup of it with pg_basebackup, and name that.")
  }

  private func majorVersion() throws(EngineError) -> Int {
    let text: String?
    switch form {
    case .plain: text = try? String(contentsOfFile: "\(path)/PG_VERSION", encoding: .utf8)
    case .tar(let ending): text = member("PG_VERSION", ending: ending)
    }
    guard let major = text.flatMap({ Int($0.prefix { $0.isNumber }) }) else {
      throw EngineError(
        .damaged, "the backup does not tell of which PostgreSQL it is: \(path)",
        detail: ["PG_VERSION cannot be read"], hint: "It is cut off or was altered; use another backup.")
    }
    return major
  }

  /// The first eight bytes of `pg_control`; `nil` where it is packed, for there it stands at the end.
  private func systemIdentifier() -> String? {
    guard form == .plain, let file = FileManager.default.contents(atPath: "\(path)/global/pg_control"),
      file.count >= 8
    else { return nil }
    return String([UInt8](file.prefix(8)).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// The lines of `backup_label`, by what stands before the colon.
  func label() -> [String: String]? {
    let text: String?
    switch form {
    case .plain: text = try? String(contentsOfFile: "\(path)/backup_label", encoding: .utf8)
    // The server sends it first.
    case .tar(let ending): text = member("backup_label", ending: ending)
    }
    guard let text else { return nil }
    let pairs = text.split(separator: "\n").map(String.init).compactMap { line -> (String, String)? in
      guard let range = line.firstRange(of: ": ") else { return nil }
      return (String(line[..<range.lowerBound]), String(line[range.upperBound...]))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func member(_ name: String, ending: String) -> String? {
    try? Subprocess(
      "tar", ["--extract", "--to-stdout", "--occurrence=1", "--file=\(path)/base.tar\(ending)", name]
    ).run().outputText
  }

  /// `2026-11-21 20:28:16 UTC`; another zone's name cannot be read, and then the time is not known.
  static func time(_ text: String) -> Date? {
    guard text.hasSuffix(" UTC") || text.hasSuffix(" GMT") else { return nil }
    return MomentText.read(text.dropLast(4) + "Z")
  }
}

/// A server that works in a data directory.
package enum RunningServer {
  /// The process that runs on it, in words; `nil` when none does.
  package static func on(_ data: String) -> String? {
    guard let words = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8),
      let identifier = pid_t(words.prefix { $0.isNumber }), kill(identifier, 0) == 0 || errno == EPERM
    else { return nil }
    // The number may have come to mean somebody else; a server always works in its data directory.
    if let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(identifier)/cwd"),
      place != ResolvedPath.of(data)
    {
      return nil
    }
    return "process \(identifier) runs on it"
  }
}

extension ServerBinaries {
  /// The newest installed programs of exactly that major version: files are read by no other.
  package static func exactly(_ major: Int) throws(EngineError) -> ServerBinaries {
    let all = installed()
    guard let fitting = all.first(where: { $0.major == major && serverPrograms.isSubset(of: $0.programs) })
    else {
      throw EngineError(
        .unsupported, "the files are of PostgreSQL \(major), whose programs are not installed here",
        detail: ["found \(all.isEmpty ? "none" : all.map(\.version).joined(separator: ", "))"],
        hint:
          "Install the package postgresql-\(major), or set PLUMB_PG_BIN to the folder the programs are in.")
    }
    return fitting
  }
}
