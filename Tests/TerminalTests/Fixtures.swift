import Synchronization
import Terminal

/// A place that remembers what is written to it; stands in for a terminal or a pipe.
final class Recorder: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  func output(isTerminal: Bool = false, width: Int? = nil) -> Output {
    Output(isTerminal: isTerminal, width: width) { (written) throws(OutputError) in
      self.bytes.withLock { $0 += written }
    }
  }
}

/// A clock that stands still until it is moved.
final class FakeClock: Sendable {
  private let time = Mutex(Duration.zero)

  var now: Duration { time.withLock { $0 } }

  func move(by duration: Duration) { time.withLock { $0 += duration } }
}

/// Everything around one run, recorded.
struct Stage {
  let output = Recorder()
  let notes = Recorder()
  let clock = FakeClock()
  var environment: [String: String] = [:]
  var isTerminal = false
  var width: Int?
  var isInputTerminal = false
  var typed: String?

  var surroundings: Surroundings {
    Surroundings(
      environment: environment, output: output.output(isTerminal: isTerminal, width: width),
      notes: notes.output(isTerminal: isTerminal, width: width), isInputTerminal: isInputTerminal,
      readLine: { [typed] in typed }, now: { [clock] in clock.now })
  }

  func console(isQuiet: Bool = false) -> Console {
    Console(surroundings, isColorRefused: false, isQuiet: isQuiet)
  }

  func run(_ line: String) -> ExitCode {
    Application.demo.run(line.split(separator: " ").map(String.init), in: surroundings)
  }
}

/// A command with every kind of parameter.
struct DriftCommand: Command {
  enum Format: String, CaseIterable, CommandLineValue {
    case text, json
  }

  let name = "drift"
  let summary = "Show how a live database differs from its blueprint."
  let discussion = """
    Each difference names the object, the fact, and both values, with what it would mean for a restore on the
    day it is needed.

    What was seen and not compared is listed as well:

      drift: could not tell (2 kinds of objects not compared)
    """
  let group = CommandGroup.look
  let examples = [
    Example("plumb drift", "Compare the database of plumb.yaml with ./blueprint."),
    Example(
      "plumb drift postgres://localhost/shop --format json",
      "The same for one database, for a script to read."),
  ]
  let exitMeanings: [ExitCode: String] = [.success: "the same", .findings: "different"]

  let location = OptionalArgument<String>(
    "location", "The live database; the one of plumb.yaml when left out.")
  let format = Option("format", short: "f", default: Format.text, "How the result is printed.")
  let jobs = Option("jobs", short: "j", value: "count", default: 2, "How many connections to use.")
  let blueprint = OptionalOption<String>("blueprint", value: "dir", "The folder of the blueprint.")
  let ignore = RepeatedOption<String>("ignore", value: "pattern", "Leave out objects with such names.")
  let counting = Flag("count", short: "c", "Count rows as well.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    console.note("comparing")
    try console.print("location \(arguments[location] ?? "none"), format \(arguments[format])")
    return .findings
  }
}

/// A command that cannot do what it is asked.
struct RestoreCommand: Command {
  struct ServerGone: PresentableError {
    let message = "cannot restore shop: the server closed the connection"
    let detail = ["while loading public.orders", "server: terminating connection\u{1B}[2J"]
    let hint: String? = "Check that the server runs, then start again."
  }

  struct Unprepared: Error, CustomStringConvertible {
    let description = "no disk\nno hope"
  }

  let name = "restore"
  let summary = "Rebuild a database from a backup."
  let group = CommandGroup.protect
  let examples = [Example("plumb restore latest --into sqlite:copy.db", "Restore the newest backup.")]

  let backup = Argument<String>("backup", "The backup to restore.")
  let into = OptionalOption<String>("into", value: "location", "Where to.")
  let confirmation = Confirmation()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    switch arguments[backup] {
    case "plain": throw Unprepared()
    case "unsure": throw UsageError.refused("this needs --into", hint: "Add '--into <location>'.")
    case "gone":
      let progress = console.progress("loading", total: 10, of: .things("rows"))
      progress.advance(by: 1)
      throw ServerGone()
    case "live": try confirmation.require("shop", to: "replace 14 tables of 'shop'", arguments, on: console)
    default: break
    }
    return .success
  }
}

extension Application {
  static let demo = Application(
    name: "plumb", version: "0.1.0",
    summary: "Keeps a database and its blueprint true to each other, and rehearses restores.",
    examples: [Example("plumb drift", "Compare the database of plumb.yaml with ./blueprint.")],
    closing: "The manual is in Documentation.", commands: [DriftCommand(), RestoreCommand()])
}
