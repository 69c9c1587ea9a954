import Glibc

extension EngineError {
  /// A file of an archive, or a part of it, is not what was written.
  static func damagedFile(_ name: String, because reason: String) -> EngineError {
    EngineError(
      .damaged, "a data file of the archive is damaged: \(name)", detail: [reason],
      hint: "Use another backup: 'plumb backups' lists them.")
  }

  /// The bytes end where more must follow.
  static func cutOff(_ name: String) -> EngineError {
    damagedFile(name, because: "it ends too early: part of it is missing")
  }

  /// A file cannot be written; must directly follow the failed call: takes the reason from `errno`.
  ///
  /// - Parameter place: the advice for a disk that is full: what else to name.
  static func unwritable(_ path: String, elseName place: String = "name another folder") -> EngineError {
    let code = errno
    return EngineError(
      code == ENOSPC || code == EDQUOT ? .diskFull : .permission, "cannot write \(path)",
      detail: [String(cString: strerror(code))],
      hint: "Free room on that disk or \(place), and run it again.")
  }
}
