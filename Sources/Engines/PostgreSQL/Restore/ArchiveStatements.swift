import Foundation
import SchemaText

/// Runs the statements of an archive: by `pg_restore`, and those of a plain script by our own connection.
struct ArchiveStatements {
  let archive: PostgresArchive
  let options: PostgresRestore.Options
  let tool: PostgresTool
  let connection: PostgresConnection

  /// Makes everything that comes before the rows; the first statement that is refused ends it.
  func runBeforeRows() throws(EngineError) {
    for schema in archive.contents.missingSchemas {
      try connection.execute("CREATE SCHEMA IF NOT EXISTS \(SQLDialect.postgreSQL.identifier(schema))")
    }
    switch archive.layout {
    case .directory, .custom, .tar:
      guard !archive.leftOut.isEmpty else { return try restoreAllBeforeRows() }
      let wanted = archive.contents.entries.filter { $0.part == .preData }
      let errors = try restore(wanted, section: .preData, besides: ["--exit-on-error"])
      guard errors.isEmpty else {
        throw EngineError(.refused, "the tables could not be made", detail: errors)
      }
    case .script:
      for entry in archive.contents.entries where entry.part == .preData && isWanted(entry) {
        try run(entry)
      }
    }
  }

  private func restoreAllBeforeRows() throws(EngineError) {
    let place = connection.place
    try tool.run(
      .pgRestore,
      [
        "--section=pre-data", "--exit-on-error", "--dbname=\(place.withoutPassword)", "--no-password",
      ] + ownership + [archive.path], for: place)
  }

  /// Runs what belongs to chosen entries; what the server refused, each in one line.
  ///
  /// - Parameter isRepeated: whether an interrupted run may have made some of it already.
  func run(
    _ entries: [ArchiveContents.Entry], of section: ArchiveContents.Section, isRepeated: Bool = false
  ) throws(EngineError) -> [String] {
    switch archive.layout {
    case .directory, .custom, .tar:
      return try restore(
        entries, section: section, besides: isRepeated ? ["--clean", "--if-exists"] : [])
    case .script(let script):
      var errors: [String] = []
      for entry in entries where isWanted(entry) {
        do throws(EngineError) {
          switch entry.data {
          case .slice(let range): try runSlice(range, after: entry.copyStatement, of: script)
          case .slices(let ranges):
            try runPart { part throws(EngineError) in try script.write(ranges, to: part) }
          case .file, .block, .blockToFind, nil: try run(entry)
          }
        } catch {
          if isRepeated, error.isOfWhatExists { continue }
          guard error.isOfStatement else { throw error }
          errors.append(error.message)
        }
      }
      return errors
    }
  }

  /// Runs the data of chosen entries, all of them or, when one is refused, none; why it was refused.
  func refusal(of entries: [ArchiveContents.Entry]) throws(EngineError) -> String? {
    switch archive.layout {
    case .directory, .custom, .tar:
      return try restore(entries, section: .data, besides: ["--single-transaction"]).first
    case .script(let script):
      do throws(EngineError) {
        let ranges = entries.compactMap { entry -> Range<Int>? in
          guard case .slice(let range) = entry.data else { return nil }
          return range
        }
        try runPart { part throws(EngineError) in
          try script.write(ranges, after: beginning(with: ""), to: part)
        }
        return nil
      } catch {
        guard error.isOfStatement else { throw error }
        return error.message
      }
    }
  }

  /// Has `pg_restore` restore chosen entries; the errors it met.
  private func restore(
    _ entries: [ArchiveContents.Entry], section: ArchiveContents.Section, besides flags: [String] = []
  ) throws(EngineError) -> [String] {
    let folder = try translatingFailures(of: "a list of entries was written") {
      let folder = try TemporaryDirectory(for: "list")
      try Data(entries.map { "\($0.id);\n" }.joined().utf8).write(
        to: URL(fileURLWithPath: folder.path + "/entries"))
      return folder
    }
    defer { folder.remove() }
    return try tool.runCollectingErrors(
      .pgRestore,
      [
        "--section=\(section.flag)", "--use-list=\(folder.path)/entries",
        "--dbname=\(connection.place.withoutPassword)", "--no-password",
      ] + flags + ownership + [archive.path], for: connection.place)
  }

