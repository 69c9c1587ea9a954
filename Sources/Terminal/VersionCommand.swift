/// Shows the version, as `--version` does.
struct VersionCommand: Command {
  let application: Application
  let name = "version"
  let summary = "Show the version."
  let group = CommandGroup.help

  var examples: [Example] {
    [Example("\(application.name) version", "Print one line, the name and the version.")]
  }

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    try console.print("\(application.name) \(application.version)")
    return .success
  }
}
