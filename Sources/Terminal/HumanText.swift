/// Values as a person reads them; machines read JSON.
package enum HumanText {
  /// Returns `1,234,567`.
  package static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    let grouped = digits.enumerated().map { position, digit in
      let isGroupStart = position > 0 && (digits.count - position).isMultiple(of: 3)
      return isGroupStart ? ",\(digit)" : "\(digit)"
    }
    return (number < 0 ? "-" : "") + grouped.joined()
  }

  /// Returns `1 row`, `2 rows`, or with a plural of its own `3 indices`.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    count(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
  }

  /// Returns `999 B`, `1.2 kB`, `34.5 MB`, `120 GB`: powers of a thousand, three digits at most.
  package static func bytes(_ byteCount: Int) -> String {
    var (tenths, remaining) = (byteCount.magnitude, ["kB", "MB", "GB", "TB", "PB", "EB"][...])
    guard tenths >= 1000 else { return "\(byteCount) B" }
    var unit = ""
    var divisor: UInt = 1
    repeat {
      unit = remaining.removeFirst()
      divisor *= 1000
      tenths = (byteCount.magnitude / (divisor / 100) + 5) / 10
    } while tenths >= 9995 && !remaining.isEmpty
    let number = tenths < 1000 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
    return (byteCount < 0 ? "-" : "") + number + " " + unit
  }

  /// Returns `40 ms`, `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`: two units at most, rounded.
  package static func duration(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    if milliseconds < 100 { return "\(milliseconds) ms" }
    let tenths = (milliseconds + 50) / 100
    if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
    let wholeSeconds = (milliseconds + 500) / 1000
    if wholeSeconds < 60 { return "\(wholeSeconds) s" }
    if wholeSeconds < 3600 { return "\(wholeSeconds / 60) min \(twoDigits(wholeSeconds % 60)) s" }
    let minutes = (wholeSeconds + 30) / 60
    if minutes < 24 * 60 { return "\(minutes / 60) h \(twoDigits(minutes % 60)) min" }
    let hours = (minutes + 30) / 60
    return "\(hours / 24) d \(twoDigits(hours % 24)) h"
  }

  /// Returns things per second, `nil` when no time has passed.
  package static func perSecond(_ amount: Int, in duration: Duration) -> Int? {
    let seconds = duration / .seconds(1)
    return seconds > 0 ? Int((Double(amount) / seconds).rounded()) : nil
  }

  /// Returns `310,000 rows/s`; empty when no time has passed.
  package static func rate(_ amount: Int, _ plural: String, in duration: Duration) -> String {
    perSecond(amount, in: duration).map { "\(count($0)) \(plural)/s" } ?? ""
  }

  /// Returns `a`, `a or b`, `a, b or c`.
  package static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
