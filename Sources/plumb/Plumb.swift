import Terminal

/// The program's name, version and commands: what help prints and what can be run.
enum Plumb {
  /// Raised with every release; CHANGELOG.md says what is in it.
  static let version = "0.1.0"

  static var application: Application {
    Application(
      name: "plumb", version: version,
      summary:
        "Keeps a database and its blueprint true to each other, and rehearses the day the database is lost.",
      examples: [
        Example("plumb init postgres://localhost/shop", "Write the database's blueprint into this folder."),
        Example("plumb drift", "Hold the live database against the blueprint."),
        Example("plumb backup postgres://localhost/shop", "Take a backup that carries its own proof."),
        Example("plumb drill latest", "Restore it into a throw-away server and prove it."),
      ],
      closing: "Documentation: README.md and Documentation/ in the source tree.",
      commands: [
        InitCommand(), DemoCommand(), InspectCommand(), DiffCommand(), DriftCommand(), FingerprintCommand(),
        WatchCommand(), HistoryCommand(),
        CheckCommand(),
        BackupCommand(), BackupsCommand(), DrillCommand(), RestoreCommand(), QuarantineCommand(),
      ], cause: interruption(behind:))
  }
}
