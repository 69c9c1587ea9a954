import Engines
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite struct `A throw-away server` {
  /// Small, and from a template, so that many tests can have one.
  private static let small = ThrowawayServer.Options(memory: .small, usesTemplate: true)

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
      try server.answer(to: question) == """
        postgres|postgres|UTF8|C.UTF-8
        autovacuum=off fsync=off full_page_writes=off listen_addresses= wal_level=minimal

        """)
  }

  @Test func `takes settings, encoding and locale`() throws {
    var options = ThrowawayServer.Options(memory: .small)
    options.encoding = "LATIN1"
    options.locale = "C"
    options.settings = ["wal_level": "logical", "max_wal_senders": "3", "application_name": "it's"]
    let server = try ThrowawayServer(options)
    let question =
      "SHOW server_encoding; SHOW wal_level; SHOW lc_collate; SHOW fsync; RESET application_name; SHOW application_name"
    #expect(try server.answer(to: question) == "LATIN1\nlogical\nC\noff\npsql\n")
  }

  @Test func `may collate by ICU`() throws {
    var options = ThrowawayServer.Options(memory: .small)
    options.icuLocale = "sv-SE"
    let server = try ThrowawayServer(options)
    #expect(
      try server.answer(to: "SELECT string_agg(c, '' ORDER BY c) FROM unnest('{ö,z,a}'::text[]) c") == "azö\n"
    )
  }

  @Test func `lives beside another one`() throws {
    let first = try ThrowawayServer(Self.small)
    let second = try ThrowawayServer(Self.small)
    _ = try first.answer(to: "CREATE TABLE only_here ()")
    #expect(throws: SubprocessError.self) { try second.answer(to: "TABLE only_here") }
    first.stop()
    #expect(try second.answer(to: "SELECT 1") == "1\n")
  }

  @Test func `can be made to crash, and keeps its directory until it is stopped`() throws {
    let server = try ThrowawayServer(Self.small)
    let watch = try #require(ProcessWatch(server.processIdentifier))
    #expect(server.isRunning)
    server.crash()
    #expect(!server.isRunning)
    #expect(watch.waitForEnd(atMost: .zero))
    #expect(server.logTail.contains("immediate shutdown"))
    #expect(throws: SubprocessError.self) { try server.answer(to: "SELECT 1") }
    #expect(access(server.directory, F_OK) == 0)
    server.stop()
    #expect(access(server.directory, F_OK) == -1)
  }

  @Test func `may live in a folder with an odd name`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("it's a \"\\ höme")
    let server = try ThrowawayServer(.init(parentDirectory: parent, memory: .small))
    #expect(try server.answer(to: "SELECT 1") == "1\n")
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
    _ = try server.answer(
      to: "CREATE TABLE wide AS SELECT repeat('x', 1000) FROM generate_series(1, 10000); CHECKPOINT")
    #expect(server.dataDirectoryByteCount() > before + 10_000_000)
  }

  @Test func `that does not start says why and leaves nothing`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    let error = try #require(throws: ThrowawayServerError.self) {
      try ThrowawayServer(.init(parentDirectory: parent, settings: ["no_such_setting": "1"]))
    }
    #expect(error.message == "the throw-away PostgreSQL server did not start")
    #expect(try #require(error.detail).contains("unrecognized configuration parameter \"no_such_setting\""))
    #expect(error.hint == "Correct the settings that were given for the server.")
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == [])
  }

  @Test func `that takes too long to start says so and leaves nothing`() throws {
    let scratch = try Scratch()
    let parent = try scratch.makeOpenFolder("parent")
    let error = try #require(throws: ThrowawayServerError.self) {
      try ThrowawayServer(.init(parentDirectory: parent, memory: .small, startLimit: .zero))
    }
    #expect(error.message == "the throw-away PostgreSQL server was not ready after 0 s")
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
      let parent = try scratch.makeOpenFolder(name)
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

extension ThrowawayServer {
  /// What psql prints for a script, run by the superuser.
  func answer(to script: String) throws -> String {
    try TemporaryPostgres.run(script, in: conninfo)
  }
}
