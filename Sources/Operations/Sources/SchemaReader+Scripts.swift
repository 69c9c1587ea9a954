import Engines
import Foundation
import SchemaModel
import SchemaText

extension SchemaReader {
  /// Applies SQL texts to a scratch database: migrations without what takes them back, dumps without their rows.
  func reading(applying files: [String]) throws -> Reading {
    let scripts = try files.map { try script(at: $0) }
    let engine = scripts.lazy.compactMap { script in
      SchemaSQL.engine(ofText: String(decoding: script.bytes.prefix(1 << 16), as: UTF8.self))
    }.first
    switch engine ?? assumedEngine {
    case .postgreSQL: return try reading(applying: scripts)
    case .sqlite:
      let scratch = try SQLiteScratch.session(named: files[0])
      for script in scripts {
        try SQLiteScratch.apply(String(decoding: script.bytes, as: UTF8.self), from: script.path, to: scratch)
      }
      return Reading(schema: try scratch.schema())
    }
  }

  /// Larger files are dumps and no migrations.
  private static let largestMigration = 16 << 20

  /// A text as it is to be applied.
  private struct Script {
    var path: String
    var bytes: [UInt8]
    /// Whether the bytes are those of the file.
    var isWhole: Bool
  }

  /// Byte for byte where no part is left out, whatever its encoding.
  private func script(at path: String) throws -> Script {
    let whole = Script(path: path, bytes: [UInt8](try contents(of: path)), isWhole: true)
    guard whole.bytes.count <= Self.largestMigration else { return whole }
    let text = String(decoding: whole.bytes, as: UTF8.self)
    let up = MigrationSections.up(of: text)
    return up == text ? whole : Script(path: path, bytes: Array(up.utf8), isWhole: false)
  }

  /// The schema that PostgreSQL makes of texts; what is applied as it stands is applied from where it stands.
  private func reading(applying scripts: [Script]) throws -> Reading {
    let folder = try TemporaryDirectory(for: "scripts")
    var warnings: [String] = []
    var files: [String] = []
    var names: [String: String] = [:]
    var statesPopulation = true
    for (number, script) in scripts.enumerated() {
      if Self.isStructureAlone(script.bytes) { statesPopulation = false }
      let prepared = SQLScript(script.bytes)
      guard prepared.connectedDatabases.count < 2 else {
        throw OperationError(
          "\(script.path) holds several databases",
          detail: [prepared.connectedDatabases.joined(separator: ", ")],
          hint: "Name the dump of one database: pg_dump writes it, pg_dumpall writes them all.")
      }
      warnings += prepared.passedOver.map { "\(script.path), \($0)" }
      let isWhole = script.isWhole && !prepared.isChanged
      let path = isWhole ? script.path : "\(folder.path)/\(number).sql"
      if !isWhole {
        try write(prepared.bytes, to: path)
        names[path] = script.path
      }
      files.append(path)
    }
    // The folder is gone with the last reference to it.
    return try withExtendedLifetime(folder) {
      do {
        var schema = try PostgresScratch.schema(applying: files, calling: names, on: scratch)
        schema.statesPopulation = statesPopulation
        return Reading(schema: schema, warnings: warnings)
      } catch var error as EngineError {
        if let dialect = scripts.lazy.compactMap({ ForeignDialect.of($0.bytes) }).first {
          error.hint = dialect.hint
        }
        throw error
      }
    }
  }

