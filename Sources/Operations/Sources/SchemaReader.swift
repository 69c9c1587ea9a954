import Engines
import Foundation
import SchemaModel
import SchemaText

/// Reads a schema from wherever it is: one way in for every command.
package struct SchemaReader: Sendable {
  /// The engine of SQL text that does not say which it is for.
  let assumedEngine: DatabaseEngine
  /// A PostgreSQL server to apply SQL text on; `nil` starts a throw-away one.
  let scratch: PostgresConnectionString?
  /// Where the ledger is, in which watches keep what they saw.
  let ledgerPath: String?

  package init(
    assumedEngine: DatabaseEngine = .postgreSQL, scratch: PostgresConnectionString? = nil,
    ledgerPath: String? = nil
  ) {
    self.assumedEngine = assumedEngine
    self.scratch = scratch
    self.ledgerPath = ledgerPath
  }

  /// A schema and what its reader has to tell of it.
  package struct Reading: Sendable {
    package var schema: Schema
    /// What was not understood, or not kept, one line each with its place.
    package var warnings: [String] = []
  }

  /// The schema at the location.
  package func schema(at location: SchemaLocation) throws -> Schema { try reading(at: location).schema }

  /// The schema at the location, and what of a text was not understood.
  package func reading(at location: SchemaLocation) throws -> Reading {
    switch location {
    case .postgres, .sqlite:
      return Reading(
        schema: try LiveDatabase.open(location, statementSeconds: Self.statementSeconds).schema())
    case .sqlFile(let path): return try reading(applying: [path])
    case .sqlFolder(let path): return try reading(applying: try sqlFiles(in: path))
    case .archive(let path): return try archive(at: path)
    case .dbml(let path): return try dbml(at: path)
    case .mermaid(let path): return try diagram(at: path, isMarkdown: false)
    case .markdown(let path): return try diagram(at: path, isMarkdown: true)
    case .blueprint(let path): return Reading(schema: try blueprint(at: path))
    case .document(let path): return Reading(schema: try document(at: path))
    case .recorded(let moment): return try reading(at: moment)
    }
  }

  /// The schema at the location with what another SQL text, or a folder of them, changes of it.
  ///
  /// - Parameter overlay: `nil` for the schema as it is; otherwise the location must be SQL text.
  package func reading(at location: SchemaLocation, overlaid overlay: String?) throws -> Reading {
    guard let overlay else { return try reading(at: location) }
    let files: [String]
    if case .blueprint(let path) = location {
      files = ["\(path)/schema.sql"]
    } else if let own = try sqlFiles(of: location) {
      files = own
    } else {
      throw OperationError(
        "\(location.displayName) cannot be overlaid with \(overlay)",
        hint: "An overlay is SQL text that is applied after a blueprint's schema.sql.")
    }
    guard let changes = try sqlFiles(of: try SchemaLocation(overlay)) else {
      throw OperationError(
        "\(overlay) is no SQL text", hint: "An overlay is a .sql file or a folder of them.")
    }
    return try reading(applying: files + changes)
  }

  /// The files of a location that is SQL text, in the order in which they are applied.
  private func sqlFiles(of location: SchemaLocation) throws -> [String]? {
    switch location {
    case .sqlFile(let path): [path]
    case .sqlFolder(let path): try sqlFiles(in: path)
    case .postgres, .sqlite, .archive, .dbml, .mermaid, .markdown, .blueprint, .document, .recorded: nil
    }
  }

  /// No catalog query takes that long on a server that answers at all.
  static let statementSeconds = 120

  /// A blueprint: `schema.json` when it is what `schema.sql` says, else `schema.sql`, the source of truth, built anew.
  private func blueprint(at folder: String) throws -> Schema {
    let sqlPath = "\(folder)/schema.sql"
    let documentPath = "\(folder)/schema.json"
    guard FileManager.default.fileExists(atPath: documentPath) else { return try schema(applying: [sqlPath]) }
    guard let text = FileManager.default.contents(atPath: sqlPath) else {
      return try document(at: documentPath)
    }
    guard let built = try? reading(document: documentPath) else { return try schema(applying: [sqlPath]) }
    let isAsBuilt =
      built.sqlDigest.map { $0 == SHA256.hexadecimal(of: text) }
      ?? (Data(SchemaSQL.text(of: built.schema).utf8) == text)
    return isAsBuilt ? built.schema : try schema(applying: [sqlPath])
  }

  private func document(at path: String) throws -> Schema { try reading(document: path).schema }

  private func reading(document path: String) throws -> SchemaDocument.Reading {
    let bytes = [UInt8](try contents(of: path))
    let reading: SchemaDocument.Reading
    do {
      reading = try SchemaDocument.read(bytes)
    } catch {
      throw OperationError(
        "\(path): \(error.message)", detail: error.detail,
        hint: error.hint ?? "Write it anew with 'plumb init LOCATION', or take it back from git.")
    }
    // A document that is understood in part would let a difference pass for none.
    guard reading.findings.isEmpty else {
      throw OperationError(
        "\(path) is not what a plumb of this version wrote",
        detail: reading.findings.map { "\($0.place): \($0.message)" },
        hint: "Write it anew with 'plumb init LOCATION', or take it back from git.")
    }
    return reading
  }

  private func schema(applying files: [String]) throws -> Schema { try reading(applying: files).schema }

  /// The text of a file; bytes that are no UTF-8 are replaced.
  func text(of path: String) throws -> String { String(decoding: try contents(of: path), as: UTF8.self) }

  func contents(of path: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError("cannot read \(path)", hint: "Check that the file is there and may be read.")
    }
    return data
  }
}
