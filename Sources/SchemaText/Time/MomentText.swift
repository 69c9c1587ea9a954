import Foundation

/// Moments as people type them: `2026-11-20`, `2026-11-20T14:02`, `2026-11-20 14:02:30`, with `Z` or an offset.
package enum MomentText {
  /// The moment; `nil` when the text is none.
  ///
  /// - Parameter zone: where a text that names none was written.
  package static func read(_ text: String, in zone: TimeZone = .current) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let day = numbers(text.prefix(10), separatedBy: "-", digits: [4, 2, 2]) else {
      return nil
    }
    var rest = text.dropFirst(10)
    var zone = zone
    var time = [0, 0, 0]
    if let separator = rest.first {
      guard separator == "T" || separator == " " else { return nil }
      rest = rest.dropFirst()
      if rest.last == "Z" {
        zone = .gmt
        rest = rest.dropLast()
      } else if let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }) {
        guard let offset = numbers(rest[rest.index(after: sign)...], separatedBy: ":", digits: [2, 2]),
          let named = TimeZone(secondsFromGMT: (offset[0] * 60 + offset[1]) * (rest[sign] == "-" ? -60 : 60))
        else { return nil }
        zone = named
        rest = rest[..<sign]
      }
      if let fraction = rest.firstIndex(of: ".") {
        guard rest[fraction...].dropFirst().allSatisfy(\.isNumber) else { return nil }
        rest = rest[..<fraction]
      }
      guard
        let read = numbers(rest, separatedBy: ":", digits: [2, 2, 2])
          ?? numbers(rest, separatedBy: ":", digits: [2, 2])
      else { return nil }
      time = read + (read.count == 2 ? [0] : [])
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = DateComponents(
      year: day[0], month: day[1], day: day[2], hour: time[0], minute: time[1], second: time[2])
    guard (1...12).contains(day[1]), (1...31).contains(day[2]), time[0] < 24, time[1] < 60, time[2] < 60
    else { return nil }
    return calendar.date(from: parts)
  }

  /// As ``read(_:in:)``, and to the fraction of a second that the text gives.
  package static func readExactly(_ text: String, in zone: TimeZone = .current) -> Date? {
    // PostgreSQL prints an offset of whole hours as such.
    let isHours = text.dropFirst(10).suffix(3).first.map { $0 == "+" || $0 == "-" } ?? false
    guard let moment = read(isHours ? text + ":00" : text, in: zone) else { return nil }
    guard let point = text.firstIndex(of: ".") else { return moment }
    let digits = text[point...].dropFirst().prefix { $0.isASCII && $0.isNumber }
    return moment.addingTimeInterval(Double("0.\(digits)0") ?? 0)
  }

  /// `2026-11-20T14:02:30` in the machine's zone, or another; to be typed again as it is.
  package static func text(_ moment: Date, in zone: TimeZone = .current) -> String {
    moment.formatted(
      Date.ISO8601FormatStyle(timeZone: zone).year().month().day().time(includingFractionalSeconds: false)
        .dateTimeSeparator(.standard))
  }

  private static func numbers(
    _ text: some StringProtocol, separatedBy separator: Character, digits: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == digits, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    return parts.compactMap { Int($0) }
  }
}
