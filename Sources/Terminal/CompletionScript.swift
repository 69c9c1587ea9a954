/// A bash script that completes commands, options, and the values of closed sets; anything else is a file.
struct CompletionScript {
  private let application: Application

  init(_ application: Application) {
    self.application = application
  }

  /// The script, to be sourced or saved under `/etc/bash_completion.d`.
  var text: String {
    let names = application.commands.map(\.name).joined(separator: " ")
    let function = "_" + application.name
    return """
      # bash completion for \(application.name), made by '\(application.name) help --completion bash'
      \(function)() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= words= i
        # bash takes '--option=value' apart at the '='.
        [[ $word == = ]] && word=
        [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
        for ((i = 1; i < COMP_CWORD; i++)); do
          [[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }
        done
        case "$command $before" in
      \(application.commands.flatMap(valueCases).joined(separator: "\n"))
        esac
        case $command in
          '') words='\(names) \(optionNames(LeadingOptions()))' ;;
      \(application.commands.map { "    \($0.name)) words='\(optionNames($0))' ;;" }.joined(separator: "\n"))
        esac
        [[ $command == help ]] && words+=' \(names)'
        if [[ -z $command || $command == help || $word == -* ]]; then
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        fi
      }
      complete -o default -F \(function) \(application.name)
      """
  }

  /// Returns a `case` branch for each option that takes a value.
  private func valueCases(of command: any Command) -> [String] {
    command.parameters.map(\.declaration).compactMap { declaration in
      guard !declaration.placeholder.isEmpty else { return nil }
      let spellings = [declaration.label] + (declaration.short.map { ["-\($0)"] } ?? [])
      let pattern = spellings.map { "'\(command.name) \($0)'" }.joined(separator: " | ")
      let values = declaration.choices.joined(separator: " ")
      let reply = values.isEmpty ? "" : " COMPREPLY=($(compgen -W '\(values)' -- \"$word\"));"
      return "    \(pattern))\(reply) return ;;"
    }
  }

  private func optionNames(_ group: some ParameterGroup) -> String {
    (group.parameters + GeneralOptions().parameters).map(\.declaration)
      .filter { !$0.isArgument }.map(\.label).joined(separator: " ")
  }
}
