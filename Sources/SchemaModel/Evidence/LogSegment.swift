/// One file of the write-ahead log, as it is archived.
package struct LogSegment: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The history it belongs to; every recovery to a point in time begins a new one.
  package var timeline: UInt32
  /// The upper half of the number in its name.
  package var log: UInt32
  /// The lower half; it runs over where 4 GiB of log are full.
  package var part: UInt32

  package init(timeline: UInt32, log: UInt32, part: UInt32) {
    self.timeline = timeline
    self.log = log
    self.part = part
  }

  /// Reads the 24 hexadecimal digits a segment's file name begins with; `nil` for anything else, histories and labels too.
  package init?(fileName: some StringProtocol) {
    let digits = fileName.prefix { $0.isASCII && $0.isHexDigit }
    // An archive puts a checksum behind a hyphen, and an ending for the compression behind that.
    let rest = fileName.dropFirst(24)
    guard digits.utf8.count == 24, rest.isEmpty || rest.hasPrefix("-"),
      let timeline = UInt32(digits.prefix(8), radix: 16),
      let log = UInt32(digits.dropFirst(8).prefix(8), radix: 16),
      let part = UInt32(digits.dropFirst(16), radix: 16)
    else { return nil }
    self.init(timeline: timeline, log: log, part: part)
  }

  /// The segment a position lies in.
  ///
  /// - Parameter byteCount: how large a segment is.
  package init(of position: LogPosition, timeline: UInt32, byteCount: UInt64) {
    self.init(
      timeline: timeline, log: UInt32(position.byte >> 32),
      part: UInt32((position.byte & 0xFFFF_FFFF) / byteCount))
  }

  /// Where it begins.
  package func start(byteCount: UInt64) -> LogPosition {
    LogPosition(byte: UInt64(log) << 32 | UInt64(part) * byteCount)
  }

  /// The one after it on the same timeline.
  package func next(byteCount: UInt64) -> LogSegment {
    part + 1 < UInt32((1 << 32) / byteCount)
      ? LogSegment(timeline: timeline, log: log, part: part + 1)
      : LogSegment(timeline: timeline, log: log + 1, part: 0)
  }

  package static func < (left: LogSegment, right: LogSegment) -> Bool {
    (left.timeline, left.log, left.part) < (right.timeline, right.log, right.part)
  }

  /// Its file name: 24 hexadecimal digits.
  package var description: String {
    [timeline, log, part].map { number in
      let digits = String(number, radix: 16, uppercase: true)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
