import Glibc

/// A change of who runs a program and what happens to it when we die, made by `setpriv(1)` just before.
struct PrivilegeChange {
  /// Who is to run it; nil is us.
  var user: SystemUser?

  /// The signal it gets when the thread that started it ends, without "SIG".
  ///
  /// That thread must therefore wait for it.
  var whenParentDies: String

  /// The command that makes the change and then becomes `program`; nil when it needs `setpriv` and that is missing.
  func command(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String])? {
    var options = ["--pdeathsig=\(whenParentDies)"]
    let needed = user.flatMap { $0.userID == geteuid() ? nil : $0 }
    if let needed {
      options += ["--reuid=\(needed.userID)", "--regid=\(needed.groupID)", "--clear-groups"]
    }
    guard let setpriv = ProgramSearch.setpriv else { return needed == nil ? (program, arguments) : nil }
    return (setpriv, options + ["--", program] + arguments)
  }
}
