/// A value of a YAML document, with where it stands.
package struct YAMLNode: Hashable, Sendable {
  /// Where something stands, both from 1.
  package struct Position: Hashable, Sendable, CustomStringConvertible {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package var description: String { "line \(line), column \(column)" }
  }

  /// A key of a mapping and what it holds.
  package struct Entry: Hashable, Sendable {
    package var key: String
    /// Where the key stands.
    package var position: Position
    package var value: YAMLNode
  }

  /// What the value is.
  package indirect enum Content: Hashable, Sendable {
    /// Nothing after the key, `null` or `~`.
    case null
    /// As written; whether it is a number is for the reader to say.
    case scalar(String)
    case sequence([YAMLNode])
    /// In the order of the document; no key stands twice.
    case mapping([Entry])
  }

  package var content: Content
  package var position: Position
}
