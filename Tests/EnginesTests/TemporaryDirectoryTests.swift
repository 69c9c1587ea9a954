import Engines
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite struct `A temporary directory` {
  @Test func `is ours alone and is gone with its last reference`() throws {
    let path: String
    do {
      let directory = try TemporaryDirectory(for: "case")
      path = directory.path
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode == S_IFDIR | 0o700 && status.st_uid == geteuid())
      try Data("x".utf8).write(to: URL(filePath: path + "/file"))
      withExtendedLifetime(directory) {}
    }
    #expect(access(path, F_OK) == -1)
  }

  @Test func `may be removed early and twice`() throws {
    let directory = try TemporaryDirectory(for: "case")
    directory.remove()
    #expect(access(directory.path, F_OK) == -1)
    directory.remove()
  }

  @Test func `is gone even when its guardian was killed`() throws {
    let directory = try TemporaryDirectory(for: "case")
    kill(directory.guardian, SIGKILL)
    directory.remove()
    #expect(access(directory.path, F_OK) == -1)
  }

  @Test(arguments: [SIGHUP, SIGINT, SIGTERM])
  func `outlives a signal to its guardian`(signal: Int32) throws {
    let directory = try TemporaryDirectory(for: "case")
    for _ in 0..<100 { kill(directory.guardian, signal) }
    // Stopped and continued, the guardian has certainly taken notice of what came before.
    kill(directory.guardian, SIGSTOP)
    var status: Int32 = 0
    #expect(waitpid(directory.guardian, &status, WUNTRACED) == directory.guardian)
    #expect(status & 0xff == 0x7f, "it has stopped, and not ended")
    kill(directory.guardian, SIGCONT)
    #expect(access(directory.path, F_OK) == 0)
  }

  @Test(arguments: [SIGKILL, SIGSEGV, 0])
  func `is gone when its process is killed, crashes or exits`(signal: Int32) async throws {
    let scratch = try Scratch()
    let note = scratch.path("note")
    await #expect(processExitsWith: signal == 0 ? .exitCode(0) : .signal(signal)) {
      [signal, note = note as String] in
      let directory = try TemporaryDirectory(for: "case")
      try Data("\(directory.guardian) \(directory.path)".utf8).write(to: URL(filePath: note))
      if signal == 0 { exit(0) }
      Glibc.signal(signal, SIG_DFL)
      kill(getpid(), signal)
      while true { pause() }
    }
    let left = try LeftBehind(note: scratch.read("note"))
    left.waitForGuardian()
    #expect(!left.directoryExists)
  }

  @Test func `that was left behind is removed, and one in use is not`() async throws {
    let scratch = try Scratch()
    let parent = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [parent = parent as String] in
      let directory = try TemporaryDirectory(for: "left", in: parent)
      kill(directory.guardian, SIGKILL)
      kill(getpid(), SIGKILL)
    }
    let inUse = try TemporaryDirectory(for: "left", in: parent)
    // Not ours, though somebody called it so.
    let stranger = scratch.path("plumb-left-abcdef")
    _ = try scratch.write("plumb-left-abcdef/file", "")

    let removed = TemporaryDirectory.removeLeftovers(for: "left", in: parent)
    #expect(removed.count == 1 && !removed.contains(inUse.path) && !removed.contains(stranger))
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: parent).filter { $0.hasPrefix("plumb-") })
        == [String(inUse.path.suffix(17)), "plumb-left-abcdef"])
    #expect(TemporaryDirectory.removeLeftovers(for: "left", in: parent) == [])
  }

  @Test func `that cannot be made says where, why and what to do`() throws {
    let error = try #require(throws: TemporaryDirectoryError.self) {
      try TemporaryDirectory(for: "case", in: "/nowhere")
    }
    #expect(error.message.hasSuffix("in /nowhere: could not find /nowhere: No such file or directory"))
    #expect(error.hint.contains("PLUMB_TMPDIR"))
  }
}

/// What a process that has ended noted about its directory: the guardian's number and the path.
struct LeftBehind {
  let guardian: pid_t
  let path: String

  init(note: String) throws {
    let words = note.split(separator: " ", maxSplits: 1)
    guardian = try #require(words.first.flatMap { pid_t($0) })
    path = String(try #require(words.last))
  }

  /// Waits until the guardian has done its work.
  func waitForGuardian() {
    #expect(ProcessWatch(guardian)?.waitForEnd(atMost: .seconds(60)) ?? true)
  }

  var directoryExists: Bool { access(path, F_OK) == 0 }
}
