import Engines

/// What `pg_dump` says of a database: a second opinion that shares no code with ours.
package enum PostgresDump {
  /// What of a database is printed.
  package enum Part: Hashable, Sendable {
    case schema
    case everything
  }

  /// The lines of a dump that say something, in the order they stand in.
  ///
  /// Left out are comments, empty lines, and the `\restrict` lines, which hold a random word.
  package static func lines(
    of conninfo: String, _ part: Part, owners: Bool = false, excluding schema: String? = nil
  ) throws -> [String] {
    var options = part == .schema ? ["--schema-only"] : []
    if !owners { options.append("--no-owner") }
    if let schema { options.append("--exclude-schema=\(schema)") }
    let program = try TemporaryPostgres.server().binaries.path(of: .pgDump)
    let text = try Subprocess(program, options + ["--dbname=\(conninfo)"]).run().outputText
    return text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init).filter { line in
      !line.hasPrefix("--") && !line.hasPrefix("\\restrict") && !line.hasPrefix("\\unrestrict")
    }
  }
}
