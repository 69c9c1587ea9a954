/// The options every command understands.
struct GeneralOptions: ParameterGroup {
  let help = Flag("help", short: "h", "Show help.")
  let quiet = Flag("quiet", short: "q", "Print results and errors only: no progress, no notes.")
  let noColor = Flag("no-color", "Use no colour. So does the environment variable NO_COLOR.")
}

/// The options that stand in place of a command.
struct LeadingOptions: ParameterGroup {
  let version = Flag("version", "Show the version.")
}