  private var ownership: [String] {
    (options.withoutOwners ? ["--no-owner", "--no-privileges"] : [])
      + (options.isStaging ? ["--no-tablespaces"] : [])
  }

  // MARK: - Scripts

  /// What `pg_restore` would leave out as well: the database itself, and what is about owners where they are not wanted.
  private func isWanted(_ entry: ArchiveContents.Entry) -> Bool {
    switch entry.kind {
    case "DATABASE", "DATABASE PROPERTIES", "ENCODING": false
    case "ACL", "DEFAULT ACL": !options.withoutOwners
    case _: true
    }
  }

  private func run(_ entry: ArchiveContents.Entry) throws(EngineError) {
    var text = entry.statements
    if options.withoutOwners {
      text = text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !($0.hasPrefix("ALTER ") && $0.contains(" OWNER TO ")) }.joined(separator: "\n")
    }
    if !options.isStaging {
      try connection.execute("SET default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace))")
    }
    do throws(EngineError) {
      try connection.execute(text)
    } catch {
      throw error.during("\(entry.kind.lowercased()) \(entry.name)")
    }
  }

  /// Runs statements of any length: `INSERT`s, large objects, rows of tables the model leaves out.
  private func runSlice(
    _ range: Range<Int>, after statement: String, of script: ExpandedScript
  ) throws(EngineError) {
    try runPart { part throws(EngineError) in
      try script.write(range, after: beginning(with: statement), to: part)
    }
  }

  /// Has psql run what is written to a file, all of it or nothing.
  private func runPart(_ write: (String) throws(EngineError) -> Void) throws(EngineError) {
    let folder = try translatingFailures(of: "a part of the script was written") {
      try TemporaryDirectory(for: "part")
    }
    defer { folder.remove() }
    let part = "\(folder.path)/part.sql"
    try write(part)
    try tool.run(
      .psql,
      [
        "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", "--output=/dev/null",
        "--single-transaction", "--dbname=\(connection.place.withoutPassword)", "--file=\(part)",
      ], for: connection.place)
  }

  /// The statement with the encoding of what follows it; our own words are in UTF-8.
  private func beginning(with statement: String) -> String {
    guard let encoding = archive.contents.foreignEncoding.map(SQLDialect.postgreSQL.literal) else {
      return statement
    }
    guard let range = statement.ranges(of: " FROM stdin;").last else {
      return "SET client_encoding = \(encoding);\n" + statement
    }
    return statement[..<range.lowerBound] + " FROM stdin WITH (ENCODING \(encoding))" + ";\n"
  }
}

extension EngineError {
  /// Whether the statement itself was refused, so that others may still be run.
  fileprivate var isOfStatement: Bool { kind == .refused || kind == .permission || kind == .notFound }

  /// Whether what was to be made is there already (`duplicate_…`).
  fileprivate var isOfWhatExists: Bool {
    ["42P07", "42710", "42723", "42P06", "42701", "42P03"].contains(sqlState ?? "")
  }
}

extension PostgresConnection {
  /// Runs statements of an entry where they find the names they mean.
  func execute(_ statements: String, of entry: ArchiveContents.Entry) throws(EngineError) {
    guard let schema = entry.runsInSchema else { return try execute(statements) }
    try execute("SET search_path = \(SQLDialect.postgreSQL.identifier(schema)), pg_catalog")
    defer { try? execute("SELECT pg_catalog.set_config('search_path', '', false)") }
    try execute(statements)
  }
}

extension ArchiveContents.Section {
  /// What pg_restore calls it.
  fileprivate var flag: String {
    switch self {
    case .none, .preData: "pre-data"
    case .data: "data"
    case .postData: "post-data"
    }
  }
}
