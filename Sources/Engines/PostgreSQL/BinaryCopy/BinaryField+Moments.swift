extension BinaryField {
  /// Writes a date, a time or both, as printed with `DateStyle = ISO`.
  func writeMoment(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    if text.elementsEqual("infinity".utf8) || text.elementsEqual("-infinity".utf8) {
      let isLater = text.count == 8
      switch self {
      case .date: writer.putField(isLater ? Int32.max : Int32.min)
      case .timestamp, .timestamptz: writer.putField(isLater ? Int64.max : Int64.min)
      default: return false
      }
      return true
    }
    var reader = MomentReader(text)
    switch self {
    case .date:
      guard let date = reader.date(), let days = date.days(isBeforeChrist: reader.takeBC()), reader.isAtEnd
      else {
        return false
      }
      writer.putField(days)
    case .time:
      guard let time = reader.time(), reader.isAtEnd else { return false }
      writer.putField(time)
    case .timestamp, .timestamptz:
      guard let date = reader.date(), reader.take(UInt8(ascii: " ")), var time = reader.time() else {
        return false
      }
      if self == .timestamptz {
        guard let offset = reader.offset() else { return false }
        time -= offset * 1_000_000
      }
      guard let days = date.days(isBeforeChrist: reader.takeBC()), reader.isAtEnd else { return false }
      writer.putField(Int64(days) * MomentReader.day + time)
    default: return false
    }
    return true
  }
}

/// Reads the parts of a moment, from left to right.
private struct MomentReader {
  /// A day of the calendar, its year as it is printed.
  struct Day {
    var year: Int
    var month: Int
    var day: Int

    /// Days since 2000-01-01 (`date2j` of PostgreSQL's `datetime.c`, by the same Gregorian calendar); `nil` when there is no such day.
    func days(isBeforeChrist: Bool) -> Int32? {
      let year = isBeforeChrist ? 1 - year : year
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lastDay =
        switch month {
        case 2: isLeap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
      guard self.year > 0, day <= lastDay else { return nil }
      // Years begin in March, so that the day that leap years add is their last; 400 years are 146,097 days.
      let shifted = month > 2 ? year : year - 1
      let era = (shifted >= 0 ? shifted : shifted - 399) / 400
      let yearOfEra = shifted - era * 400
      let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
      let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
      // From 0000-03-01 to 2000-01-01 it is 730,425 days.
      return Int32(exactly: era * 146_097 + dayOfEra - 730_425)
    }
  }

  /// Microseconds.
  static let day: Int64 = 86_400_000_000

  private let text: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var isAtEnd: Bool { place == text.count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard place < text.count, text[place] == byte else { return false }
    place += 1
    return true
  }

  /// `YYYY-MM-DD`; later years have more digits.
  mutating func date() -> Day? {
    var digits = 0
    while place + digits < text.count, text[place + digits] != UInt8(ascii: "-") { digits += 1 }
    guard (4...7).contains(digits), let year = number(digits), take(UInt8(ascii: "-")), let month = number(2),
      (1...12).contains(month), take(UInt8(ascii: "-")), let day = number(2), day > 0
    else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// `HH:MM:SS`, and up to six digits of a fraction, in microseconds; a day may end at 24:00:00.
  mutating func time() -> Int64? {
    guard let hours = number(2), hours <= 24, take(UInt8(ascii: ":")), let minutes = number(2), minutes < 60,
      take(UInt8(ascii: ":")), let seconds = number(2), seconds < 60
    else { return nil }
    var fraction = 0
    if take(UInt8(ascii: ".")) {
      var digits = 0
      while digits < 6, let digit = number(1) {
        fraction = fraction * 10 + digit
        digits += 1
      }
      guard digits > 0 else { return nil }
      for _ in digits..<6 { fraction *= 10 }
    }
    let time = Int64(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction)
    return time <= Self.day ? time : nil
  }

  /// `+HH`, `+HH:MM` or `+HH:MM:SS`, in seconds east of Greenwich.
  mutating func offset() -> Int64? {
    let isWest = take(UInt8(ascii: "-"))
    guard isWest || take(UInt8(ascii: "+")), let hours = number(2) else { return nil }
    var seconds = hours * 3600
    if take(UInt8(ascii: ":")) {
      guard let minutes = number(2) else { return nil }
      seconds += minutes * 60
      if take(UInt8(ascii: ":")) {
        guard let rest = number(2) else { return nil }
        seconds += rest
      }
    }
    return Int64(isWest ? -seconds : seconds)
  }

  mutating func takeBC() -> Bool {
    guard text.count - place == 3, text[place] == UInt8(ascii: " "), text[place + 1] == UInt8(ascii: "B"),
      text[place + 2] == UInt8(ascii: "C")
    else { return false }
    place += 3
    return true
  }

  /// So many digits; nothing is taken when they are not there.
  private mutating func number(_ digits: Int) -> Int? {
    guard place + digits <= text.count else { return nil }
    var value = 0
    for offset in 0..<digits {
      let digit = text[place + offset] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    place += digits
    return value
  }
}
