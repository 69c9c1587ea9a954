import FoundationEssentials
import Glibc
import SchemaModel

/// What a server is told so that it recovers from an archive of the log, in its own `postgresql.auto.conf`.
struct RecoverySettings {
  let restoreCommand: String
  let target: RecoveryTarget

  /// Every setting of recovery, so that none of the source's own counts.
  var settings: [(name: String, value: String)] {
    var own = ["restore_command": restoreCommand]
    switch target {
    case .latest: break
    case .time(let date): own["recovery_target_time"] = RecoveryTarget.text(date)
    case .position(let position): own["recovery_target_lsn"] = "\(position)"
    case .name(let name): own["recovery_target_name"] = name
    }
    if target != .latest { own["recovery_target_action"] = "promote" }
    let targets = ["", "_lsn", "_name", "_time", "_xid"].map { "recovery_target\($0)" }
    for name in targets where own[name] == nil { own[name] = "" }
    return own.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
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
