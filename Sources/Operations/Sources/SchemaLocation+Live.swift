import Engines
import SchemaModel

extension SchemaLocation {
  /// The live database that it is; `nil` for a text.
  package var live: LiveLocation? {
    switch self {
    case .postgres(let place): .postgres(place)
    case .sqlite(let path): .sqlite(path: path)
    case .sqlFile, .sqlFolder, .archive, .dbml, .mermaid, .markdown, .blueprint, .document, .recorded: nil
    }
  }

  /// Whether it is a database whose rows can be asked for.
  package var isLive: Bool { live != nil }

  /// The live database that it is.
  ///
  /// - Throws: `OperationError` for a text.
  package func requiredLive() throws -> LiveLocation {
    guard let live else {
      throw OperationError(
        "\(displayName) is no live database",
        hint: "Name a database: postgres://user@host/database, sqlite:FILE or a .db file.")
    }
    return live
  }
}
