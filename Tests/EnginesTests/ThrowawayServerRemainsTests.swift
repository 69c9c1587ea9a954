import Engines
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What a throw-away server leaves behind: nothing, or what the next run clears away or uses.
@Suite struct `The remains of a throw-away server` {
  private static let small = ThrowawayServer.Options(memory: .small, usesTemplate: true)

  @Test func `is gone, process and directory, when it is stopped`() throws {
    let server = try ThrowawayServer(Self.small)
    let watch = try #require(ProcessWatch(server.processIdentifier))
    server.stop()
    #expect(watch.waitForEnd(atMost: .zero))
    #expect(access(server.directory, F_OK) == -1)
    #expect(!server.isRunning)
    server.stop()
  }

  @Test func `is gone when the last reference to it is`() throws {
    var server: ThrowawayServer? = try ThrowawayServer(Self.small)
    let directory = try #require(server?.directory)
    #expect(access(directory, F_OK) == 0)
    server = nil
    #expect(access(directory, F_OK) == -1)
  }

  @Test(arguments: [SIGKILL, 0])
  func `is gone when its process is killed or exits`(signal: Int32) async throws {
    let scratch = try Scratch()
    let note = scratch.path("note")
    await #expect(processExitsWith: signal == 0 ? .exitCode(0) : .signal(signal)) {
      [signal, note = note as String] in
      let server = try ThrowawayServer(.init(memory: .small, usesTemplate: true))
      let words = "\(server.guardian) \(server.directory)"
      try Data("\(server.processIdentifier) \(words)".utf8).write(to: URL(filePath: note))
      if signal == 0 { exit(0) }
      kill(getpid(), signal)
    }
    let words = try scratch.read("note").split(separator: " ", maxSplits: 1)
    let left = try LeftBehind(note: String(words[1]))
    let server = ProcessWatch(try #require(pid_t(words[0])))
    left.waitForGuardian()
    #expect(server?.waitForEnd(atMost: .zero) ?? true)
    #expect(!left.directoryExists)
  }

  @Test func `ends when its guardian is killed, and is cleared away all the same`() throws {
    let server = try ThrowawayServer(Self.small)
    let watch = try #require(ProcessWatch(server.processIdentifier))
    kill(server.guardian, SIGKILL)
    #expect(watch.waitForEnd(atMost: .seconds(60)))
    server.stop()
    #expect(access(server.directory, F_OK) == -1)
  }

  @Test func `is not started once interrupted, and leaves nothing`() async throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    await #expect(processExitsWith: .exitCode(42)) { [parent = parent as String] in
      Interruption.request()
      do {
        _ = try ThrowawayServer(.init(parentDirectory: parent))
      } catch is Interrupted {
        exit(42)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == [])
  }

  @Test func `that was left behind is removed, its process ended, and one in use is not`() async throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    await #expect(processExitsWith: .signal(SIGKILL)) { [parent = parent as String] in
      let server = try ThrowawayServer(.init(parentDirectory: parent, memory: .small))
      kill(server.guardian, SIGKILL)
      kill(getpid(), SIGKILL)
    }
    let inUse = try ThrowawayServer(.init(parentDirectory: parent, memory: .small))
    // One that has outlived both its owner and its guardian: started by hand in a directory whose lock nobody holds.
    let orphan = "\(parent)/plumb-server-orphan"
    try FileManager.default.createDirectory(atPath: orphan, withIntermediateDirectories: false)
    try Data().write(to: URL(filePath: "\(orphan)/.plumb-owner"))
    chown(orphan, inUse.user.userID, inUse.user.groupID)
    let options = "-c listen_addresses= -c unix_socket_directories=\(orphan)"
    for (program, arguments) in [
      ("initdb", ["-D", "\(orphan)/data", "-A", "trust", "--no-sync"]),
      ("pg_ctl", ["-D", "\(orphan)/data", "-l", "\(orphan)/log", "-o", options, "-w", "start"]),
    ] {
      _ = try Subprocess(
        "\(inUse.binaries.directory)/\(program)", arguments, user: inUse.user, directory: "/"
      ).run()
    }
    let number = try String(contentsOfFile: "\(orphan)/data/postmaster.pid", encoding: .utf8).prefix {
      $0.isNumber
    }
    let watch = try #require(pid_t(number).flatMap { ProcessWatch($0) })

    let removed = ThrowawayServer.removeLeftovers(in: parent)
    #expect(removed.count == 2 && removed.contains(orphan) && !removed.contains(inUse.directory))
    #expect(watch.waitForEnd(atMost: .zero))
    #expect(
      try "\(parent)/" + FileManager.default.contentsOfDirectory(atPath: parent).joined() == inUse.directory)
    #expect(try inUse.answer(to: "SELECT 1") == "1\n")
  }

  /// A small server from a template in `parent`, and the number by which it can be told from one that is no copy of it.
  private func identity(_ parent: String) throws -> String {
    let server = try ThrowawayServer(.init(parentDirectory: parent, memory: .small, usesTemplate: true))
    return try server.answer(to: "SELECT system_identifier FROM pg_control_system()")
  }

  private func template(in parent: String) throws -> String {
    let templates = try FileManager.default.contentsOfDirectory(atPath: parent).filter {
      $0.hasPrefix("plumb-template-")
    }
    try #require(templates.count == 1)
    return "\(parent)/\(templates[0])"
  }

  @Test func `may be a template that nobody else can read, of the cluster as it was at first`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    let options = ThrowawayServer.Options(parentDirectory: parent, memory: .small, usesTemplate: true)
    let first = try ThrowawayServer(options)
    var status = stat()
    #expect(stat(try template(in: parent), &status) == 0)
    #expect(status.st_mode == S_IFDIR | 0o700 && status.st_uid == first.user.userID)
    _ = try first.answer(to: "CREATE TABLE only_here ()")
    let second = try ThrowawayServer(options)
    #expect(try second.answer(to: "SELECT count(*) FROM pg_class WHERE relname = 'only_here'") == "0\n")
  }

  @Test func `such as a template are used again for a day, if nobody else may have changed them`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    let first = try identity(parent)
    #expect(try identity(parent) == first)

    _ = try Subprocess("touch", ["-d", "25 hours ago", template(in: parent)]).run()
    let second = try identity(parent)
    #expect(second != first)
    #expect(try identity(parent) == second)

    chmod(try template(in: parent), 0o770)
    let third = try identity(parent)
    #expect(third != second)

    chmod(try template(in: parent) + "/PG_VERSION", 0)
    #expect(try identity(parent) != third, "a copy that fails is made up for")
  }

  @Test func `such as a template are removed when it is of no more use`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    _ = try identity(parent)
    #expect(ThrowawayServer.removeLeftovers(in: parent) == [])

    let name = try template(in: parent)
    let earlier = "\(parent)/plumb-template-\(SystemUser.forServers.userID)-00000000-abc"
    #expect(rename(name, earlier) == 0, "as if it came from before the machine was restarted")
    #expect(ThrowawayServer.removeLeftovers(in: parent) == [earlier])
  }
}
