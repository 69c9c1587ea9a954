import SchemaModel

/// The names that an SQL text speaks of, those inside its literals too: `'public.s'::regclass` is a sequence.
///
/// More names than there are objects, never fewer: `a.b.c` is `a.b`, `b.c`, and each by itself.
struct Mentions {
  private(set) var names: Set<ObjectName> = []

  init(in text: String) { read(Array(text.utf8)[...]) }

  /// Whether it speaks of all of these.
  func contains(_ names: ObjectName...) -> Bool { names.allSatisfy(self.names.contains) }

  private mutating func read(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    var chain: [String] = []
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == UInt8(ascii: "'") {
        note(&chain)
        let end = Self.end(of: byte, in: bytes, from: place) ?? bytes.endIndex
        read(bytes[(place + 1)..<max(place + 1, end)])
        place = min(end + 1, bytes.endIndex)
      } else if byte == UInt8(ascii: "\""), let end = Self.end(of: byte, in: bytes, from: place) {
        let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        chain.append(name.replacing("\"\"", with: "\""))
        place = end + 1
      } else if let end = Self.wordEnd(in: bytes, from: place) {
        chain.append(String(decoding: bytes[place..<end], as: UTF8.self))
        place = end
      } else {
        place += 1
      }
      guard place < bytes.endIndex, bytes[place] == UInt8(ascii: "."), !chain.isEmpty else {
        note(&chain)
        continue
      }
      place += 1
      if let end = Self.operatorEnd(in: bytes, from: place) {
        chain.append(String(decoding: bytes[place..<end], as: UTF8.self))
        place = end
        note(&chain)
      }
    }
    note(&chain)
  }

  private mutating func note(_ chain: inout [String]) {
    for name in chain { names.insert(ObjectName(name)) }
    for (schema, name) in zip(chain, chain.dropFirst()) { names.insert(ObjectName(schema: schema, name)) }
    chain = []
  }

  /// The closing quote; a doubled one is none.
  private static func end(of quote: UInt8, in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var place = start + 1
    while place < bytes.endIndex {
      if bytes[place] == quote {
        guard place + 1 < bytes.endIndex, bytes[place + 1] == quote else { return place }
        place += 1
      }
      place += 1
    }
    return nil
  }

  private static func wordEnd(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.endIndex
    return end > start ? end : nil
  }

  private static func operatorEnd(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let end = bytes[start...].firstIndex { !operatorSigns.contains($0) } ?? bytes.endIndex
    return end > start ? end : nil
  }

  private static let operatorSigns = Set("+-*/<>=~!@#%^&|`?".utf8)

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}

extension ObjectReference {
  /// What others call it by in SQL; empty for what nothing but its table speaks of.
  var spokenNames: [ObjectName] {
    guard member == nil else { return [] }
    func before(_ end: Character) -> ObjectName {
      ObjectName(schema: owner.schema, String(owner.name.prefix { $0 != end }))
    }
    switch kind {
    case .function, .procedure, .aggregate, .operator: return [before("(")]
    case .operatorFamily, .operatorClass:
      let method = owner.name.firstRange(of: " USING ")?.lowerBound ?? owner.name.endIndex
      return [ObjectName(schema: owner.schema, String(owner.name[..<method]))]
    case .language, .accessMethod, .foreignServer, .foreignDataWrapper, .collation, .enumType, .shellType,
      .scalarType, .rangeType, .compositeType, .domainType, .textSearchParser, .textSearchTemplate,
      .textSearchDictionary, .textSearchConfiguration, .sequence, .table, .view, .materializedView,
      .conversion,
      .statistics:
      return [owner]
    case .role, .namespace, .installedExtension, .userMapping, .cast, .transform, .column, .primaryKey,
      .uniqueConstraint, .foreignKey, .checkConstraint, .exclusionConstraint, .index, .virtualTable, .rule,
      .trigger, .policy, .publication, .subscription, .defaultPrivileges, .changedPrivileges, .securityLabel,
      .eventTrigger,
      .database:
      return []
    }
  }
}
