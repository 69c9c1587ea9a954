import FoundationEssentials
import Glibc

/// A PostgreSQL cluster of our own, for as long as it is needed.
///
/// It listens on a Unix socket in its own directory and nowhere else, is run by somebody without privileges, trades
/// safety from power loss for speed, and is gone, with its directory, when the last reference to it is or when this
/// process ends in whatever way.
package final class ThrowawayServer: Sendable {
  /// The superuser of the cluster, which needs no password.
  package static let superuser = "postgres"

  /// The only file name a server's socket can have; every cluster has its own directory.
  static let port = 5432

  /// The longest path a Unix socket can have, in bytes (`sun_path` in `unix(7)`).
  static let socketPathLimit = 107

  /// What it was made with.
  package let options: Options

  /// The programs it runs.
  package let binaries: ServerBinaries

  /// The operating system's account it runs as.
  package let user: SystemUser

  /// The server's main process.
  package let processIdentifier: pid_t

  private let home: TemporaryDirectory

  /// Creates a cluster and starts it; returns when it accepts connections.
  ///
  /// - Parameter fill: puts the data directory in place, where its ``Options/origin`` is ``Origin/files``.
  /// - Throws: ``ThrowawayServerError``, ``ServerBinariesError``, ``TemporaryDirectoryError``, ``Interrupted``, what `fill`
  ///   throws; nothing is left behind then.
  package init(
    _ options: Options = Options(), fill: ((_ home: String, _ user: SystemUser) throws -> Void)? = nil
  ) throws {
    let binaries = try options.binaries ?? ServerBinaries.newest()
    let user = SystemUser.forServers
    let home = try TemporaryDirectory(for: "server", in: options.parentDirectory, owner: user) {
      path throws(SystemError) in
      try Leash(
        on: path, resident: Self.command(binaries, options, directory: path), user: user,
        environment: Self.environment)
    }
    try Self.checkSocketPath(in: home.path)
    if let fill {
      try fill(home.path, user)
    } else {
      try DataDirectory(binaries: binaries, options: options, user: user)
        .create(at: home.path + "/data", shelf: home.parent)
    }

    self.options = options
    self.binaries = binaries
    self.user = user
    self.home = home
    do throws(SystemError) {
      processIdentifier = try home.leash.start()
    } catch {
      throw ThrowawayServerError.notStarted(log: "\(error)")
    }
    try waitUntilReady()
  }

  /// Holds the data, the socket and the log.
  package var directory: String { home.path }

  /// The process that ends the server and removes its directory when we cannot.
  package var guardian: pid_t { home.guardian }

  /// How to connect to its first database, as a libpq connection string.
  package var conninfo: String { conninfo(database: "postgres") }

  /// How to connect to a database of it, as a libpq connection string; takes no notice of PGOPTIONS, which is meant
  /// for other servers.
  package func conninfo(database: String) -> String {
    func quoted(_ value: String) -> String {
      "'" + value.reduce(into: "") { $0 += $1 == "'" || $1 == "\\" ? "\\\($1)" : "\($1)" } + "'"
    }
    return
      "host=\(quoted(directory)) port=\(Self.port) user=\(Self.superuser) dbname=\(quoted(database)) options=''"
  }

  /// The end of what the server has logged, at most 64 KiB.
  package var logTail: String { Self.logTail(in: directory) }

  /// Whether its main process is there.
  package var isRunning: Bool { !home.leash.waitForEnd(atMost: .zero, isInterruptible: false) }

  /// How much disk the data takes, indexes, write-ahead log and free space included, in bytes.
  package func dataDirectoryByteCount() -> Int {
    DirectorySize.byteCount(of: directory + "/data")
  }

  /// Ends the server and removes its directory; again it does nothing.
  package func stop() {
    home.remove()
  }

  /// Ends the server as if it had crashed, and waits until it is gone; its directory stays until ``stop()``.
  package func crash() {
    guard isRunning, let watch = ProcessWatch(processIdentifier) else { return }
    kill(processIdentifier, SIGQUIT)
    // The first tells that its children are gone too, the second that it has ended and not only closed its files.
    if home.leash.waitForEnd(atMost: .seconds(30), isInterruptible: false),
      watch.waitForEnd(atMost: .seconds(30))
    {
      home.leash.noteEnd()
    }
  }

  private func waitUntilReady() throws {
    let deadline = ContinuousClock.now + options.startLimit
    while !isReady {
      try Interruption.check()
      if home.leash.waitForEnd(atMost: .milliseconds(5), isInterruptible: true) {
        home.leash.noteEnd()
        throw ThrowawayServerError.notStarted(log: logTail)
      }
      if .now > deadline { throw ThrowawayServerError.notReady(after: options.startLimit, log: logTail) }
    }
  }

  /// The eighth line of postmaster.pid says how far the server has come.
  private var isReady: Bool {
    let lines =
      (try? String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8))?
      .split(separator: "\n", omittingEmptySubsequences: false) ?? []
    return lines.count > 7 && lines[7].hasPrefix("ready")
  }

  private static func logTail(in directory: String) -> String {
    var tail = StreamTail(byteCount: 64 << 10)
    guard let log = try? Descriptor.opening("\(directory)/log", O_RDONLY) else { return "" }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while case .bytes(let count) = log.read(into: &buffer) { tail.add(buffer[..<count]) }
    return tail.text
  }

  private static func checkSocketPath(in directory: String) throws(ThrowawayServerError) {
    let path = "\(directory)/.s.PGSQL.\(port)"
    if path.utf8.count > socketPathLimit {
      throw .unusableDirectory(
        directory,
        problem: "the path of its socket has \(path.utf8.count) bytes, and may have \(socketPathLimit)")
    }
    if directory.contains(",") {
      throw .unusableDirectory(directory, problem: "a comma in the path would end the name of the host")
    }
  }
}
