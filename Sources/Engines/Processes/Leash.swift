import FoundationEssentials
import Glibc
import Synchronization

/// What keeps a directory, and a program living in it, from outlasting us.
///
/// A shell waits for the end of its input, which comes when we let go of the leash and also when we exit, crash or
/// are killed. Then it ends the program and removes the directory. The shell is in a session of its own and
/// survives Ctrl-C, hang-up and SIGTERM; should it be killed itself, the program is ended by the kernel.
final class Leash: Sendable {
  /// The shell.
  let guardian: pid_t

  private let directory: String
  private let status: Descriptor

  /// Our end of the shell's standard input; nil once released.
  private let control: Mutex<Int32?>

  /// Puts `directory` on a leash.
  ///
  /// - Parameters:
  ///   - directory: an absolute path.
  ///   - resident: the program that ``start()`` will run, by its path, and its arguments. It must end on SIGTERM
  ///     until it has installed its signal handlers, and on SIGQUIT from then on.
  ///   - user: who runs the resident.
  ///   - environment: what the resident sees besides PATH.
  /// - Throws: ``SystemError`` when the shell cannot be started; the directory is untouched then.
  init(
    on directory: String, resident: [String] = [], user: SystemUser? = nil,
    environment: [String: String] = [:]
  ) throws(SystemError) {
    var command: [String] = []
    if let program = resident.first {
      let change = PrivilegeChange(user: user, whenParentDies: "QUIT")
      guard let changed = change.command(program, Array(resident.dropFirst())) else {
        throw SystemError(doing: "find setpriv", code: ENOENT)
      }
      command = [changed.program] + changed.arguments
    }
    let variables = Subprocess.Environment.only(environment).variables
    let launch = ChildProcess.Launch(
      program: "/bin/sh", arguments: ["-c", Self.script, "plumb-leash", directory] + command,
      environment: variables.map { "\($0.key)=\($0.value)" }, directory: "/")

    // A socket, not a pipe: writing to a shell that was killed then is an error, not a SIGPIPE.
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError(doing: "create a socket pair") }
    let ours = try Descriptor.owning(ends[0])
    let theirs = try Descriptor.owning(ends[1])
    let report = try PipeEnds.make()
    let nothing = try Descriptor.opening("/dev/null", O_WRONLY)
    let shell = try ChildProcess(launch, input: theirs, output: report.writeEnd, errors: nothing)

    self.guardian = shell.leaveRunning()
    self.directory = directory
    self.status = report.closingWriteEnd()
    self.control = Mutex(ours.keepOpen())
    // Before that a signal would end it.
    guard Self.line(from: status) == "ready" else { throw Self.unreachable }
  }

  deinit {
    release()
  }

  /// Two points are not obvious.
  ///
  /// A signal makes `read` fail just as the end of the input does, so the trap takes note of it. And what runs in the
  /// background of a shell ignores SIGINT and SIGQUIT until it says otherwise, so the program gets SIGTERM, which works
  /// before that, and SIGQUIT, which works after it.
  private static let script = """
    trap signalled=yes HUP INT TERM
    directory=$1
    shift
    program=
    echo ready
    while signalled= word=; read -r word || [ -n "$signalled" ]; do
      case $word in
      start)
        "$@" 3>&1 >>"$directory/log" 2>&1 &
        program=$!
        echo "$program"
        exec >/dev/null
        ;;
      ended)
        wait "$program"
        program=
        ;;
      esac
    done
    trap '' HUP INT TERM
    if [ -n "$program" ]; then
      kill -TERM "$program"
      kill -QUIT "$program"
      wait "$program"
    fi
    for attempt in 1 2 3 4 5; do
      rm -rf -- "$directory" && exit
      sleep 1
    done
    """

  /// Starts the resident and returns its process; its output goes to the file `log` in the directory.
  func start() throws(SystemError) -> pid_t {
    try tell("start")
    guard let resident = Self.line(from: status).flatMap({ pid_t($0) }) else { throw Self.unreachable }
    return resident
  }

  /// Waits for the end of the resident; false when it still runs after `limit`, or at an interruption.
  func waitForEnd(atMost limit: Duration, isInterruptible: Bool) -> Bool {
    let interruption = isInterruptible ? Interruption.descriptor : -1
    return Readiness.wait(for: [status.number, interruption], until: .now + limit)[0]
  }

  /// Ends the resident and removes the directory, and waits until both is done; again it does nothing.
  func release() {
    control.withLock { control in
      guard let number = control else { return }
      close(number)
      control = nil
      _ = ChildProcess.wait(for: guardian)
      // If the shell was killed the program may still be on its way out, and the directory is still there.
      _ = Readiness.wait(for: [status.number], until: .now + .seconds(10))
      try? DirectoryRemoval.remove(directory)
    }
  }

  /// Lets the shell take notice that the resident has ended by itself, so that it will not signal a stranger that
  /// has got its number.
  func noteEnd() {
    try? tell("ended")
  }

  private func tell(_ word: String) throws(SystemError) {
    let line = Array("\(word)\n".utf8)
    let sent = control.withLock { control in
      control.map { send($0, line, line.count, Int32(MSG_NOSIGNAL)) }
    }
    guard sent == line.count else { throw Self.unreachable }
  }

  private static func line(from stream: borrowing Descriptor) -> String? {
    var line: [UInt8] = []
    var byte: [UInt8] = [0]
    while case .bytes = stream.read(into: &byte) {
      if byte == [UInt8(ascii: "\n")] { return String(decoding: line, as: UTF8.self) }
      line += byte
    }
    return nil
  }

  private static var unreachable: SystemError {
    SystemError(doing: "reach the shell that holds a leash", code: EPIPE)
  }
}
