import Engines
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite struct `A throw-away server` {
  /// Small, and from a template, so that many tests can have one.
  private static let small = ThrowawayServer.Options(memory: .small, usesTemplate: true)

  /// A folder that the server's user may enter, as opposed to a scratch directory itself.
  private func openFolder(_ name: String, in scratch: Scratch) throws -> String {
    try FileManager.default.createDirectory(atPath: scratch.path(name), withIntermediateDirectories: true)
    chmod(scratch.path, 0o755)
    chmod(scratch.path(name), 0o777)
    return scratch.path(name)
  }

  private func ask(_ question: String, _ server: ThrowawayServer) throws -> String {
    try TemporaryPostgres.run(question, in: server.conninfo)
  }

  @Test func `answers, in UTF8 and C locale, fast and without autovacuum`() throws {
    let server = try ThrowawayServer()
    defer { server.stop() }
    let question = """
      SELECT current_user, current_database(), getdatabaseencoding(), datcollate FROM pg_database
        WHERE datname = current_database();
      SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
        WHERE name IN ('fsync', 'autovacuum', 'wal_level', 'listen_addresses', 'full_page_writes');
      """
    #expect(
      try ask(question, server) == """
        postgres|postgres|UTF8|C.UTF-8
        autovacuum=off fsync=off full_page_writes=off listen_addresses= wal_level=minimal

        """)
  }

  @Test func `takes settings, encoding and locale`() throws {
    var options = Self.small
    options.encoding = "LATIN1"
    options.locale = "C"
    options.settings = ["wal_level": "logical", "max_wal_senders": "3", "application_name": "it's"]
    let server = try ThrowawayServer(options)
    let question =
      "SHOW server_encoding; SHOW wal_level; SHOW lc_collate; SHOW fsync; RESET application_name; SHOW application_name"
    #expect(try ask(question, server) == "LATIN1\nlogical\nC\noff\npsql\n")
  }

  @Test func `may collate by ICU`() throws {
    var options = Self.small
    options.icuLocale = "sv-SE"
    let server = try ThrowawayServer(options)
    #expect(
      try ask("SELECT string_agg(c, '' ORDER BY c) FROM unnest('{ö,z,a}'::text[]) c", server) == "azö\n")
  }

  @Test func `lives beside another one`() throws {
    let first = try ThrowawayServer(Self.small)
    let second = try ThrowawayServer(Self.small)
    _ = try ask("CREATE TABLE only_here ()", first)
    #expect(throws: SubprocessError.self) { try ask("TABLE only_here", second) }
    first.stop()
    #expect(try ask("SELECT 1", second) == "1\n")
  }

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
    let parent = try openFolder("parent", in: scratch)
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

  @Test func `can be made to crash, and keeps its directory until it is stopped`() throws {
    let server = try ThrowawayServer(Self.small)
    let watch = try #require(ProcessWatch(server.processIdentifier))
    #expect(server.isRunning)
    server.crash()
    #expect(!server.isRunning)
    #expect(watch.waitForEnd(atMost: .zero))
    #expect(server.logTail.contains("immediate shutdown"))
    #expect(throws: SubprocessError.self) { try ask("SELECT 1", server) }
    #expect(access(server.directory, F_OK) == 0)
    server.stop()
    #expect(access(server.directory, F_OK) == -1)
  }

  @Test func `that was left behind is removed, its process ended, and one in use is not`() async throws {
    let scratch = try Scratch()
    let parent = try openFolder("parent", in: scratch)
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
    #expect(try ask("SELECT 1", inUse) == "1\n")
  }

  @Test func `keeps a template that nobody else can read, until the machine is restarted`() throws {
    let scratch = try Scratch()
    let parent = try openFolder("parent", in: scratch)
    let options = ThrowawayServer.Options(parentDirectory: parent, memory: .small, usesTemplate: true)
    let first = try ThrowawayServer(options)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: parent)
        .first { $0.hasPrefix("plumb-template-") })
    var status = stat()
    #expect(stat("\(parent)/\(name)", &status) == 0)
    #expect(status.st_mode == S_IFDIR | 0o700 && status.st_uid == first.user.userID)
    _ = try ask("CREATE TABLE only_here ()", first)

    let second = try ThrowawayServer(options)
    #expect(
      try ask("SELECT system_identifier FROM pg_control_system()", first)
        == ask("SELECT system_identifier FROM pg_control_system()", second), "initdb ran once")
    #expect(try ask("SELECT count(*) FROM pg_class WHERE relname = 'only_here'", second) == "0\n")

    #expect(ThrowawayServer.removeLeftovers(in: parent) == [])
    let stale = "\(parent)/plumb-template-\(first.user.userID)-00000000-abc"
    #expect(rename("\(parent)/\(name)", stale) == 0)
    #expect(ThrowawayServer.removeLeftovers(in: parent) == [stale])
  }

  @Test func `does not use a template that somebody else may have changed`() throws {
    let scratch = try Scratch()
    let parent = try openFolder("parent", in: scratch)
    let options = ThrowawayServer.Options(parentDirectory: parent, memory: .small, usesTemplate: true)
    let first = try ThrowawayServer(options)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: parent)
        .first { $0.hasPrefix("plumb-template-") })
    chmod("\(parent)/\(name)", 0o770)
    let second = try ThrowawayServer(options)
    #expect(
      try ask("SELECT system_identifier FROM pg_control_system()", first)
        != ask("SELECT system_identifier FROM pg_control_system()", second))
  }

  @Test func `may live in a folder with an odd name`() throws {
    let scratch = try Scratch()
    let parent = try openFolder("it's a \"\\ höme", in: scratch)
    let server = try ThrowawayServer(.init(parentDirectory: parent, memory: .small))
    #expect(try ask("SELECT 1", server) == "1\n")
  }

  @Test func `takes no notice of PGOPTIONS and sees nothing of our environment`() throws {
    let server = try ThrowawayServer(Self.small)
    let psql = Subprocess(
      server.binaries.path(of: .psql), ["-XAtqc", "SHOW statement_timeout", server.conninfo],
      environment: .inherited(adding: ["PGOPTIONS": "-c statement_timeout=77"]))
    #expect(try psql.run().outputText == "0\n")
    let variables = try String(contentsOfFile: "/proc/\(server.processIdentifier)/environ", encoding: .utf8)
    #expect(variables.contains("TZ=UTC") && !variables.contains("HOME="))
  }

  @Test func `is not run by root and lets nobody else in`() throws {
    let server = try ThrowawayServer(Self.small)
    var status = stat()
    #expect(stat("/proc/\(server.processIdentifier)", &status) == 0)
    #expect(status.st_uid != 0 && status.st_uid == server.user.userID)
    #expect(stat(server.directory, &status) == 0)
    #expect(status.st_uid == server.user.userID && status.st_mode == S_IFDIR | 0o700)
  }

  @Test func `knows how much disk it takes`() throws {
    let server = try ThrowawayServer(Self.small)
    let before = server.dataDirectoryByteCount()
    #expect(before > 20 << 20)
    _ = try ask(
      "CREATE TABLE wide AS SELECT repeat('x', 1000) FROM generate_series(1, 10000); CHECKPOINT", server)
    #expect(server.dataDirectoryByteCount() > before + 10_000_000)
  }

  @Test func `that does not start says why and leaves nothing`() throws {
    let scratch = try Scratch()
    let parent = try openFolder("parent", in: scratch)
    let error = try #require(throws: ThrowawayServerError.self) {
      try ThrowawayServer(.init(parentDirectory: parent, settings: ["no_such_setting": "1"]))
    }
    #expect(error.message == "the throw-away PostgreSQL server did not start")
    #expect(try #require(error.detail).contains("unrecognized configuration parameter \"no_such_setting\""))
    #expect(error.hint == "Correct the settings that were given for the server.")
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == [])
  }

  @Test func `needs a locale that the system has`() throws {
    let error = try #require(throws: ThrowawayServerError.self) {
      try ThrowawayServer(.init(locale: "tlh_QO"))
    }
    #expect(
      error.message.hasSuffix("/initdb failed with exit code 1"))
    #expect(try #require(error.hint).contains("locales-all"))
  }

  @Test func `needs a short path without commas`() throws {
    let scratch = try Scratch()
    for (name, problem) in [(String(repeating: "x", count: 80), "may have 107"), ("a,b", "comma")] {
      let parent = try openFolder(name, in: scratch)
      let error = try #require(throws: ThrowawayServerError.self) {
        try ThrowawayServer(.init(parentDirectory: parent))
      }
      #expect(try #require(error.detail).contains(problem))
      #expect(try #require(error.hint).contains("PLUMB_TMPDIR"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == [])
    }
  }

  @Test(.enabled(if: SystemUser.isRoot, "otherwise the server runs as us"))
  func `needs a folder that its user may enter`() throws {
    let scratch = try Scratch()
    let error = try #require(throws: ThrowawayServerError.self) {
      try ThrowawayServer(.init(parentDirectory: scratch.path))
    }
    #expect(try #require(error.hint).contains("open to the user"))
    #expect(
      !(try FileManager.default.contentsOfDirectory(atPath: scratch.path).contains { $0.hasPrefix("plumb-") })
    )
  }

  @Test(arguments: [
    ("could not write to file \"x\": No space left on device", "The disk is full"),
    (
      "could not resize shared memory segment \"/PostgreSQL.1\" to 4 bytes: No space left on device",
      "shared memory"
    ),
    ("could not map anonymous shared memory: Cannot allocate memory", "shared memory"),
    ("could not access file \"pg_cron\": No such file or directory", "Install the package"),
  ])
  func `explains the words of its log`(log: String, meaning: String) throws {
    #expect(try #require(ThrowawayServerError.notStarted(log: log).hint).contains(meaning))
  }

  @Test func `takes a modest share of the memory there is`() {
    #expect(ThrowawayServer.Memory.modest(of: 8 << 30).sharedByteCount == 512 << 20)
    #expect(ThrowawayServer.Memory.modest(of: 1 << 30).sharedByteCount == 64 << 20)
    #expect(ThrowawayServer.Memory.modest(of: 64 << 20) == .small)
  }
}

@Suite struct `The shared server of a test run` {
  @Test func `gives every test a database of its own`() throws {
    let first = try TemporaryPostgres.makeDatabase("CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
    let second = try TemporaryPostgres.makeDatabase()
    #expect(try TemporaryPostgres.run("TABLE t", in: first) == "1\n")
    #expect(throws: SubprocessError.self) { try TemporaryPostgres.run("TABLE t", in: second) }
  }

  @Test func `reports what is wrong with a script`() throws {
    let error = try #require(throws: SubprocessError.self) { try TemporaryPostgres.makeDatabase("SELEC 1") }
    #expect(try #require(error.detail).contains("syntax error at or near \"SELEC\""))
  }
}
