import Glibc

extension BinaryField {
  /// Writes one value, its length first.
  ///
  /// - Parameter text: as `COPY` prints it, escapes included; not NULL. The byte after it can be read.
  /// - Returns: false when the value is not printed as PostgreSQL prints it.
  func write(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    switch self {
    case .boolean:
      guard text.count == 1, text[0] == UInt8(ascii: "t") || text[0] == UInt8(ascii: "f") else {
        return false
      }
      writer.putField(UInt8(text[0] == UInt8(ascii: "t") ? 1 : 0))
      return true
    case .int2: return Self.writeInteger(text, as: Int16.self, to: &writer)
    case .int4: return Self.writeInteger(text, as: Int32.self, to: &writer)
    case .int8: return Self.writeInteger(text, as: Int64.self, to: &writer)
    case .oid: return Self.writeInteger(text, as: UInt32.self, to: &writer)
    case .float4:
      guard let value = Self.floating(text, strtof) else { return false }
      writer.putField(value.bitPattern)
      return true
    case .float8:
      guard let value = Self.floating(text, strtod) else { return false }
      writer.putField(value.bitPattern)
      return true
    case .numeric: return BinaryNumeric.write(text, to: &writer)
    case .uuid: return Self.writeUUID(text, to: &writer)
    case .bytea: return Self.writeBytes(text, to: &writer)
    case .date, .time, .timestamp, .timestamptz: return writeMoment(text, to: &writer)
    case .text: return writer.putSized { Self.writeText(text, to: &$0) }
    case .jsonb:
      return writer.putSized { writer in
        writer.put(UInt8(1))
        return Self.writeText(text, to: &writer)
      }
    case .array(let element, let oid): return Self.writeArray(text, of: element, oid: oid, to: &writer)
    }
  }

  // MARK: - Numbers

  private static func writeInteger<Number: FixedWidthInteger>(
    _ text: UnsafeBufferPointer<UInt8>, as type: Number.Type, to writer: inout BinaryWriter
  ) -> Bool {
    guard let number = integer(text), let value = Number(exactly: number) else { return false }
    writer.putField(value)
    return true
  }

  /// A whole number in decimal digits, of up to eighteen of them or else the largest and smallest there are.
  private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var value: Int64 = 0
    for digit in digits {
      let number = digit &- 48
      guard number < 10 else { return nil }
      // Counted downwards, since there is one more number below zero than above.
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (difference, isTooLow) = product.subtractingReportingOverflow(Int64(number))
      guard !isTooLarge, !isTooLow else { return nil }
      value = difference
    }
    guard !isNegative else { return value }
    return value == .min ? nil : -value
  }

  /// What the C library reads, if that is all of the text.
  private static func floating<Number>(
    _ text: UnsafeBufferPointer<UInt8>,
    _ read: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Number
  ) -> Number? {
    // It would skip white space, and take hexadecimal digits.
    guard let base = text.baseAddress, let first = text.first, first > 32,
      !text.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
    else { return nil }
    return base.withMemoryRebound(to: CChar.self, capacity: text.count + 1) { start in
      var end: UnsafeMutablePointer<CChar>?
      let value = read(start, &end)
      guard let end, UnsafePointer(end) == start + text.count else { return nil }
      return value
    }
  }

  // MARK: - Bytes

  private static func writeUUID(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    let dash = UInt8(ascii: "-")
    guard text.count == 36, let base = text.baseAddress, base[8] == dash, base[13] == dash, base[18] == dash,
      base[23] == dash
    else { return false }
    let raw = UnsafeRawPointer(base)
    func four(_ offset: Int) -> UInt64 {
      UInt64(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    func eight(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard let first = HexDigits.bytes(eight(0)), let second = HexDigits.bytes(four(9) | four(14) << 32),
      let third = HexDigits.bytes(four(19) | four(24) << 32), let fourth = HexDigits.bytes(eight(28))
    else { return false }
    writer.put(UInt32(16))
    writer.put(first.byteSwapped)
    writer.put(second.byteSwapped)
    writer.put(third.byteSwapped)
    writer.put(fourth.byteSwapped)
    return true
  }

  /// `\\x` and pairs of digits, as `COPY` prints a value in hexadecimal form.
  private static func writeBytes(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    guard text.count >= 3, text.count % 2 == 1, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "\\"),
      text[2] == UInt8(ascii: "x")
    else { return false }
    return writer.putSized { writer in
      for place in stride(from: 3, to: text.count, by: 2) {
        guard let high = HexDigits.value(text[place]), let low = HexDigits.value(text[place + 1]) else {
          return false
        }
        writer.put(high << 4 | low)
      }
      return true
    }
  }

  // MARK: - Text

  /// The text without the escapes that `COPY` prints.
  private static func writeText(_ text: UnsafeBufferPointer<UInt8>, to writer: inout BinaryWriter) -> Bool {
    guard let base = text.baseAddress, memchr(base, 92, text.count) != nil else {
      writer.put(text)
      return true
    }
    var start = 0
    while start < text.count {
      guard let found = memchr(base + start, 92, text.count - start) else {
        writer.put(UnsafeBufferPointer(rebasing: text[start...]))
        return true
      }
      let place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      writer.put(UnsafeBufferPointer(rebasing: text[start..<place]))
      guard place + 1 < text.count, let byte = escaped(text[place + 1]) else { return false }
      writer.put(byte)
      start = place + 2
    }
    return true
  }

  private static func writeArray(
    _ text: UnsafeBufferPointer<UInt8>, of element: BinaryField, oid: UInt32, to writer: inout BinaryWriter
  ) -> Bool {
    guard let base = text.baseAddress, memchr(base, 92, text.count) != nil else {
      return BinaryArray.write(text, of: element, oid: oid, to: &writer)
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { plain in
      guard let start = plain.baseAddress else { return false }
      var unescaped = BinaryWriter(start)
      guard writeText(text, to: &unescaped) else { return false }
      let whole = UnsafeBufferPointer(start: start, count: unescaped.place - start)
      return BinaryArray.write(whole, of: element, oid: oid, to: &writer)
    }
  }

  /// What a byte behind a backslash stands for; `nil` when `COPY` prints no such thing.
  private static func escaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\\"): 92
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "v"): 11
    default: nil
    }
  }
}

/// Hexadecimal digits, small letters as PostgreSQL prints them.
enum HexDigits {
  /// Four bytes of eight digits, the first of both in the lowest byte; `nil` when one is no such digit.
  static func bytes(_ digits: UInt64) -> UInt32? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // Letters have a bit that numbers lack, and begin nine above them.
    let values = (digits & (0x0F &* ones)) &+ ((digits >> 6) & ones) &* 9
    // Of one digit each, and printed again they must be what they were.
    let letters = ((values &+ 6 &* ones) >> 4) & ones
    guard values & (0xF0 &* ones) == 0, values &+ 48 &* ones &+ letters &* 39 == digits else { return nil }
    // Neighbours together: the first digit, in the lower byte, is the higher half.
    let pairs = ((values << 4) | (values >> 8)) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: quads | quads >> 16)
  }

  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - 87
    default: nil
    }
  }
}
