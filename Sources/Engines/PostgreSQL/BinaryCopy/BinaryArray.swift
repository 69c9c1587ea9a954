/// Arrays as `array_recv` reads them, of one dimension that begins at 1; others are sent as text.
enum BinaryArray {
  /// The object identifiers of types whose arrays are sent in binary form (`pg_type.dat`).
  static let elements: [String: (field: BinaryField, oid: UInt32)] = [
    "boolean": (.boolean, 16), "smallint": (.int2, 21), "integer": (.int4, 23), "bigint": (.int8, 20),
    "text": (.text, 25), "character varying": (.text, 1043), "uuid": (.uuid, 2950),
    "numeric": (.numeric, 1700),
    "double precision": (.float8, 701), "date": (.date, 1082),
    "timestamp without time zone": (.timestamp, 1114),
    "timestamp with time zone": (.timestamptz, 1184),
  ]

  /// Writes an array, its length first; false when it is not printed as expected.
  ///
  /// - Parameter text: without the escapes of `COPY`.
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, of element: BinaryField, oid: UInt32, to writer: inout BinaryWriter
  ) -> Bool {
    guard text.count >= 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else {
      return false
    }
    return writer.putSized { writer in
      guard text.count > 2 else {
        // No dimension, no NULL.
        writer.put(UInt64(0))
        writer.put(oid)
        return true
      }
      let start = writer
      writer.put(UInt32(1))
      writer.put(UInt32(0))
      writer.put(oid)
      writer.put(UInt32(0))
      writer.put(UInt32(1))
      var (place, count, hasNull) = (1, UInt32(0), false)
      var value: [UInt8] = []
      while place < text.count {
        guard let end = self.value(in: text, at: place, into: &value) else { return false }
        if end.isNull {
          hasNull = true
          writer.put(UInt32.max)
        } else {
          // What reads numbers looks at the byte behind them.
          value.append(0)
          guard write(value.dropLast(), as: element, to: &writer) else { return false }
        }
        count += 1
        place = end.place + 1
      }
      var head = start
      head.put(UInt32(1))
      head.put(UInt32(hasNull ? 1 : 0))
      head.put(oid)
      head.put(count)
      return true
    }
  }

  private static func write(
    _ value: ArraySlice<UInt8>, as element: BinaryField, to writer: inout BinaryWriter
  ) -> Bool {
    value.withUnsafeBufferPointer { text in
      if case .text = element {
        writer.put(UInt32(text.count))
        writer.put(text)
        return true
      }
      return element.write(text, to: &writer)
    }
  }

  /// Reads one value of an array's text; where its separator stands, and whether it is NULL.
  private static func value(
    in text: UnsafeBufferPointer<UInt8>, at start: Int, into value: inout [UInt8]
  ) -> (place: Int, isNull: Bool)? {
    value.removeAll(keepingCapacity: true)
    var place = start
    guard text[place] == UInt8(ascii: "\"") else {
      while place < text.count, text[place] != UInt8(ascii: ","), text[place] != UInt8(ascii: "}") {
        // Arrays within, and what is printed in quotes alone.
        guard ![UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "\\"), 32].contains(text[place]) else {
          return nil
        }
        place += 1
      }
      guard isSeparator(text, place), place > start else { return nil }
      let word = text[start..<place]
      if word.elementsEqual("NULL".utf8) { return (place, true) }
      value.append(contentsOf: word)
      return (place, false)
    }
    place += 1
    while place < text.count, text[place] != UInt8(ascii: "\"") {
      if text[place] == UInt8(ascii: "\\") { place += 1 }
      guard place < text.count else { return nil }
      value.append(text[place])
      place += 1
    }
    place += 1
    return isSeparator(text, place) ? (place, false) : nil
  }

  /// Whether a comma stands there, or the brace that ends the text.
  private static func isSeparator(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    guard place < text.count else { return false }
    return place == text.count - 1 ? text[place] == UInt8(ascii: "}") : text[place] == UInt8(ascii: ",")
  }
}
