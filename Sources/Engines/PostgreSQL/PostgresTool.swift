import SchemaModel

/// Runs a program of the PostgreSQL distribution and translates its failure.
struct PostgresTool {
  let binaries: ServerBinaries

  /// Runs the program to its end and returns its standard output.
  ///
  /// - Parameter place: whose password goes into the environment; it is never an argument.
  @discardableResult
  func run(_ program: String, _ arguments: [String], for place: PostgresConnectionString) throws(EngineError) -> String {
    let result = try finish(program, arguments, for: place)
    guard result.exitCode == 0 else { throw Self.failure(of: program, words: result.standardError) }
    return result.standardOutput
  }

  /// Runs the program and returns the errors it reported and went on after, one line each.
  func runCollectingErrors(
    _ program: String, _ arguments: [String], for place: PostgresConnectionString
  ) throws(EngineError) -> [String] {
    let result = try finish(program, arguments, for: place)
    guard result.exitCode != 0 else { return [] }
    let errors = result.standardError.split(separator: "\n").filter { $0.contains("error: ") }.map { line in
      String(line.trimmingPrefix("\(program): error: ").trimmingPrefix("could not execute query: ERROR:  "))
    }
    if errors.isEmpty { throw Self.failure(of: program, words: result.standardError) }
    return errors
  }

  private func finish(
    _ program: String, _ arguments: [String], for place: PostgresConnectionString
  ) throws(EngineError) -> (exitCode: Int32, standardOutput: String, standardError: String) {
    do {
      let result = try Subprocess.run(
        binaries.path(of: program), arguments: arguments, environment: place.secretEnvironment)
      if Interruption.isRequested { throw EngineError(.interrupted, "interrupted while \(program) ran") }
      return (result.exitCode, result.standardOutputText, result.standardError)
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(.refused, "\(program) could not be run", detail: ["\(error)"])
    }
  }

  /// What the program's last words mean.
  static func failure(of program: String, words: String) -> EngineError {
    let lines = words.split(separator: "\n").map(String.init).filter { !$0.isEmpty }
    let text = words.lowercased()
    let (kind, hint): (EngineError.Kind, String?) =
      if text.contains("no space left on device") {
        (.diskFull, "Free room on the disk the backup is written to, and run it again.")
      } else if text.contains("permission denied") {
        (.permission, "Ask for the right to read it (GRANT pg_read_all_data TO the role), or connect as its owner.")
      } else if text.contains("row-level security") {
        (.permission, "The role sees only some rows; use a role with BYPASSRLS or the owner.")
      } else if text.contains("server closed the connection") || text.contains("terminating connection")
        || text.contains("connection to server was lost")
      {
        (.connectionLost, "Look into the server's log for the reason, and run it again.")
      } else if text.contains("lock timeout") || text.contains("canceling statement due to lock timeout") {
        (.timeout, "Something holds an exclusive lock on a table; try again when it is gone.")
      } else if text.contains("extension") && text.contains("is not available") {
        (.unsupported, "Install the extension's package on this machine, and run it again.")
      } else if text.contains("input file") || text.contains("could not uncompress") || text.contains("toc") {
        (.damaged, "The archive is damaged; 'plumb backups' lists others.")
      } else {
        (.refused, nil)
      }
    return EngineError(kind, "\(program) failed", detail: Array(lines.prefix(6)), hint: hint)
  }
}
