/// What happens to the values of a column whose type changes.
struct TypeChange {
  private let old: String
  private let new: String
  private let hasModifier: Bool
  private let isNarrowed: Bool

  /// - Parameters:
  ///   - found: as `format_type` prints it.
  ///   - expected: likewise.
  init(from found: String, to expected: String) {
    old = Self.base(found)
    new = Self.base(expected)
    hasModifier = expected.contains("(")
    isNarrowed = hasModifier && found != expected
  }

  /// Whether the server converts by itself; then it refuses values that do not fit rather than cut them.
  var isImplicit: Bool {
    old == new || Self.texts.contains(new) || Self.numbers.contains(old) && Self.numbers.contains(new)
  }

  /// Whether values are rounded, or lose what the new type has no room for, without a word.
  var risk: UndoStatement.Risk {
    let isRounded = Self.wholes.contains(new) && !Self.wholes.contains(old) && Self.numbers.contains(old)
    let isImprecise = Self.floats.contains(new) && Self.numbers.contains(old) && old != new && old != "real"
    let isScaled = new == "numeric" && isNarrowed && !Self.wholes.contains(old)
    let isTimeCut = Self.times.contains(old) && (old != new || isNarrowed) && !Self.texts.contains(new)
    return isRounded || isImprecise || isScaled || isTimeCut
      ? .losesData("what values of the column have beyond the new type") : .none
  }

  private static let texts: Set = ["text", "character varying", "character"]
  private static let wholes: Set = ["smallint", "integer", "bigint"]
  private static let floats: Set = ["real", "double precision"]
  private static let numbers: Set = ["smallint", "integer", "bigint", "numeric", "real", "double precision"]
  private static let times: Set = [
    "timestamp without time zone", "timestamp with time zone", "time without time zone",
    "time with time zone",
    "interval",
  ]

  /// The type without what stands in parentheses: `timestamp(3) without time zone` has it in the middle.
  private static func base(_ type: String) -> String {
    guard let start = type.firstIndex(of: "("), let end = type.firstIndex(of: ")"), start < end else {
      return type
    }
    return String(type[..<start] + type[type.index(after: end)...])
  }
}
