/// Shows the overview or a command's page, or prints a completion script.
struct HelpCommand: Command {
  /// A shell that completion can be generated for.
  enum Shell: String, CaseIterable, CommandLineValue {
    case bash
  }

  let application: Application
  let name = "help"
  let summary = "Show what a command does and how to write it."
  let group = CommandGroup.help

  let topic = OptionalArgument<String>("command", "The command to explain; all of them when left out.")
  let completion = OptionalOption<Shell>("completion", "Print a completion script for this shell.")

  var examples: [Example] {
    [
      Example("\(application.name) help", "List the commands."),
      Example("source <(\(application.name) help --completion bash)", "Complete with Tab in this shell."),
    ]
  }

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    if arguments[completion] != nil {
      try console.print(CompletionScript(application).text)
    } else {
      try console.print(application.help(on: arguments[topic], for: console))
    }
    return .success
  }
}
