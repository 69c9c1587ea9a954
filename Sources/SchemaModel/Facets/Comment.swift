/// A comment on an object, which may open with tags: lines such as `@owner billing`.
///
/// From `pg_description.description`, or the `--` lines inside SQLite's `CREATE TABLE`.
package struct Comment: Hashable, Sendable, CustomStringConvertible {
  /// A line at the start of a comment that programs understand: `@name value`.
  package struct Tag: Hashable, Sendable {
    /// The word after the at sign.
    package var name: String
    /// The rest of the line, trimmed; empty when there is none.
    package var value: String
  }

  /// The whole text as the database holds it; unknown tags are preserved by never being rewritten.
  package var text: String

  package init(_ text: String) { self.text = text }

  /// The tags, in order; the first line that is no tag ends them.
  package var tags: [Tag] {
    lines.prefix(while: \.isTag).map { line in
      let words = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      let value = words.count > 1 ? words[1].drop(while: \.isWhitespace) : ""
      return Tag(name: words.first.map(String.init) ?? "", value: String(value))
    }
  }

  /// The text for people, without the tags; empty when there is none.
  package var prose: String {
    lines.drop(while: \.isTag).joined(separator: "\n")
  }

  /// The value of the first tag of that name.
  package func tag(_ name: String) -> String? {
    tags.first { $0.name == name }?.value
  }

  package var description: String { text }

  private var lines: [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}

extension Substring {
  /// Whether the line is an at sign followed by a letter.
  fileprivate var isTag: Bool {
    first == "@" && dropFirst().first?.isLetter == true
  }
}

extension Comment: FacetRepresentable {
  package var facetValue: FacetValue { .text(text) }
  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(try String(facetValue: facetValue))
  }
}
