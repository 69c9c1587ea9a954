import Terminal

/// Text between the tags of XML or HTML, and in their quoted attributes.
enum MarkupText {
  /// What would be taken for markup, taken literally.
  ///
  /// XML has no way to write most control characters, so they are spelled out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.withVisibleControls {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
