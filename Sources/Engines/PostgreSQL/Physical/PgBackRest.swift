import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

/// A stanza of pgBackRest, driven through its program.
package struct PgBackRest: PhysicalProvider, Hashable {
  package let stanza: String
  /// Its configuration file; `nil` for pgBackRest's own default.
  package let configuration: String?
  /// Options that are added to every command, such as another repository's path.
  package let additions: [String]
  /// The number of the only repository that is looked at; `nil` for all that are configured.
  package let repository: Int?

  package init(
    stanza: String, configuration: String?, additions: [String] = [], repository: Int? = nil
  ) {
    self.stanza = stanza
    self.configuration = configuration.map { ResolvedPath.of($0) ?? $0 }
    self.additions = additions
    self.repository = repository
  }

  package var displayName: String { "pgbackrest:\(stanza)" }
  package var program: String { "pgBackRest" }
  package func identifier(of backup: PhysicalBackup) -> String { "\(displayName)/\(backup.label)" }

  package func backups() throws(EngineError) -> [PhysicalBackup] { try info().backups }

  /// What the repository holds of the stanza.
  func info() throws(EngineError) -> PgBackRestInfo {
    let text = try run("info", ["--output=json"]).outputText
    do throws(DocumentError) {
      if let info = try PgBackRestInfo.read(text, stanza: stanza) { return info }
    } catch {
      throw EngineError(.unsupported, "what pgBackRest tells of itself cannot be read", detail: error.detail)
    }
    throw EngineError(
      .notFound, "pgBackRest knows no stanza \(stanza)",
      detail: [configuration.map { "with the configuration \($0)" } ?? "with its default configuration"],
      hint:
        "Name its configuration with --pgbackrest-config or PGBACKREST_CONFIG, or make the stanza: pgbackrest stanza-create."
    )
  }

  package func archive() throws(EngineError) -> LogArchive? {
    let info = try info()
    let size = Self.segmentByteCount(of: info.backups)
    return LogArchive(segmentByteCount: size, segments: try files(of: info).mapValues(\.time))
  }

  /// A segment's file in a repository.
  struct ArchivedFile {
    var path: String
    var time: Date
    var repository: Int
  }

  /// Archived segments, each where pgBackRest looks for it: in the first repository that has it.
  func files(of info: PgBackRestInfo) throws(EngineError) -> [LogSegment: ArchivedFile] {
    var files: [LogSegment: ArchivedFile] = [:]
    for (number, archive) in info.archiveIDs.sorted(by: { $0.key < $1.key })
    where repository == nil || repository == number {
      let folder = "archive/\(stanza)/\(archive)"
      let text = try run(
        "repo-ls", ["--recurse", "--output=json", folder], takesStanza: false, in: number
      ).outputText
      do throws(DocumentError) {
        for (segment, file) in try PgBackRestListing.segments(in: text) where files[segment] == nil {
          files[segment] = ArchivedFile(path: "\(folder)/\(file.path)", time: file.time, repository: number)
        }
      } catch {
        throw EngineError(
          .unsupported, "the list of pgBackRest's archive cannot be read", detail: error.detail)
      }
    }
    return files
  }

  /// How large a segment is: the size under which every backup's first position lies in its first segment.
  private static func segmentByteCount(of backups: [PhysicalBackup]) -> UInt64 {
    let standard: UInt64 = 16 << 20
    let sizes = [standard] + (20...30).map { UInt64(1) << UInt64($0) }.filter { $0 != standard }
    return sizes.first { size in
      backups.allSatisfy { backup in
        guard let start = backup.start, let segment = backup.firstSegment else { return true }
        return LogSegment(of: start, timeline: segment.timeline, byteCount: size) == segment
      }
    } ?? standard
  }

  package func verify(_ backup: PhysicalBackup) throws(EngineError) -> PhysicalVerification {
    var verification = PhysicalVerification(
      method: "pgbackrest verify: checksum of every file and of the archived log")
    // Its exit code is 0 whatever it finds: only its words count.
    let text = try run("verify", ["--output=text", "--verbose"], in: backup.repository).outputText
    let reading = PgBackRestVerification(text)
    let needed = [backup.label] + backup.references
    for label in needed {
      if let damage = reading.damagedBackups[label] {
        verification.problems.append("backup \(label): \(damage)")
      } else if !reading.checkedBackups.contains(label) {
        verification.problems.append("backup \(label): pgBackRest did not look at it")
      }
    }
    verification.problems += reading.damagedArchives
    for (label, damage) in reading.damagedBackups.sorted(by: { $0.key < $1.key })
    where !needed.contains(label) {
      verification.notes.append("another backup is damaged, \(label): \(damage)")
    }
    if reading.isWell != true, verification.problems.isEmpty, verification.notes.isEmpty {
      verification.problems.append("pgBackRest does not say that the repository is whole")
    }
    return verification
  }

  package func copy(_ backup: PhysicalBackup, to place: DataPlace) throws(EngineError) {
    mkdir(place.data, 0o700)
    mkdir(place.tablespaces, 0o700)
    for folder in [place.data, place.tablespaces] where SystemUser.isRoot {
      chown(folder, place.user.userID, place.user.groupID)
    }
    // Not its lock folder: a drill must neither wait for the stanza's own work nor hold it up.
    _ = try run(
      "restore",
      [
        "--pg1-path=\(place.data)", "--set=\(backup.label)", "--type=none", "--archive-mode=off",
        "--tablespace-map-all=\(place.tablespaces)", "--lock-path=\(place.scratch)/lock",
      ], in: backup.repository, user: place.user)
  }

  /// Its programs keep files of their own, which another at the same time might find half written.
  package var verifiesWhileCopying: Bool { false }

  package var knowsDelta: Bool { true }

  package func install(
    _ backup: PhysicalBackup, at place: DataPlace, target: RecoveryTarget, isDelta: Bool
  ) throws(EngineError) {
    var arguments = [
      "--pg1-path=\(place.data)", "--set=\(backup.label)", "--tablespace-map-all=\(place.tablespaces)",
    ]
    switch target {
    case .latest: arguments.append("--type=default")
    case .time(let moment):
      arguments += ["--type=time", "--target=\(RecoveryTarget.text(moment))"]
    case .position(let position): arguments += ["--type=lsn", "--target=\(position)"]
    case .name(let name): arguments += ["--type=name", "--target=\(name)"]
    }
    if target != .latest { arguments.append("--target-action=promote") }
    if isDelta { arguments.append("--delta") }
    try run("restore", arguments, in: backup.repository, user: place.user)
  }

  package func restoreCommand(at place: DataPlace) -> String? {
    // Whichever repository has it, but for a rehearsal with one of them alone.
    let words = command(
      "archive-get", ["--pg1-path=\(place.data)", "--no-archive-async"], takesStanza: true, in: repository
    )
    .map { "'" + $0.replacing("'", with: "'\\''").replacing("%", with: "%%") + "'" }
    return words.joined(separator: " ") + " %f \"%p\""
  }

  /// The whole command line of one of its commands.
  ///
  /// - Parameter repository: the number of the repository it is about; `nil` for all.
  func command(
    _ name: String, _ arguments: [String], takesStanza: Bool, in repository: Int?
  ) -> [String] {
    var words = ["pgbackrest"]
    if let configuration { words.append("--config=\(configuration)") }
    if takesStanza { words.append("--stanza=\(stanza)") }
    if let repository { words.append("--repo=\(repository)") }
    return words + ["--log-level-console=off", "--log-level-stderr=warn", "--log-level-file=off"] + additions
      + [name] + arguments
  }

  @discardableResult
  func run(
    _ name: String, _ arguments: [String], takesStanza: Bool = true, in repository: Int? = nil,
    user: SystemUser? = .forServers
  ) throws(EngineError) -> Subprocess.Completion {
    let words = command(name, arguments, takesStanza: takesStanza, in: repository)
    let completion = try translatingFailures(of: "pgbackrest \(name) ran") {
      try Subprocess(words[0], Array(words.dropFirst()), user: user, directory: "/").run(accepting: 0...255)
    }
    guard completion.exitCode != 0 else { return completion }
    throw Self.failure(of: name, words: completion.diagnostics)
  }

  /// What its last words mean.
  private static func failure(of name: String, words: String) -> EngineError {
    let lines = words.split(separator: "\n").map(String.init)
    let errors = lines.filter { $0.contains("ERROR: ") }.map { line in
      // `ERROR: [082]: words`
      let fact = line.firstRange(of: "ERROR: ").map { String(line[$0.upperBound...]) } ?? line
      guard fact.hasPrefix("["), let end = fact.firstRange(of: "]: ") else { return fact }
      return String(fact[end.upperBound...])
    }
    let hint = lines.first { $0.contains("HINT: ") }.flatMap { line in
      line.firstRange(of: "HINT: ").map { line[$0.upperBound...] }
    }
    let text = words.lowercased()
    let kind: EngineError.Kind =
      if text.contains("no space left") {
        .diskFull
      } else if text.contains("permission denied") || text.contains("unable to open") && text.contains("[13]")
      {
        .permission
      } else if text.contains("checksum") || text.contains("[082]")
        || text.contains("format") && name == "restore"
      { .damaged } else if text.contains("unable to acquire lock") { .timeout } else { .refused }
    return EngineError(
      kind, "pgbackrest \(name) failed" + (errors.first.map { ": \($0)" } ?? ""),
      detail: Array(
        (errors.dropFirst() + lines.filter { !$0.contains("ERROR: ") && !$0.contains("HINT: ") }).prefix(6)),
      hint: hint.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." })
  }
}

extension PgBackRest {
  /// Removes a backup and what builds on it from its repository (`expire --set`); pgBackRest never removes its last full one.
  package func expire(_ label: String) throws(EngineError) {
    let backup = try backups().first { $0.label == label }
    try run("expire", ["--set=\(label)"], in: backup?.repository)
  }
}

extension PgBackRest {
  /// The folder of one of its repositories, when that is one on this machine; from its configuration file.
  package func localRepository(_ number: Int) -> String? {
    let files = [configuration, "/etc/pgbackrest/pgbackrest.conf", "/etc/pgbackrest.conf"].compactMap(\.self)
    guard let text = files.lazy.compactMap({ try? String(contentsOfFile: $0, encoding: .utf8) }).first else {
      return nil
    }
    var path = "/var/lib/pgbackrest"
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map { word in
        String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "repo\(number)-path": path = parts[1]
      case "repo\(number)-host": return nil
      case "repo\(number)-type": if parts[1] != "posix" { return nil }
      case _: break
      }
    }
    return path
  }
}
