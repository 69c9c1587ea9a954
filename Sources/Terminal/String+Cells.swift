/// Text measured in the cells of a terminal.
extension String {
  /// The number of cells this text takes: two for wide East Asian characters and emoji, none for what combines.
  package var cellWidth: Int {
    reduce(0) { $0 + $1.cellWidth }
  }

  /// Returns the text with spaces up to the width, at its end (`.left`) or before it (`.right`).
  package func padded(toCells width: Int, _ alignment: TextTable.Alignment) -> String {
    let space = String(repeating: " ", count: max(0, width - cellWidth))
    return switch alignment {
    case .left: self + space
    case .right: space + self
    }
  }

  /// Returns the text cut to the width, ending in `…` if something was cut.
  package func truncated(toCells width: Int) -> String {
    guard cellWidth > width else { return self }
    var (kept, used) = ("", 1)
    for character in self {
      used += character.cellWidth
      if used > width { break }
      kept.append(character)
    }
    return width > 0 ? kept + "…" : ""
  }

  /// Returns lines of whole words; only a word wider than the width exceeds it.
  package func wrapped(toCells width: Int) -> [String] {
    var lines: [String] = []
    for word in split(whereSeparator: \.isWhitespace) {
      if let line = lines.last, line.cellWidth + 1 + String(word).cellWidth <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The text with control characters spelled out, so that foreign text cannot steer the terminal.
  ///
  /// Covers C0, DEL, C1 and the marks that reverse the writing direction.
  package var withVisibleControls: String {
    guard unicodeScalars.contains(where: \.steersTerminals) else { return self }
    return unicodeScalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case let scalar where scalar.steersTerminals: "\\u{\(String(scalar.value, radix: 16))}"
      case let scalar: String(scalar)
      }
    }.joined()
  }
}

extension Character {
  /// From the widest scalar, as the others only modify it; a flag is two narrow scalars drawn as one wide sign.
  fileprivate var cellWidth: Int {
    let isFlag = unicodeScalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
    let isEmoji = unicodeScalars.contains("\u{FE0F}")
    return isFlag || isEmoji ? 2 : unicodeScalars.map(\.cellWidth).max() ?? 0
  }
}

extension Unicode.Scalar {
  fileprivate var cellWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) } ? 2 : 1
  }

  /// The blocks of East Asian Width W and F (Unicode Annex 11), emoji aside.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
    0x1AFF0...0x1B2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  fileprivate var steersTerminals: Bool {
    properties.generalCategory == .control || (0x202A...0x202E).contains(value)
      || (0x2066...0x2069).contains(value)
  }
}
