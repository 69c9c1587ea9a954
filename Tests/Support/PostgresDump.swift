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
    let options = (part == .schema ? ["--schema-only"] : []) + (owners ? [] : ["--no-owner"])
    let text = try run(options, on: conninfo, excluding: schema)
    return text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init).filter { line in
      !line.hasPrefix("--") && !line.hasPrefix("\\restrict") && !line.hasPrefix("\\unrestrict")
    }
  }

  /// A dump as psql takes it, rows and all.
  package static func script(of conninfo: String, excluding schema: String? = nil) throws -> String {
    try run([], on: conninfo, excluding: schema)
  }

  /// Writes a directory archive of a database, in a folder that does not exist yet.
  package static func writeArchive(of conninfo: String, into folder: String) throws {
    _ = try run(["--format=directory", "--file=\(folder)"], on: conninfo, excluding: nil)
  }

  /// What `pg_restore --list --verbose` prints of an archive, without its heading.
  package static func list(ofArchive folder: String) throws -> [String] {
    let program = try ServerBinaries.newest(with: [.pgRestore]).path(of: .pgRestore)
    let text = try Subprocess(program, ["--list", "--verbose", folder]).run().outputText
    return text.split(separator: "\n").map(String.init).filter {
      $0.first != ";" || $0.hasPrefix(";\tdepends on:")
    }
  }

  /// In what two databases differ by their dumps; empty when pg_dump cannot tell them apart.
  ///
  /// PostgreSQL prints some expressions of an object as it was first made in another way than those of the
  /// same object after a dump and a restore. Where the dumps differ, the second is therefore held against what
  /// pg_dump and psql alone make of the first.
  package static func differences(
    from first: String, to second: String, _ part: Part, excluding schema: String? = nil,
    restored isRestored: Bool = false
  ) throws -> [String] {
    // Rows have no order, and those below a partition by a hash need not be in the same partition.
    func comparable(_ conninfo: String, excluding schema: String?) throws -> [String] {
      // A throw-away place has no tablespaces, and a restore into it leaves them out.
      let found = try lines(of: conninfo, part, excluding: schema).filter {
        isRestored ? !$0.hasPrefix("SET default_tablespace") : true
      }
      return part == .everything ? found.sorted() : found
    }
    let after = try comparable(second, excluding: schema)
    guard try comparable(first, excluding: nil) != after else { return [] }
    let settled = try TemporaryPostgres.makeDatabase(try script(of: first))
    return lineDifferences(from: try comparable(settled, excluding: nil), to: after)
  }

  private static func run(
    _ options: [String], on conninfo: String, excluding schema: String?
  ) throws -> String {
    let program = try ServerBinaries.newest(with: [.pgDump]).path(of: .pgDump)
    let exclusion = schema.map { ["--exclude-schema=\($0)"] } ?? []
    return try Subprocess(program, options + exclusion + ["--dbname=\(conninfo)"]).run().outputText
  }
}
