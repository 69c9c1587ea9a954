import Terminal
import Testing

struct HelpTextTests {
  @Test(arguments: ["", "--help", "-h", "help", "-q", "-qh", "--bogus --help", "help -q"])
  func `the overview leads with an example and lists commands by task`(line: String) {
    let stage = Stage()
    #expect(stage.run(line) == .success)
    #expect(
      stage.output.text == """
        Keeps a database and its blueprint true to each other, and rehearses restores.

        Examples:
          plumb drift  Compare the database of plumb.yaml with ./blueprint.

        Look, changing nothing:
          drift    Show how a live database differs from its blueprint.

        Protect and rehearse:
          restore  Rebuild a database from a backup.

        Help:
          help     Show what a command does and how to write it.
          version  Show the version.

        Options:
          -h, --help      Show help.
          -q, --quiet     Print results and errors only: no progress, no notes.
              --no-color  Use no colour. So does the environment variable NO_COLOR.
              --version   Show the version.

        Exit codes:
          0    done, and nothing to act on
          1    done, with findings
          2    the command line was not understood; nothing was done
          3    it could not be done
          130  interrupted

        Run 'plumb help <command>' to read about a command. The manual is in
        Documentation.

        """)
    #expect(stage.notes.text == "")
  }

  @Test(arguments: [
    "help drift", "drift --help", "drift -h", "--help drift", "drift -qh", "drift a b --formt -f yaml --help",
    "-q drift --blueprint --help",
  ])
  func `a page says everything about a command, even after a mistake`(line: String) {
    let stage = Stage()
    #expect(stage.run(line) == .success)
    #expect(
      stage.output.text == """
        Show how a live database differs from its blueprint.

        Examples:
          plumb drift  Compare the database of plumb.yaml with ./blueprint.
          plumb drift postgres://localhost/shop --format json
                       The same for one database, for a script to read.

        Usage:
          plumb drift [<location>] [options]

        Each difference names the object, the fact, and both values, with what it would
        mean for a restore on the day it is needed.

        What was seen and not compared is listed as well:

          drift: could not tell (2 kinds of objects not compared)

        Arguments:
          <location>  The live database; the one of plumb.yaml when left out.

        Options:
          -f, --format text|json  How the result is printed. Default: text.
          -j, --jobs <count>      How many connections to use. Default: 2.
              --blueprint <dir>   The folder of the blueprint.
              --ignore <pattern>  Leave out objects with such names. May be repeated.
          -c, --count             Count rows as well.

        Options of every command:
          -h, --help      Show help.
          -q, --quiet     Print results and errors only: no progress, no notes.
              --no-color  Use no colour. So does the environment variable NO_COLOR.

        Exit codes:
          0    the same
          1    different
          2    the command line was not understood; nothing was done
          3    it could not be done
          130  interrupted

        """)
    #expect(stage.notes.text == "")
  }

  @Test func `help fits a narrow terminal`() {
    let stage = Stage(environment: ["NO_COLOR": "1"], isTerminal: true, width: 46)
    #expect(stage.run("drift --help") == .success)
    #expect(
      stage.output.text.hasPrefix(
        """
        Show how a live database differs from its
        blueprint.

        Examples:
          plumb drift  Compare the database of
                       plumb.yaml with ./blueprint.
          plumb drift postgres://localhost/shop --format json
                       The same for one database, for
                       a script to read.

        """))
    #expect(
      stage.output.text.contains(
        """
          -f, --format text|json  How the result is
                                  printed. Default:
                                  text.

        """))
  }

  @Test func `help does not spread over a very wide terminal`() {
    let stage = Stage(environment: ["NO_COLOR": "1"], isTerminal: true, width: 300)
    #expect(stage.run("drift --help") == .success)
    #expect(stage.output.text.split(separator: "\n").map(\.count).max() == 98)
  }

  @Test func `headings stand out on a terminal`() {
    let stage = Stage(isTerminal: true, width: 80)
    #expect(stage.run("restore --help") == .success)
    #expect(stage.output.text.contains("\u{1B}[1mUsage:\u{1B}[0m\n  plumb restore <backup> [options]\n"))
  }

  @Test func `after two dashes nothing asks for help`() {
    let stage = Stage()
    #expect(stage.run("drift -- --help") == .findings)
    #expect(stage.output.text == "location --help, format text\n")
  }
}
