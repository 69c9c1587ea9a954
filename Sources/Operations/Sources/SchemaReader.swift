import Engines
import Foundation
import SchemaModel
import SchemaText

/// Reads a schema from wherever it is: one way in for every command.
package struct SchemaReader {
  /// The engine of SQL text that does not say which it is for.
  let assumedEngine: DatabaseEngine
  /// A PostgreSQL server to apply SQL text on; `nil` starts a throw-away one.
  let scratch: PostgresConnectionString?

  package init(
    assumedEngine: DatabaseEngine = .postgreSQL, scratch: PostgresConnectionString? = nil
  ) {
    self.assumedEngine = assumedEngine
    self.scratch = scratch
  }

  /// The schema at the location.
  package func schema(at location: SchemaLocation) throws -> Schema {
    switch location {
    case .postgres, .sqlite:
      return try LiveDatabase.open(location, statementSeconds: Self.statementSeconds).schema()
    case .sqlFile(let path): return try schema(applying: [path])
    case .sqlFolder(let path):
      let files = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sql") }
        .sorted()
      guard !files.isEmpty else {
        throw OperationError(
          "there is no .sql file in \(path)", hint: "Name a folder of SQL files or of a blueprint.")
      }
      return try schema(applying: files.map { "\(path)/\($0)" })
    case .blueprint(let path): return try blueprint(at: path)
    case .document(let path): return try document(at: path)
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
    guard let built = try? document(at: documentPath) else { return try schema(applying: [sqlPath]) }
    return Data(SchemaSQL.text(of: built).utf8) == text ? built : try schema(applying: [sqlPath])
  }

  private func document(at path: String) throws -> Schema {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError("cannot read \(path)", hint: "Check that the file is there and may be read.")
    }
    let reading: SchemaDocument.Reading
    do {
      reading = try SchemaDocument.read(String(decoding: data, as: UTF8.self))
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
    return reading.schema
  }

  private func schema(applying files: [String]) throws -> Schema {
    let first = try text(of: files[0])
    switch SchemaSQL.engine(ofText: first) ?? assumedEngine {
    case .postgreSQL: return try PostgresScratch.schema(applying: files, on: scratch)
    case .sqlite:
      let scratch = try SQLiteScratch.session(named: files[0])
      for file in files { try SQLiteScratch.apply(try text(of: file), from: file, to: scratch) }
      return try scratch.schema()
    }
  }

  private func text(of path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError("cannot read \(path)", hint: "Check that the file is there and may be read.")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
