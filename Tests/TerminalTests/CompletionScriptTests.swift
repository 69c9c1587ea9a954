import Glibc
import Terminal
import Testing

struct CompletionScriptTests {
  /// Has a real bash complete the last of the words, and returns what it offers.
  private func complete(_ words: String...) throws -> [String] {
    let stage = Stage()
    #expect(stage.run("help --completion bash") == .success)
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let program = """
      \(stage.output.text)
      COMP_WORDS=(plumb \(quoted)); COMP_CWORD=\(words.count); COMPREPLY=()
      _plumb
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    var path = Array("/tmp/plumb-completion-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    try #require(descriptor >= 0)
    defer { unlink(path) }
    try Output(fileDescriptor: descriptor).write(program)
    close(descriptor)
    let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let shell = try #require(popen("bash --norc -u \(name) 2>&1", "r"))
    defer { pclose(shell) }
    return ReaderThread(descriptor: fileno(shell)).join().split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `the first word is a command`() throws {
    #expect(try complete("dr") == ["drift"])
    #expect(
      try complete("") == [
        "drift", "restore", "help", "version", "--version", "--help", "--quiet", "--no-color",
      ])
    #expect(try complete("-q", "re") == ["restore"])
  }

  @Test func `a dash brings the options of the command`() throws {
    #expect(try complete("restore", "x", "--") == ["--into", "--confirm", "--help", "--quiet", "--no-color"])
    #expect(try complete("drift", "--fo") == ["--format"])
  }

  @Test func `a closed set is completed however it is written`() throws {
    #expect(try complete("drift", "--format", "") == ["text", "json"])
    #expect(try complete("drift", "-f", "j") == ["json"])
    #expect(try complete("drift", "--format", "=") == ["text", "json"])
    #expect(try complete("drift", "--format", "=", "t") == ["text"])
  }

  @Test func `everything else is left to file names`() throws {
    #expect(try complete("drift", "sh") == [])
    #expect(try complete("drift", "--blueprint", "--c") == [])
  }

  @Test func `help completes commands`() throws {
    #expect(try complete("help", "re") == ["restore"])
  }
}
