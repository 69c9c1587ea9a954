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
    guard completion.exitCode == 0 else {
      throw Self.failure(of: program, words: completion.diagnostics, at: place)
    }
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
    if errors.isEmpty { throw Self.failure(of: program, words: completion.diagnostics, at: place) }
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
  ///
  /// Where our own connection would fail in the same way, the message is the same: which of them is first is chance.
  static func failure(
    of program: ServerBinaries.Program, words: String, at place: PostgresConnectionString
  ) -> EngineError {
    let lines = words.split(separator: "\n").map(String.init).filter { !$0.isEmpty && !$0.repeatsValues }
    let text = words.lowercased()
    let known = meanings.first { meaning in meaning.signs.contains { text.contains($0) } }
    let fact = lines.lazy.compactMap { $0.fact(of: program) }.first
    let message =
      switch known?.kind {
      case .connectionLost: PostgresServerError.lostMessage(place.displayName)
      case .timeout: PostgresServerError.lockMessage
      case .permission: fact ?? "\(program.rawValue) failed"
      case _: "\(program.rawValue) failed" + (fact.map { ": \($0)" } ?? "")
      }
    return EngineError(known?.kind ?? .refused, message, detail: Array(lines.prefix(6)), hint: known?.hint)
  }

  /// Words in a program's messages, what they mean, and what to do; the first that fits counts.
  private static let meanings: [(signs: [String], kind: EngineError.Kind, hint: String)] = [
    (
      ["no space left on device"], .diskFull,
      "Free room on the disk, or name another place, and run it again."
    ),
    (
      ["query would be affected by row-level security", "row security policy"], .permission,
      "The role sees only some of the rows: use the table's owner or a role with BYPASSRLS."
    ),
    (
      ["permission denied"], .permission,
      "Ask for the right to read it (GRANT pg_read_all_data TO the role), or connect as its owner."
    ),
    (
      [
        "server closed the connection", "terminating connection", "connection to server was lost",
        "the database system is shutting down", "the database system is in recovery mode",
        "the database system is starting up",
      ],
      .connectionLost,
      "Look into the server's log for the reason, and run it again."
    ),
    (["lock timeout"], .timeout, PostgresServerError.lockHint),
    (
      ["unsupported startup parameter"], .unsupported,
      "A connection pooler stands before the server and takes no settings from pg_dump: name the server itself."
    ),
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

extension String {
  /// The error a line of a program tells, without the program's name and the server's severity.
  fileprivate func fact(of program: ServerBinaries.Program) -> String? {
    for severity in ["ERROR:  ", "FATAL:  "] {
      guard let range = firstRange(of: severity) else { continue }
      // psql names the file and the line.
      let place = self[..<range.lowerBound].split(separator: ":").dropFirst().prefix(2)
      let isPlace = program == .psql && place.count == 2 && place.last.flatMap { Int($0) } != nil
      return (isPlace ? place.joined(separator: ", line ") + ": " : "") + self[range.upperBound...]
    }
    let prefix = "\(program.rawValue): error: "
    return hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  /// Whether the line may hold values of rows, which are nobody's business here.
  fileprivate var repeatsValues: Bool {
    hasPrefix("CONTEXT:  COPY") || hasPrefix("DETAIL:  Key (") || hasPrefix("DETAIL:  Failing row")
  }
}
