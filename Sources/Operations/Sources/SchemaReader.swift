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
  /// Told what is odd about a document and does not keep it from being read.
  let warn: (String) -> Void

  package init(
    assumedEngine: DatabaseEngine = .postgreSQL, scratch: PostgresConnectionString? = nil,
    warn: @escaping (String) -> Void
  ) {
    self.assumedEngine = assumedEngine
    self.scratch = scratch
    self.warn = warn
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
    guard let text = FileManager.default.contents(atPath: sqlPath) else { return try document(at: documentPath) }
    let built: Schema
    do {
      built = try document(at: documentPath)
    } catch let error as OperationError {
      // It can be made anew at any time.
      warn("\(error.message). \(sqlPath) is read instead")
      return try schema(applying: [sqlPath])
    }
    return Data(SchemaSQL.text(of: built).utf8) == text ? built : try schema(applying: [sqlPath])
  }

  private func document(at path: String) throws -> Schema {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError("cannot read \(path)", hint: "Check that the file is there and may be read.")
    }
    do {
      let reading = try SchemaDocument.read(String(decoding: data, as: UTF8.self))
      for finding in reading.findings {
        warn("\(path), \(finding.place): \(finding.message)" + (finding.hint.map { ". \($0)" } ?? ""))
      }
      return reading.schema
    } catch {
      throw OperationError(
        "\(path): \(error.message)", detail: error.detail,
        hint: error.hint ?? "Write it anew with 'plumb init LOCATION', or take it back from git.")
    }
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
