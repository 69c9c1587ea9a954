import Engines
import Foundation
import SchemaModel
import SchemaText

/// Writes a database's blueprint into a folder; a second time it changes only what has changed.
package struct Init {
  /// What became of a file.
  package enum Outcome: String, Hashable, Sendable {
    case created, updated, unchanged
    /// A file that is the user's once it exists.
    case kept
  }

  /// A file of the blueprint and what became of it.
  package struct File: Hashable, Sendable {
    /// Relative to the folder.
    package var path: String
    package var outcome: Outcome
  }

  let schema: Schema
  let location: SchemaLocation
  let folder: String

  package init(_ schema: Schema, from location: SchemaLocation, into folder: String) {
    self.schema = schema
    self.location = location
    self.folder = folder
  }

  /// Writes `blueprint/schema.sql`, `blueprint/schema.json`, `blueprint/ERD.md` and `plumb.yaml`.
  package func run() throws -> [File] {
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/blueprint", withIntermediateDirectories: true)
    } catch {
      throw OperationError(
        "cannot make the folder \(folder)/blueprint", detail: [error.localizedDescription],
        hint: "Name a folder you may write to with --into.")
    }
    let sql = SchemaSQL.text(of: schema)
    return [
      try write(sql, to: "blueprint/schema.sql"),
      try write(SchemaDocument.text(of: schema, beside: sql), to: "blueprint/schema.json"),
      try write(ERDDocument.text(of: schema), to: "blueprint/ERD.md"),
      try writeOnce(configuration.text, to: Configuration.fileName),
    ]
  }

  /// A new `plumb.yaml` that names the database.
  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.database = location.configured
    return configuration
  }

  private func write(_ text: String, to path: String) throws -> File {
    let full = "\(folder)/\(path)"
    let before = FileManager.default.contents(atPath: full)
    guard before != Data(text.utf8) else { return File(path: path, outcome: .unchanged) }
    try DurableFile.replace(full, with: Data(text.utf8))
    return File(path: path, outcome: before == nil ? .created : .updated)
  }

  private func writeOnce(_ text: String, to path: String) throws -> File {
    guard !FileManager.default.fileExists(atPath: "\(folder)/\(path)") else {
      return File(path: path, outcome: .kept)
    }
    return try write(text, to: path)
  }
}

extension SchemaLocation {
  /// The live database as it may stand in a file in git: without a password; `nil` for a text.
  fileprivate var configured: String? {
    switch self {
    case .postgres(let place): place["service"] == nil ? place.uri : place.withoutPassword
    case .sqlite(let path): "sqlite:\(path)"
    case .sqlFile, .sqlFolder, .archive, .dbml, .mermaid, .markdown, .blueprint, .document, .recorded: nil
    }
  }
}
