import Foundation

/// A time in which changes are expected, and told to nobody.
///
/// Written as `Sat 02:00-04:00 Europe/Berlin`, `Mon-Fri 22:00-01:00`, `daily 03:00-03:30 UTC`, or from one moment to
/// another as `2026-12-24T18:00 to 2026-12-27T06:00 Europe/Berlin`. Without a zone it is the machine's.
package struct MaintenanceWindow: Hashable, Sendable, CustomStringConvertible {
  private enum Span: Hashable, Sendable {
    /// Days of the week from 1 (Sunday, as Foundation counts) and minutes of the day; the end may be on the next day.
    case weekly(days: Set<Int>, from: Int, to: Int)
    case once(from: Date, to: Date)
  }

  private let span: Span
  private let zone: TimeZone
  /// As it was written.
  package let description: String

  /// Reads a window; `nil` when the text is none.
  package init?(_ text: String, machineZone: TimeZone = .current) {
    description = text
    var words = text.split(separator: " ").map(String.init)
    zone = words.last.flatMap(Self.zone(named:)) ?? machineZone
    if words.last.flatMap(Self.zone(named:)) != nil { words.removeLast() }
    if words.count == 3, words[1] == "to" {
      guard let from = MomentText.read(words[0], in: zone), let to = MomentText.read(words[2], in: zone),
        from < to
      else { return nil }
      span = .once(from: from, to: to)
      return
    }
    guard words.count == 2, let days = Self.days(words[0]) else { return nil }
    let ends = words[1].split(separator: "-").map { Self.minutes($0) }
    guard ends.count == 2, let from = ends[0], let to = ends[1], from != to, from < 24 * 60 else {
      return nil
    }
    span = .weekly(days: days, from: from, to: to)
  }

  /// What a text has to look like, for errors.
  package static let form = "a window such as \"Sat 02:00-04:00 Europe/Berlin\""

  /// Whether a moment lies in it; its end does not.
  package func contains(_ moment: Date) -> Bool {
    switch span {
    case .once(let from, let to): return from <= moment && moment < to
    case .weekly(let days, let from, let to):
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = zone
      let parts = calendar.dateComponents([.weekday, .hour, .minute], from: moment)
      let (day, minute) = (parts.weekday ?? 1, (parts.hour ?? 0) * 60 + (parts.minute ?? 0))
      if from < to { return days.contains(day) && (from..<to).contains(minute) }
      let dayBefore = day == 1 ? 7 : day - 1
      return days.contains(day) && minute >= from || days.contains(dayBefore) && minute < to
    }
  }

  private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `daily`, or days and ranges of days with commas between them.
  private static func days(_ text: String) -> Set<Int>? {
    if text == "daily" { return Set(1...7) }
    var days: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { name in
        dayNames.firstIndex { $0.lowercased() == name.lowercased() }
      }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
        return nil
      }
      var day = first
      days.insert(day + 1)
      while day != last {
        day = (day + 1) % 7
        days.insert(day + 1)
      }
    }
    return days
  }

  /// `02:30` as minutes of the day; `24:00` is its end.
  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [2, 2], let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0..<60).contains(minute), (0...24).contains(hour), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }

  /// Only names that have a slash, or are UTC: Foundation would take three letters for a zone, and `Sat` for one.
  private static func zone(named name: String) -> TimeZone? {
    if name == "UTC" { return .gmt }
    return name.contains("/") && !name.contains(":") ? TimeZone(identifier: name) : nil
  }
}
