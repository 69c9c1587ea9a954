/// `numeric` as `numeric_recv` reads it: digits to the base of ten thousand, and where they stand.
enum BinaryNumeric {
  private static let positive: UInt16 = 0x0000
  private static let negative: UInt16 = 0x4000
  /// Values that are no numbers, with their sign.
  private static let special: [([UInt8], UInt16)] = [
    (Array("NaN".utf8), 0xC000), (Array("Infinity".utf8), 0xD000), (Array("-Infinity".utf8), 0xF000),
  ]
  /// As many characters as PostgreSQL itself can print: 131,072 digits, 16,383 more behind the point, and two signs.
  private static let mostCharacters = 131_072 + 16_383 + 2

  /// Writes a decimal number, its length first; false when it is none.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    guard let last = text.last, text.count <= mostCharacters else { return false }
    guard last &- 48 < 10 else { return writeSpecial(text, to: &writer) }
    let isNegative = text[0] == UInt8(ascii: "-")
    var start = isNegative ? 1 : 0
    let point = text.firstIndex(of: UInt8(ascii: "."))
    let end = point ?? text.count
    guard start < end else { return false }
    while start < end, text[start] == UInt8(ascii: "0") { start += 1 }
    let wholeCount = end - start
    let scale = point.map { text.count - $0 - 1 } ?? 0
    let wholeGroups = (wholeCount + 3) / 4
    let groups = wholeGroups + (scale + 3) / 4
    return writer.putSized { writer in
      writer.put(UInt16(groups))
      writer.put(Int16(wholeGroups - 1))
      writer.put(isNegative ? negative : positive)
      writer.put(UInt16(scale))
      // The first group of the whole part may be short; the last of the fraction is filled up with zeros.
      return putGroups(text[start..<end], first: wholeCount % 4, &writer)
        && (scale == 0 || putGroups(text[(end + 1)...], first: 0, &writer))
    }
  }

  /// - Parameter first: how many digits the first group has, if it is short.
  private static func putGroups(
    _ digits: Slice<UnsafeBufferPointer<UInt8>>, first: Int, _ writer: inout BinaryWriter
  ) -> Bool {
    var (value, count) = (UInt16(0), first == 0 ? 0 : 4 - first)
    for digit in digits {
      let number = digit &- 48
      guard number < 10 else { return false }
      value = value * 10 + UInt16(number)
      count += 1
      if count == 4 {
        writer.put(value)
        (value, count) = (0, 0)
      }
    }
    if count > 0 {
      for _ in count..<4 { value *= 10 }
      writer.put(value)
    }
    return true
  }

  private static func writeSpecial(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool
  {
    guard let sign = special.first(where: { text.elementsEqual($0.0) })?.1 else { return false }
    writer.put(UInt32(8))
    writer.put(UInt32(0))
    writer.put(sign)
    writer.put(UInt16(0))
    return true
  }
}
