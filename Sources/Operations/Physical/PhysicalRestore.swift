import Analysis
import Engines
import Foundation
import SchemaModel

/// Restores a server's files into a data directory, for real.
package struct PhysicalRestore {
  private let location: PhysicalLocation
  private let folder: String
  private let now: @Sendable () -> Date

  /// - Parameter folder: the data directory to be.
  package init(_ location: PhysicalLocation, into folder: String, now: @escaping @Sendable () -> Date) {
    self.location = location
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    self.now = now
  }

  /// What lies at the destination now.
  package enum State: Hashable, Sendable {
    case missing
    case empty
    /// A data directory, or something else; it is replaced when its name is confirmed.
    case occupied(name: String, isDataDirectory: Bool)
  }

  /// What was done, and what a person has to do next.
  package struct Report: Hashable, Sendable {
    package var backup: String
    package var folder: String
    package var target: RecoveryTarget
    package var timeline = Timeline()
    package var notes: [String] = []
    /// In order; each a sentence.
    package var nextSteps: [String] = []
  }

  /// Looks at the destination and changes nothing.
  ///
  /// - Throws: ``OperationError`` when a server runs on it, or its parent does not exist.
  package func state() throws -> State {
    if let server = RunningServer.on(folder) {
      throw OperationError(
        "a server runs on \(folder)", detail: [server],
        hint: "Stop it first, and make sure that nothing starts it again meanwhile.")
    }
    let parent = (folder as NSString).deletingLastPathComponent
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
      throw OperationError(
        "there is no folder \(parent)", detail: ["for the data directory \(folder)"],
        hint: "Correct the path, or make the folder first.")
    }
    if let backup = location.provider as? BaseBackupFolder {
      let destination = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
      guard destination != backup.path, !destination.hasPrefix(backup.path + "/"),
        !backup.path.hasPrefix(destination + "/")
      else {
        throw OperationError(
          "\(folder) is the backup itself",
          hint: "Restore into another folder: a backup that a server runs on is none any more.")
      }
    }
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return .missing }
    guard isFolder.boolValue else {
      throw OperationError("\(folder) is no folder", hint: "Name the data directory to be.")
    }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw OperationError(
        "cannot look into \(folder)", detail: [error.localizedDescription],
        hint: "Run as the user who owns it.")
    }
    guard !names.isEmpty else { return .empty }
    return .occupied(
      name: (folder as NSString).lastPathComponent, isDataDirectory: names.contains("PG_VERSION"))
  }

  /// Restores; `state` was seen before and, where it was occupied, confirmed by its name.
  ///
  /// Where only what differs can be replaced, that is done in place; else what was there is moved beside it and never removed.
  package func run(
    _ plan: RecoveryPlan, over state: State, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> Report {
    let provider = location.provider
    let hold = try location.hold(plan.backup)
    defer { withExtendedLifetime(hold) {} }
    var report = Report(
      backup: provider.identifier(of: plan.backup), folder: folder, target: plan.target)
    report.notes = ["\(plan.reason): \(plan.backup.label)"] + plan.warnings
    var clock = PhaseClock(progress: progress)
    if !provider.knowsDelta {
      // pgBackRest compares every file's checksum while it restores it; a plain copy would not.
      let verification = try clock.phase("verify files", into: &report.timeline) {
        let verification = try provider.verify(plan.backup)
        return (verification, .bytes(plan.backup.byteCount, verification.method))
      }
      guard verification.problems.isEmpty else {
        throw OperationError(
          "the backup \(plan.backup.label) is damaged", detail: verification.problems,
          hint: "Nothing was touched. 'plumb backups' lists others.")
      }
      report.notes += verification.notes
    }
    let user = Self.owner(of: folder)
    var isDelta = false
    var aside: String?
    switch state {
    case .missing, .empty: break
    case .occupied(_, let isDataDirectory):
      isDelta = provider.knowsDelta && isDataDirectory
      if isDelta {
        // Left by a server that is gone: nobody runs on it, as was seen.
        unlink("\(folder)/postmaster.pid")
      } else {
        let place = try moveAside()
        aside = place
        report.notes.append("what was in \(folder) is now in \(place)")
      }
    }
    let place = DataPlace(data: folder, tablespaces: "\(folder).tablespaces", scratch: folder, user: user)
    guard try self.state() == state || !isDelta else {
      throw OperationError(
        "\(folder) was changed by somebody else meanwhile", hint: "Look at it, and run the restore again.")
    }
    try clock.phase(isDelta ? "restore what differs" : "restore files", into: &report.timeline) {
      // What was there before us is not ours to remove; a folder that was there was empty, or is aside now.
      let made =
        [folder]
        + [place.tablespaces].filter { !FileManager.default.fileExists(atPath: $0) }
      makeFolder(folder, for: user)
      makeFolder(place.tablespaces, for: user)
      defer { rmdir(place.tablespaces) }
      do throws(EngineError) {
        try provider.install(
          plan.backup, at: place, target: plan.recoveryTarget, isDelta: isDelta)
      } catch {
        throw isDelta
          ? Self.leavingIncomplete(folder, because: error) : undone(error, aside: aside, state, made: made)
      }
      return .bytes(plan.backup.byteCount, plan.backup.label)
    }
    report.nextSteps = nextSteps(plan, place: place)
    return report
  }

  /// The error, after the folder was made again what it was.
  private func undone(_ error: EngineError, aside: String?, _ state: State, made: [String]) -> EngineError {
    _ = try? Subprocess("rm", ["-rf", "--"] + made, whenInterrupted: .finish).run()
    if let aside {
      rename(aside, folder)
    } else if state == .empty {
      makeFolder(folder, for: Self.owner(of: folder))
    }
    return error
  }

  /// The error with what it means for a folder that is changed in place.
  private static func leavingIncomplete(_ folder: String, because error: EngineError) -> EngineError {
    var error = error
    let advice = "Run it again: what is there already is not copied twice. Start no server on it before."
    error.detail.append("\(folder) is left incomplete")
    error.hint = [error.hint, advice].compactMap(\.self).joined(separator: " ")
    if Interruption.isRequested { error.message = "interrupted; \(folder) is left incomplete" }
    return error
  }

  private func moveAside() throws -> String {
    let stamp = now().formatted(
      .iso8601.year().month().day().timeSeparator(.omitted).dateSeparator(.omitted).time(
        includingFractionalSeconds: false))
    let aside = "\(folder).before-\(stamp)"
    guard rename(folder, aside) == 0 else {
      throw OperationError(
        "what is in \(folder) cannot be moved aside", detail: [String(cString: strerror(errno))],
        hint: "Move it away by hand (it may be a mount point), and restore into the empty folder.")
    }
    return aside
  }

  /// Who will own the files: whoever owns the folder, else the account that runs PostgreSQL here.
  private static func owner(of folder: String) -> SystemUser {
    var status = stat()
    guard SystemUser.isRoot, stat(folder, &status) == 0, status.st_uid != 0,
      let owner = SystemUser(userID: status.st_uid)
    else { return .forServers }
    return owner
  }

  private func makeFolder(_ path: String, for user: SystemUser) {
    guard mkdir(path, 0o700) == 0, SystemUser.isRoot else { return }
    _ = chown(path, user.userID, user.groupID)
  }

  private func nextSteps(_ plan: RecoveryPlan, place: DataPlace) -> [String] {
    var steps: [String] = []
    let files = FileManager.default
    if !files.fileExists(atPath: "\(folder)/postgresql.conf") {
      steps.append(
        "Bring postgresql.conf and pg_hba.conf along: the server kept them elsewhere, and the backup has none."
      )
    }
    steps.append(
      "Look at archive_mode and archive_command: if the lost server may still be running, both must not write into one archive."
    )
    if files.fileExists(atPath: place.tablespaces) {
      steps.append(
        "Its tablespaces are in \(place.tablespaces); move them and the links in pg_tblspc if they belong elsewhere."
      )
    }
    let program =
      (try? ServerBinaries.exactly(plan.backup.serverMajorVersion)).map { "\($0.directory)/pg_ctl" }
      ?? "pg_ctl"
    steps.append("Start it as \(place.user.name): \(program) -D \(folder) -w start")
    steps.append(
      plan.target == .latest
        ? "It recovers to the end of the log and then takes writes."
        : "It recovers to \(plan.target) and then takes writes, on a timeline of its own.")
    steps.append("Ask its rows before anybody relies on it: plumb check postgres://HOST/DATABASE")
    return steps
  }
}
