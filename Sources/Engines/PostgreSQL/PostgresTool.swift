import SchemaModel

/// Runs a program of the PostgreSQL distribution and translates its failure.
struct PostgresTool: Sendable {
  let binaries: ServerBinaries

  /// The programs of a version that can read and restore a server of that major version.
  init(atLeast major: Int) throws(EngineError) {
    binaries = try translatingFailures(of: "looking for PostgreSQL's programs") {
      try ServerBinaries.atLeast(major, with: ServerBinaries.clientPrograms)
    }
  }

  init(binaries: ServerBinaries) { self.binaries = binaries }

  /// Runs the program to its end.
  ///
  /// - Parameter place: whose password goes into the environment; it is never an argument.
  func run(
    _ program: ServerBinaries.Program, _ arguments: [String], for place: PostgresConnectionString
  ) throws(EngineError) {
    let completion = try finish(program, arguments, for: place)
    guard completion.exitCode == 0 else { throw Self.failure(of: program, words: completion.diagnostics) }
  }

  /// Runs the program and returns the errors it reported and went on after, one line each.
  func runCollectingErrors(
    _ program: ServerBinaries.Program, _ arguments: [String], for place: PostgresConnectionString
  ) throws(EngineError) -> [String] {
    let completion = try finish(program, arguments, for: place)
    guard completion.exitCode != 0 else { return [] }
    let errors = completion.diagnostics.split(separator: "\n").filter { $0.contains("error: ") }.map { line in
      String(
        line.trimmingPrefix("\(program.rawValue): error: ").trimmingPrefix(
          "could not execute query: ERROR:  "))
    }
    if errors.isEmpty { throw Self.failure(of: program, words: completion.diagnostics) }
    return errors
  }

  private func finish(
    _ program: ServerBinaries.Program, _ arguments: [String], for place: PostgresConnectionString
  ) throws(EngineError) -> Subprocess.Completion {
    try translatingFailures(of: "\(program.rawValue) ran") {
      try Subprocess(
        binaries.path(of: program), arguments, environment: .inherited(adding: place.secretEnvironment)
      ).run(accepting: 0...255)
    }
  }

  /// What the program's last words mean.
  static func failure(of program: ServerBinaries.Program, words: String) -> EngineError {
    let lines = words.split(separator: "\n").map(String.init).filter { !$0.isEmpty }
    let text = words.lowercased()
    let known = meanings.first { meaning in meaning.signs.contains { text.contains($0) } }
    return EngineError(
      known?.kind ?? .refused, "\(program.rawValue) failed", detail: Array(lines.prefix(6)), hint: known?.hint
    )
  }

  /// Words in a program's messages, what they mean, and what to do; the first that fits counts.
  private static let meanings: [(signs: [String], kind: EngineError.Kind, hint: String)] = [
    (
      ["no space left on device"], .diskFull,
      "Free room on the disk, or name another place, and run it again."
    ),
    (
      ["permission denied"], .permission,
      "Ask for the right to read it (GRANT pg_read_all_data TO the role), or connect as its owner."
    ),
    (
      ["row-level security", "row security policy"], .permission,
      "The role sees only some of the rows: use the table's owner or a role with BYPASSRLS."
    ),
    (
      ["server closed the connection", "terminating connection", "connection to server was lost"],
      .connectionLost,
      "Look into the server's log for the reason, and run it again."
    ),
    (["lock timeout"], .timeout, "Something holds an exclusive lock on a table; try again when it is gone."),
    (
      ["extension control file", "is not available"], .unsupported,
      "Install the extension's package on this machine, and run it again."
    ),
    (
      ["input file", "could not uncompress", "toc.dat"], .damaged,
      "The archive is damaged: 'plumb backups' lists others."
    ),
  ]
}
