import Glibc
import Terminal
import Testing

@Suite(.serialized)
struct OutputTests {
  @Test func `text arrives whole, more than a pipe holds`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    let text = String(repeating: "äöü 注文\n", count: 20_000)
    let expected = text.utf8.count
    // The writer blocks until the reader has made room, so the reader needs a thread of its own.
    let reader = ReaderThread(descriptor: readEnd)
    try Output(fileDescriptor: writeEnd).write(text)
    close(writeEnd)
    #expect(reader.join() == Array(text.utf8))
    #expect(expected > 65_536)
    close(readEnd)
  }

  @Test func `a non-blocking pipe loses nothing`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let text = String(repeating: "x", count: 300_000)
    let reader = ReaderThread(descriptor: ends[0])
    try Output(fileDescriptor: ends[1]).write(text)
    close(ends[1])
    #expect(reader.join().count == 300_000)
    close(ends[0])
  }

  @Test func `a pipe without a reader is an error, not the end of the process`() async {
    await #expect(processExitsWith: .exitCode(141)) {
      var ends: [Int32] = [0, 0]
      _ = pipe(&ends)
      close(ends[0])
      dup2(ends[1], STDOUT_FILENO)
      exit(Application.demo.run(["--help"], in: .ofProcess()).rawValue)
    }
  }

  @Test func `a full disk is told with its reason`() {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: OutputError.failed(errno: ENOSPC)) {
      try Output(fileDescriptor: full).write("x")
    }
  }

  @Test func `a pseudo terminal is known with its width, a file is not one`() throws {
    // What posix_openpt and unlockpt do; glibc hides those from Swift. TIOCSPTLCK and TIOCGPTN are of asm/ioctls.h.
    let controller = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    defer { close(controller) }
    var (unlocked, number): (Int32, Int32) = (0, 0)
    try #require(ioctl(controller, 0x4004_5431, &unlocked) == 0)
    try #require(ioctl(controller, 0x8004_5430, &number) == 0)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    defer { close(terminal) }
    #expect(Output(fileDescriptor: terminal).width == nil)
    var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    #expect(Output(fileDescriptor: terminal).isTerminal)
    #expect(Output(fileDescriptor: terminal).width == 132)

    let file = open("/dev/null", O_WRONLY)
    defer { close(file) }
    #expect(!Output(fileDescriptor: file).isTerminal)
    #expect(Output(fileDescriptor: file).width == nil)
  }
}