  /// Whether pg_dump wrote the text and left all rows out (`--schema-only`), so that no view is refreshed in it.
  private static func isStructureAlone(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("-- PostgreSQL database dump") && text.contains("WITH NO DATA;")
      && !["\nCOPY ", "\nINSERT INTO ", "\nREFRESH MATERIALIZED VIEW ", "setval("].contains(
        where: text.contains)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw OperationError(
        "cannot write \(path)", hint: "Free room on the disk, or name another place with PLUMB_TMPDIR.")
    }
  }

  /// The SQL files of a folder in the order in which they are applied.
  func sqlFiles(in folder: String) throws -> [String] {
    let manager = FileManager.default
    if let plan = manager.contents(atPath: "\(folder)/sqitch.plan") {
      return SqitchPlan.files(String(decoding: plan, as: UTF8.self)).map { "\(folder)/deploy/\($0)" }
    }
    var paths = try manager.contentsOfDirectory(atPath: folder)
    for name in paths {
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), isFolder.boolValue else {
        continue
      }
      paths += ((try? manager.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).map { "\(name)/\($0)" }
    }
    let files = MigrationOrder.files(among: paths)
    guard !files.isEmpty else {
      throw OperationError(
        "there is no .sql file in \(folder)",
        hint: "Name a folder of SQL files or migrations, of a blueprint, or of a pg_dump archive.")
    }
    return files.map { "\(folder)/\($0)" }
  }

  /// The structure in an archive of pg_dump: pg_restore prints it as SQL, which is applied as any other.
  func archive(at path: String, opened archive: PostgresArchive? = nil) throws -> Reading {
    let folder = try TemporaryDirectory(for: "archive")
    let text = "\(folder.path)/archive.sql"
    var list: String?
    if let archive, !archive.leftOut.isEmpty {
      list = "\(folder.path)/entries"
      try write(
        Array(archive.contents.entries.map { "\($0.id);\n" }.joined().utf8), to: "\(folder.path)/entries")
    }
    try PostgresArchive.writeSQL(of: path, listedIn: list, to: text)
    let printed = [UInt8](FileManager.default.contents(atPath: text) ?? Data())
    let prepared = SQLScript(printed)
    let own = Self.replacingPublic(in: prepared.text)
    if own != nil || prepared.isChanged { try write(own.map { Array($0.utf8) } ?? prepared.bytes, to: text) }
    return try withExtendedLifetime(folder) {
      var schema = try PostgresScratch.schema(
        applying: try schemasFirst(archive?.contents.missingSchemas ?? [], in: folder) + [text],
        calling: [text: "\(path), as SQL"], on: scratch)
      schema.statesPopulation = !Self.isStructureAlone(printed)
      return Reading(
        schema: schema,
        warnings: prepared.passedOver.map { "\(path), as SQL, \($0)" })
    }
  }

  /// The structure in a dump that is open: of a plain script everything but its rows is applied.
  func reading(of archive: PostgresArchive) throws -> Reading {
    guard case .script = archive.layout else {
      return try self.archive(at: archive.path, opened: archive)
    }
    let folder = try TemporaryDirectory(for: "archive")
    let text = "\(folder.path)/script.sql"
    let parts = archive.contents.entries.filter {
      !["DATABASE", "DATABASE PROPERTIES", "ENCODING"].contains($0.kind)
    }
    let settings =
      "SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n"
    let statements = settings + parts.map(\.statements).joined(separator: "\n")
    try write(Array((Self.replacingPublic(in: statements) ?? statements).utf8), to: text)
    return try withExtendedLifetime(folder) {
      var schema = try PostgresScratch.schema(
        applying: try schemasFirst(archive.contents.missingSchemas, in: folder) + [text],
        calling: [text: "\(archive.path), without its rows"], on: scratch)
      let data: Set = ["TABLE DATA", "SEQUENCE SET", "MATERIALIZED VIEW DATA", "BLOBS"]
      schema.statesPopulation = archive.contents.entries.contains { data.contains($0.kind) }
      return Reading(schema: schema)
    }
  }

  /// The text with the schema that every new database has taken away before it is made; `nil` when it is not made.
  ///
  /// Archives of pg_dump before version 11 make it, and dumps of chosen schemas.
  private static func replacingPublic(in text: String) -> String? {
    let statement = "\nCREATE SCHEMA public;\n"
    guard text.contains(statement) else { return nil }
    return text.replacing(
      statement,
      with: "\nDROP SCHEMA IF EXISTS public; CREATE SCHEMA public;\n\(ArchiveContents.publicGrant);\n")
  }

  /// The file that makes schemas which a dump uses and does not make; none when there are none.
  private func schemasFirst(_ schemas: [String], in folder: TemporaryDirectory) throws -> [String] {
    guard !schemas.isEmpty else { return [] }
    let file = "\(folder.path)/schemas.sql"
    let statements = schemas.map { "CREATE SCHEMA IF NOT EXISTS \(SQLDialect.postgreSQL.identifier($0));\n" }
    try write(Array(statements.joined().utf8), to: file)
    return [file]
  }
}
