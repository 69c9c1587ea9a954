import CLinux
import Glibc

/// A process we started and have not waited for yet, in a session of its own.
///
/// The session keeps the terminal's Ctrl-C and hang-up away from it, so that we decide what happens, and leaves
/// it without a terminal, so that it cannot stop and wait for a password typed there.
struct ChildProcess: ~Copyable {
  /// The process, and the process group it leads.
  let identifier: pid_t

  /// Readable once the process has ended (`pidfd_open(2)`); -1 on a kernel older than 5.3.
  let endDescriptor: Int32

  /// What to run and what it sees of the world; nothing else is inherited.
  struct Launch {
    /// A path; `arguments` does not repeat it.
    var program: String
    var arguments: [String]

    /// `NAME=value` pairs.
    var environment: [String]

    /// Where it starts; nil is where we are.
    var directory: String?
  }

  /// Starts a process with `posix_spawn(3)`.
  ///
  /// Signal mask and dispositions are reset: a thread of ours may have signals blocked, and a child that inherits
  /// that cannot be terminated.
  init(
    _ launch: Launch, input: borrowing Descriptor, output: borrowing Descriptor, errors: borrowing Descriptor
  ) throws(SystemError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.number, STDERR_FILENO)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    if let directory = launch.directory {
      posix_spawn_file_actions_addchdir_np(&actions, directory)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | shim_POSIX_SPAWN_SETSID)

    let arguments = CStrings([launch.program] + launch.arguments)
    let environment = CStrings(launch.environment)
    var started: pid_t = 0
    let code = posix_spawn(
      &started, launch.program, &actions, &attributes, arguments.pointers, environment.pointers)
    guard code == 0 else { throw SystemError(doing: "start \(launch.program)", code: code) }
    identifier = started
    endDescriptor = shim_pidfd_open(started)
  }

  /// Whoever lets go of a child without waiting for it ends it, and what is left of its group.
  deinit {
    // Until we have waited for it, its number is not given to another group.
    kill(-identifier, SIGKILL)
    _ = Self.wait(for: identifier)
    if endDescriptor >= 0 { close(endDescriptor) }
  }

  /// Sends a signal to the process and everything it started in its group.
  borrowing func signal(_ number: Int32) {
    kill(-identifier, number)
  }

  /// Waits until it has ended, however long that takes.
  consuming func wait() -> ProcessEnd {
    let end = Self.wait(for: identifier)
    if endDescriptor >= 0 { close(endDescriptor) }
    discard self
    return end
  }

  /// Lets it run on; the caller must later wait for the returned process.
  consuming func leaveRunning() -> pid_t {
    let identifier = identifier
    if endDescriptor >= 0 { close(endDescriptor) }
    discard self
    return identifier
  }

  /// Waits for a child that was left running.
  static func wait(for identifier: pid_t) -> ProcessEnd {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) == -1 && errno == EINTR {}
    return ProcessEnd(waitStatus: status)
  }
}

/// A NULL-terminated array of C strings.
private struct CStrings: ~Copyable {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    pointers = strings.map { strdup($0) } + [nil]
  }

  deinit {
    for pointer in pointers { free(pointer) }
  }
}
