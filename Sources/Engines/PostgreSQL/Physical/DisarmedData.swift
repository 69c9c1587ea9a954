import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

/// Makes the files of another server fit for a throw-away one: with settings of ours and none of theirs.
struct DisarmedData {
  private let place: DataPlace
  private let binaries: ServerBinaries?

  init(_ place: DataPlace, binaries: ServerBinaries?) {
    self.place = place
    self.binaries = binaries
  }

  /// Writes the settings and removes what would set the server to work for somebody.
  ///
  /// - Returns: what is worth knowing of what was left out.
  func prepare(_ target: RecoveryTarget, restoreCommand: String?) throws(EngineError) -> [String] {
    let (libraries, notes) = preloadedLibraries()
    let preparedTransactions = control("max_prepared_xacts setting") ?? "0"
    var settings = [
      "archive_mode": "off", "max_prepared_transactions": preparedTransactions,
      "shared_preload_libraries": libraries.joined(separator: ", "),
      "cron.launch_active_jobs": "off", "timescaledb.max_background_workers": "0",
      "recovery_target_action": "promote", "restart_after_crash": "off",
    ]
    if let restoreCommand {
      settings["restore_command"] = restoreCommand
      switch target {
      case .latest: break
      case .time(let date):
        settings["recovery_target_time"] = RecoveryTarget.text(date)
      case .position(let position): settings["recovery_target_lsn"] = "\(position)"
      case .name(let name): settings["recovery_target_name"] = name
      }
    }
    let data = place.data
    for name in [
      "postmaster.pid", "standby.signal", "recovery.signal", "recovery.conf", "postgresql.auto.conf",
    ] {
      unlink("\(data)/\(name)")
    }
    for slot in (try? FileManager.default.contentsOfDirectory(atPath: "\(data)/pg_replslot")) ?? [] {
      // Slots hold on to log for receivers that must not find us.
      try? DirectoryRemoval.remove("\(data)/pg_replslot/\(slot)")
    }
    try write("", to: "\(data)/postgresql.auto.conf")
    if restoreCommand != nil { try write("", to: "\(data)/recovery.signal") }
    let text = settings.sorted { $0.key < $1.key }.map { "\($0.key) = \(Self.quoted($0.value))\n" }.joined()
    try write(text, to: "\(place.scratch)/postgresql.conf")
    try write("local all all trust\n", to: "\(place.scratch)/pg_hba.conf")
    try write("", to: "\(place.scratch)/pg_ident.conf")
    chmod(data, 0o700)
    return notes
  }

  /// Libraries the source loads at its start, without those that go to work by themselves or are not installed here.
  private func preloadedLibraries() -> (kept: [String], notes: [String]) {
    guard let binaries else { return ([], []) }
    let answer = try? Subprocess(
      binaries.path(of: .postgres), ["-D", place.data, "-C", "shared_preload_libraries"],
      environment: .only(ThrowawayServer.environment), user: place.user, directory: "/"
    ).run()
    let names = (answer?.outputText ?? "").split { ", \n\"".contains($0) }.map(String.init)
    let folder = libraryFolder(binaries)
    var kept: [String] = []
    var notes: [String] = []
    for name in names {
      let base = name.split(separator: "/").last.map(String.init) ?? name
      if Self.restless.contains(base) {
        notes.append("\(base) was not loaded: it would go to work by itself")
      } else if ["", ".so"].contains(where: { access("\(folder)/\(base)\($0)", R_OK) == 0 }) {
        kept.append(base)
      } else {
        notes.append("\(base), which the source preloads, is not installed here and was left out")
      }
    }
    return (kept, notes)
  }

  /// Libraries that run jobs, reach out to other servers, or wait for them.
  private static let restless: Set<String> = [
    "pg_cron", "pg_partman_bgw", "pglogical", "bdr", "pg_net", "pg_squeeze", "repmgr", "powa", "spock",
    "pg_failover_slots", "pgautofailover", "worker_spi", "pg_prewarm",
  ]

  private func libraryFolder(_ binaries: ServerBinaries) -> String {
    let answer = try? Subprocess("\(binaries.directory)/pg_config", ["--pkglibdir"]).run()
    let told = answer?.outputText.split(separator: "\n").first.map(String.init)
    // pg_config comes with the development package; beside the programs is where Debian has the libraries.
    return told ?? "\(binaries.directory)/../lib"
  }

  /// A line of pg_controldata.
  private func control(_ name: String) -> String? {
    guard let binaries else { return nil }
    let answer = try? Subprocess(
      "\(binaries.directory)/pg_controldata", [place.data], user: place.user, directory: "/"
    ).run()
    return answer?.outputText.split(separator: "\n").lazy.compactMap { line in
      line.hasPrefix("\(name):") ? String(line.dropFirst(name.count + 1).drop { $0 == " " }) : nil
    }.first
  }

  private func write(_ text: String, to path: String) throws(EngineError) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path))
      // The server must read it, whoever we are.
      chmod(path, 0o644)
      if SystemUser.isRoot { _ = chown(path, place.user.userID, place.user.groupID) }
    } catch {
      throw EngineError(.diskFull, "cannot write \(path)", detail: ["\(error)"])
    }
  }

  private static func quoted(_ value: String) -> String {
    "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
  }
}
