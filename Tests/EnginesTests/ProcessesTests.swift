import Engines
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite struct `Running a program` {
  private func shell(_ script: String, _ arguments: String...) -> Subprocess {
    Subprocess("/bin/sh", ["-c", script, "sh"] + arguments)
  }

  @Test func `output larger than a pipe is captured while the other stream is just as large`() throws {
    let result = try shell(
      "head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero | tr '\\0' y >&2; printf end"
    ).run()
    #expect(result.output.count == 3_000_003)
    #expect(result.outputText.hasSuffix("xend"))
    #expect(result.diagnostics.utf8.count == 64 << 10)
  }

  @Test func `both streams may fill at the same time`() throws {
    let result = try shell(
      "(yes out | head -c 1000000) & (yes err | head -c 1000000 >&2) & wait"
    ).run()
    #expect(result.output.count == 1_000_000)
  }

  @Test func `the end of standard error begins with a whole line`() throws {
    let result = try shell("seq 1 100000 >&2").run()
    let lines = result.diagnostics.split(separator: "\n")
    #expect(result.diagnostics.utf8.count <= 64 << 10)
    #expect(lines.last == "100000")
    #expect(lines.first?.utf8.count == 5 || lines.first?.utf8.count == 6)
  }

  @Test func `an exit code that is not accepted is an error with what the program said`() throws {
    let error = try #require(throws: SubprocessError.self) {
      try shell("echo 'no such table' >&2; exit 7").run()
    }
    #expect(error.reason == .exited(7))
    #expect(error.message == "/bin/sh failed with exit code 7")
    #expect(error.detail == "no such table")
  }

  @Test func `an exit code that is accepted is returned`() throws {
    #expect(try shell("exit 1").run(accepting: 0...1).exitCode == 1)
  }

  @Test func `a program killed by a signal is an error whatever codes are accepted`() throws {
    let error = try #require(throws: SubprocessError.self) {
      try shell("kill -SEGV $$").run(accepting: 0...255)
    }
    #expect(error.reason == .killed(signal: SIGSEGV))
  }

  @Test(arguments: ["plumb-no-such-program", "/nowhere/plumb", "/tmp"])
  func `a program that is not there is named`(program: String) throws {
    let error = try #require(throws: SubprocessError.self) { try Subprocess(program).run() }
    #expect(error.reason == .notFound)
    #expect(error.message == "program \(program) not found")
    #expect(error.hint != nil)
  }

  @Test func `a program is found in PATH`() throws {
    #expect(try Subprocess("echo", ["found"]).run().outputText == "found\n")
  }

  @Test func `variables are added to the environment and messages are English`() throws {
    let program = Subprocess(
      "env", environment: .inherited(adding: ["PGPASSWORD": "a=b c", "LANGUAGE": "de"]))
    let lines = Set(try program.run().outputText.split(separator: "\n"))
    #expect(lines.contains("PGPASSWORD=a=b c"))
    #expect(lines.contains("LC_ALL=C.UTF-8"))
    #expect(!lines.contains { $0.hasPrefix("LANGUAGE=") })
    #expect(lines.contains { $0.hasPrefix("HOME=") })
  }

  @Test func `an environment of its own has nothing of ours`() throws {
    let program = Subprocess("env", environment: .only(["A": "1"]))
    let lines = Set(try program.run().outputText.split(separator: "\n"))
    #expect(lines == ["A=1", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"])
  }

  @Test func `arguments reach the program as they are`() throws {
    let arguments = ["", "a b", "$HOME", "'\"\\", "ü\n"]
    let result = try Subprocess("printf", ["[%s]"] + arguments).run()
    #expect(result.outputText == arguments.map { "[\($0)]" }.joined())
  }

  @Test func `standard input is empty unless it is given`() throws {
    #expect(try Subprocess("cat").run().output.isEmpty)
  }

  @Test func `standard input may be bytes that no pipe could hold`() throws {
    let bytes = [UInt8](repeating: 7, count: 1_000_000)
    #expect(try Subprocess("cat", input: .bytes(bytes)).run().output == bytes)
  }

  @Test func `a program need not read its standard input`() throws {
    #expect(
      try Subprocess("true", input: .bytes([UInt8](repeating: 7, count: 1_000_000))).run().exitCode == 0)
  }

  @Test func `standard input and output may be files`() throws {
    let scratch = try Scratch()
    let source = try scratch.write("in", "one\ntwo\n")
    let result = try Subprocess("cat", input: .file(path: source)).run(outputTo: scratch.path("out"))
    #expect(result.output.isEmpty)
    #expect(try scratch.read("out") == "one\ntwo\n")
  }

  @Test func `an input file that is not there is an error that names it`() throws {
    let error = try #require(throws: SubprocessError.self) {
      try Subprocess("cat", input: .file(path: "/nowhere/in")).run()
    }
    #expect(error.message.contains("/nowhere/in: No such file or directory"))
  }

  @Test func `lines are handed on whole, from both streams, the last one too`() throws {
    var output: [String] = []
    var diagnostics: [String] = []
    _ = try shell("printf 'a\\n\\nb'; printf 'x\\ny\\n' >&2").run { line in
      switch line {
      case .output(let text): output.append(text)
      case .diagnostic(let text): diagnostics.append(text)
      }
    }
    #expect(output == ["a", "", "b"])
    #expect(diagnostics == ["x", "y"])
  }

  @Test func `a program is ended when its lines are refused`() throws {
    struct Refusal: Error {}
    var process: pid_t = 0
    #expect(throws: Refusal.self) {
      _ = try shell("echo $$; sleep 1000").run { line in
        guard case .output(let text) = line else { return }
        process = pid_t(text) ?? 0
        throw Refusal()
      }
    }
    #expect(process > 0)
    #expect(kill(process, 0) == -1 && errno == ESRCH)
  }

  @Test func `a program that leaves something behind which holds its output does not keep us waiting`() throws
  {
    let result = try shell("sleep 1000 & echo $!").run()
    let left = try #require(pid_t(result.outputText.dropLast()))
    #expect(kill(left, SIGKILL) == 0)
  }

  @Test func `a program does not see our files`() throws {
    // Without close-on-exec, so that only the start of the child can keep it out.
    let open = fcntl(0, F_DUPFD, 50)
    defer { close(open) }
    let result = try Subprocess("ls", ["/proc/self/fd"]).run()
    #expect(result.outputText == "0\n1\n2\n3\n", "3 is the folder that ls reads")
  }

  @Test func `signals that we block are not blocked in a program`() throws {
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let status = try Subprocess("cat", ["/proc/self/status"]).run().outputText
    #expect(status.contains("SigBlk:\t0000000000000000"))
  }

  @Test func `a program has no terminal and is out of reach of its Ctrl-C`() throws {
    let fields = try Subprocess("cat", ["/proc/self/stat"]).run().outputText.split(separator: " ")
    // In the order of proc(5): 1 process, 5 process group, 6 session, 7 terminal.
    #expect(fields[4] == fields[0] && fields[5] == fields[0] && fields[6] == "0")
  }

  @Test func `a program starts where it is told`() throws {
    #expect(try Subprocess("pwd", directory: "/usr").run().outputText == "/usr\n")
  }

  @Test(.enabled(if: SystemUser.isRoot, "only root may choose who runs a program"))
  func `root can have somebody else run a program`() throws {
    let nobody = try #require(SystemUser(named: "nobody"))
    let result = try Subprocess("id", ["-u"], user: nobody).run()
    #expect(result.outputText == "\(nobody.userID)\n")
  }

  @Test func `a program is ended when we are killed`() async throws {
    let scratch = try Scratch()
    let note = scratch.path("note")
    await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
      _ = try Subprocess("/bin/sh", ["-c", "echo $$; exec sleep 1000"]).run { line in
        guard case .output(let text) = line else { return }
        try Data(text.utf8).write(to: URL(filePath: note))
        kill(getpid(), SIGKILL)
      }
    }
    let program = try #require(pid_t(try scratch.read("note")))
    #expect(ProcessWatch(program)?.waitForEnd(atMost: .seconds(60)) ?? true)
  }

  @Test func `many programs at once from many threads keep their output apart`() throws {
    let answers = Mutex<Set<String>>([])
    let expected = Set((0..<40).map { "\($0) \($0)\n" })
    let threads = (0..<8).map { thread in
      StartedThread {
        for number in stride(from: thread, to: 40, by: 8) {
          let answer = try? Subprocess("cat", input: .bytes(Array("\(number) \(number)\n".utf8))).run()
            .outputText
          answers.withLock { _ = $0.insert(answer ?? "none") }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(answers.withLock { $0 } == expected)
  }
}

/// A thread that is waited for.
private final class StartedThread {
  private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private var thread = pthread_t()

  init(_ run: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Work(run)).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
  }

  func join() { pthread_join(thread, nil) }
}
