import Terminal
import Testing

struct ApplicationTests {
  @Test func `a command writes its result to standard output and ends with its code`() {
    let stage = Stage()
    #expect(stage.run("drift shop.db -f json") == .findings)
    #expect(stage.output.text == "location shop.db, format json\n")
    #expect(stage.notes.text == "comparing\n")
  }

  @Test(arguments: ["drift -q", "-q drift", "drift --quiet", "--quiet --no-color drift"])
  func `quiet drops the notes and keeps the result`(line: String) {
    let stage = Stage()
    #expect(stage.run(line) == .findings)
    #expect(stage.output.text == "location none, format text\n")
    #expect(stage.notes.text == "")
  }

  @Test(arguments: [
    (
      "drfit",
      """
      plumb: unknown command 'drfit'
        hint: Did you mean 'drift'? See 'plumb --help'.

      """
    ),
    (
      "fly",
      """
      plumb: unknown command 'fly'
        hint: See 'plumb --help'.

      """
    ),
    (
      "--frmat json drift",
      """
      plumb: unknown option '--frmat'
        hint: See 'plumb --help'.

      """
    ),
    (
      "drift a --formt json",
      """
      plumb: unknown option '--formt'
        hint: Did you mean '--format'? See 'plumb drift --help'.

      """
    ),
    (
      "drift -f yaml",
      """
      plumb: --format must be text or json, not 'yaml'
        hint: See 'plumb drift --help'.

      """
    ),
    (
      "drift -f jsn",
      """
      plumb: --format must be text or json, not 'jsn'
        hint: Did you mean 'json'? See 'plumb drift --help'.

      """
    ),
    (
      "drift -j many",
      """
      plumb: --jobs must be a whole number, not 'many'
        hint: See 'plumb drift --help'.

      """
    ),
    (
      "drift --blueprint",
      """
      plumb: --blueprint needs a value
        hint: Write '--blueprint=<dir>'. See 'plumb drift --help'.

      """
    ),
    (
      "drift --count=no",
      """
      plumb: --count takes no value
        hint: See 'plumb drift --help'.

      """
    ),
    (
      "drift --jobs 1 --jobs 2",
      """
      plumb: --jobs is given twice
        hint: See 'plumb drift --help'.

      """
    ),
    (
      "drift a b",
      """
      plumb: unexpected argument 'b'
        hint: See 'plumb drift --help'.

      """
    ),
    (
      "restore",
      """
      plumb: missing argument <backup>
        hint: See 'plumb restore --help'.

      """
    ),
    (
      "restore unsure",
      """
      plumb: this needs --into
        hint: Add '--into <location>'.

      """
    ),
    (
      "help resore",
      """
      plumb: unknown command 'resore'
        hint: Did you mean 'restore'? See 'plumb help --help'.

      """
    ),
  ])
  func `a command line that cannot be understood is explained`(line: String, explanation: String) {
    let stage = Stage()
    #expect(stage.run(line) == .usage)
    #expect(stage.notes.text == explanation)
    #expect(stage.output.text == "")
  }

  @Test func `an error shows message, detail and hint, and cannot steer the terminal`() {
    let stage = Stage()
    #expect(stage.run("restore gone") == .failure)
    #expect(
      stage.notes.text == """
        loading: 10%, 1 of 10 rows
        plumb: cannot restore shop: the server closed the connection
          while loading public.orders
          server: terminating connection\\u{1b}[2J
          hint: Check that the server runs, then start again.

        """)
  }

  @Test func `an error of any other kind gives its description`() {
    let stage = Stage()
    #expect(stage.run("restore plain") == .failure)
    #expect(stage.notes.text == "plumb: no disk\n  no hope\n")
  }

  @Test func `the progress line is taken away before an error`() {
    let stage = Stage(environment: ["NO_COLOR": "1"], isTerminal: true)
    _ = stage.run("restore gone")
    #expect(
      stage.notes.text.hasPrefix(
        "\r" + "loading: 0%, 0 of 10 rows\u{1B}[K\r\u{1B}[Kplumb: cannot restore shop"))
  }

  @Test func `colour marks the error on a terminal, and no-color takes it away even from a mistake`() {
    let colored = Stage(isTerminal: true)
    _ = colored.run("drift --formt")
    #expect(colored.notes.text.hasPrefix("\u{1B}[31mplumb:\u{1B}[0m unknown option '--formt'\n"))
    let plain = Stage(isTerminal: true)
    _ = plain.run("drift --formt --no-color")
    #expect(plain.notes.text.hasPrefix("plumb: unknown option '--formt'\n"))
  }

  @Test(arguments: ["--version", "version", "-q --version", "--version drift"])
  func `the version is one line`(line: String) {
    let stage = Stage()
    #expect(stage.run(line) == .success)
    #expect(stage.output.text == "plumb 0.1.0\n")
  }

  @Test func `a reader who has seen enough ends the run quietly`() {
    let stage = Stage()
    let gone = Output(isTerminal: false, width: nil) { _ throws(OutputError) in throw .readerGone }
    let surroundings = Surroundings(
      environment: [:], output: gone, notes: stage.notes.output(), isInputTerminal: false,
      readLine: { nil }, now: { .zero })
    #expect(Application.demo.run(["drift", "-q"], in: surroundings) == .brokenPipe)
    #expect(Application.demo.run(["--help"], in: surroundings) == .brokenPipe)
    #expect(stage.notes.text == "")
  }

  @Test func `output that cannot be written is a failure with its reason`() {
    let stage = Stage()
    let full = Output(isTerminal: false, width: nil) { _ throws(OutputError) in throw .failed(errno: 28) }
    let surroundings = Surroundings(
      environment: [:], output: full, notes: stage.notes.output(), isInputTerminal: false,
      readLine: { nil }, now: { .zero })
    #expect(Application.demo.run(["version"], in: surroundings) == .failure)
    #expect(
      stage.notes.text == """
        plumb: cannot write the output: No space left on device
          hint: Check where the output is redirected to.

        """)
  }

  @Test func `exit codes are a contract`() {
    let codes = Dictionary(uniqueKeysWithValues: ExitCode.allCases.map { ("\($0)", $0.rawValue) })
    #expect(
      codes == [
        "success": 0, "findings": 1, "usage": 2, "failure": 3, "interrupted": 130, "brokenPipe": 141,
      ])
  }
}
