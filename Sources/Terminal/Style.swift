/// Whether and how text is coloured for one stream.
///
/// Commands name roles, never colours. Colour only repeats what the words already say.
package struct Style: Hashable, Sendable {
  /// What a piece of text means to the reader.
  package enum Role: Hashable, Sendable, CaseIterable {
    /// A verdict.
    case good, bad, warning
    /// Weight: names and headings, or context.
    case strong, dim
    /// A difference; a sign such as `+`, `-`, `~` says it too.
    case added, removed, changed
  }

  /// Whether roles show at all.
  package let isColored: Bool

  /// Text as it is, for files and pipes.
  package static let plain = Style(isColored: false)

  private init(isColored: Bool) {
    self.isColored = isColored
  }

  /// Decides for a stream; what refuses colour wins over what asks for it.
  ///
  /// In this order: `--no-color`, `NO_COLOR` (no-color.org), `FORCE_COLOR`, `TERM=dumb`, whether it is a terminal.
  package init(isTerminal: Bool, environment: [String: String], isColorRefused: Bool = false) {
    let asked = environment["FORCE_COLOR"] ?? ""
    if isColorRefused || environment["NO_COLOR", default: ""] != "" {
      isColored = false
    } else if asked != "", asked != "0" {
      isColored = true
    } else {
      isColored = isTerminal && environment["TERM"] != "dumb"
    }
  }

  /// Returns the text dressed for its role; the very same text where there is no colour.
  package func callAsFunction(_ role: Role, _ text: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(role.code)m\(text)\u{1B}[0m" : text
  }
}

extension Style.Role {
  /// The SGR parameter of ECMA-48: bold, faint, or one of the eight colours every terminal has.
  fileprivate var code: Int {
    switch self {
    case .strong: 1
    case .dim: 2
    case .bad, .removed: 31
    case .good, .added: 32
    case .warning, .changed: 33
    }
  }
}
