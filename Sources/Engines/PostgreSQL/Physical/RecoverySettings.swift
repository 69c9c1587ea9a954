import FoundationEssentials
import Glibc
import SchemaModel

/// What a server is told so that it recovers from an archive of the log, in its own `postgresql.auto.conf`.
struct RecoverySettings {
  let restoreCommand: String
  let target: RecoveryTarget

  /// Every setting of recovery, so that none of the source's own counts.
  ///
  /// What is emptied comes first: PostgreSQL takes an empty target behind another one for a second target.
  var settings: [(name: String, value: String)] {
    var own = [(name: "restore_command", value: restoreCommand)]
    switch target {
    case .latest: break
    case .time(let date): own.append((name: "recovery_target_time", value: RecoveryTarget.text(date)))
    case .position(let position): own.append((name: "recovery_target_lsn", value: "\(position)"))
    case .name(let name): own.append((name: "recovery_target_name", value: name))
    }
    if target != .latest { own.append((name: "recovery_target_action", value: "promote")) }
    let emptied = ["", "_lsn", "_name", "_time", "_xid"].map { "recovery_target\($0)" }
      .filter { name in !own.contains { $0.name == name } }
    return emptied.map { (name: $0, value: "") } + own
  }

  /// Adds them to a data directory, and has the server recover when it starts.
  func write(into place: DataPlace) throws(EngineError) {
    let path = "\(place.data)/postgresql.auto.conf"
    let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let lines = settings.map { name, value in
      "\(name) = '" + value.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'\n"
    }
    let text =
      old + (old.isEmpty || old.hasSuffix("\n") ? "" : "\n")
      + "# Recovery, written by plumb restore.\n" + lines.joined()
    unlink("\(place.data)/standby.signal")
    for (file, content) in [(path, text), ("\(place.data)/recovery.signal", "")] {
      do { try Data(content.utf8).write(to: URL(filePath: file)) } catch {
        throw EngineError(.diskFull, "cannot write \(file)", detail: ["\(error)"])
      }
      chmod(file, 0o600)
      if SystemUser.isRoot { _ = chown(file, place.user.userID, place.user.groupID) }
    }
  }
}
