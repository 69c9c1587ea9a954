/// Lengths of time as people write them: `30s`, `10m`, `2h`, `1h 30m`, `1d`.
package enum DurationText {
  /// The length; `nil` when the text is none, or is no longer than nothing.
  package static func read(_ text: String) -> Duration? {
    var seconds = 0
    var digits = ""
    var isAnything = false
    for character in text where character != " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let unit = units[character], let number = Int(digits), number < 1_000_000 else { return nil }
      seconds += number * unit
      digits = ""
      isAnything = true
    }
    guard isAnything, digits.isEmpty, seconds > 0 else { return nil }
    return .seconds(seconds)
  }

  /// The shortest such text, in whole seconds: `90s` is `1m 30s`.
  package static func text(_ duration: Duration) -> String {
    var seconds = Int(duration.components.seconds)
    var parts: [String] = []
    for (unit, length) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] where seconds >= length {
      parts.append("\(seconds / length)\(unit)")
      seconds %= length
    }
    return parts.isEmpty ? "0s" : parts.joined(separator: " ")
  }

  /// What a text has to look like, for errors.
  package static let form = "a length of time such as 30s, 10m or 2h"

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
}
