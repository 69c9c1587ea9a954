import SchemaModel

/// Whether a type in a drawing may stand for a column's type in production.
///
/// A type that a server knows has to be the column's type, in whatever spelling; without the length or precision that it
/// could have, it stands for any. An informal word stands for its whole family: ``families``. Any other word says
/// nothing.
package struct LooseType {
  /// How a type of a drawing relates to a column's.
  enum Agreement: Hashable {
    case agrees
    case differs
    /// The word is neither a type nor informal: nothing can be told.
    case unknown
  }

  private let enums: Set<String>
  /// The base type of each domain, by folded name.
  private let domains: [String: String]
  private let engine: DatabaseEngine

  init(in live: Schema) {
    engine = live.engine
    enums = Set(live.enums.map { Self.folded($0.name.description) })
    domains = Dictionary(
      live.domains.map { (Self.folded($0.name.description), $0.baseType) },
      uniquingKeysWith: { one, _ in one })
  }

  /// The types that an informal word stands for, by their names without arguments.
  package static let families: [String: Set<String>] = {
    let text: Set = ["text", "character varying", "character", "bpchar", "citext", "name", "enum"]
    let whole: Set = ["smallint", "integer", "bigint"]
    let number = whole.union(["numeric", "real", "double precision", "money"])
    let moment: Set = ["timestamp with time zone", "timestamp without time zone"]
    let document: Set = ["json", "jsonb", "hstore", "xml"]
    let families: [([String], Set<String>)] = [
      (["string", "str", "nvarchar", "longtext", "mediumtext", "tinytext", "ntext", "clob"], text),
      (["number", "num"], number), (["long"], ["bigint"]), (["short", "tinyint"], ["smallint"]),
      (["mediumint"], ["integer"]), (["serial"], whole), (["bigserial"], ["bigint"]),
      (["smallserial"], ["smallint"]),
      (["float"], ["real", "double precision", "numeric"]), (["double"], ["double precision"]),
      (["currency", "amount"], ["numeric", "money", "bigint", "integer"]),
      (["datetime", "instant", "datetime2"], moment), (["flag"], ["boolean"]),
      (["object", "map", "dict", "document"], document),
      (["binary", "blob", "bytes", "varbinary", "image"], ["bytea"]),
      (["guid", "uniqueidentifier"], ["uuid"]),
      (["id", "identifier"], whole.union(text).union(["uuid", "numeric"])),
      (["enum", "enumeration"], text), (["array", "list"], ["array"]),
    ]
    return families.reduce(into: [:]) { result, family in
      for word in family.0 { result[word] = family.1 }
    }
  }()

  /// Whether the word is no type of PostgreSQL and stands for a family of them: `datetime`.
  func isInformal(_ word: String) -> Bool {
    engine == .postgreSQL && !TypeSpelling.isBuiltIn(word)
      && Self.families[TypeSpelling.Parts(word).name] != nil
  }

  func agreement(drawn: String, live: String) -> Agreement {
    let drawnType = TypeSpelling.canonical(drawn)
    if drawnType == live || Self.folded(drawnType) == Self.folded(live) { return .agrees }
    if drawn.lowercased() == "any" { return .agrees }
    // A diagram cannot hold the quotation marks of the type "char".
    if live == "\"char\"", drawnType == "character(1)" { return .agrees }
    let drawnParts = TypeSpelling.Parts(drawn)
    let base = domains[Self.folded(live)] ?? live
    switch engine {
    case .sqlite: return sqliteAgreement(drawnParts, live: live)
    case .postgreSQL: break
    }
    let liveParts = TypeSpelling.Parts(TypeSpelling.canonical(base))
    if let family = Self.families[drawnParts.name] {
      let isInside =
        drawnParts.isArray == liveParts.isArray
        && (family.contains(liveParts.name) || (family.contains("enum") && isEnum(base)))
      return isInside || (family.contains("array") && liveParts.isArray) ? .agrees : .differs
    }
    guard TypeSpelling.isBuiltIn(drawn) || isKnown(drawn) else { return .unknown }
    let typeParts = TypeSpelling.Parts(drawnType)
    guard drawnParts.arguments.isEmpty, typeParts.isArray == liveParts.isArray else {
      return drawnType == base ? .agrees : .differs
    }
    return typeParts.name == liveParts.name ? .agrees : .differs
  }

  /// SQLite takes any word for a type: only what kind of value it prefers is compared.
  private func sqliteAgreement(_ drawn: TypeSpelling.Parts, live: String) -> Agreement {
    let declared = live.uppercased()
    let holdsText = ["CHAR", "CLOB", "TEXT"].contains(where: declared.contains)
    let holdsNumbers = ["INT", "REAL", "FLOA", "DOUB", "NUM", "DEC"].contains(where: declared.contains)
    let family = Self.families[drawn.name] ?? [TypeSpelling.Parts(TypeSpelling.canonical(drawn.name)).name]
    if family.contains("text") || family.contains("character varying") {
      return holdsNumbers ? .differs : .agrees
    }
    if family.contains("integer") || family.contains("bigint") || family.contains("numeric") {
      return holdsText ? .differs : .agrees
    }
    return TypeSpelling.isBuiltIn(drawn.name) ? .agrees : .unknown
  }

  private func isEnum(_ type: String) -> Bool { enums.contains(Self.folded(type)) }

  /// Whether it is the name of a type that production itself defines.
  private func isKnown(_ type: String) -> Bool {
    let name = Self.folded(type)
    return enums.contains(name) || domains[name] != nil
  }

  /// The name without what a diagram cannot hold: case, quotation marks, the schema `public`.
  static func folded(_ type: String) -> String {
    var name = type.lowercased().replacing("\"", with: "")
    if name.hasPrefix("public.") { name.removeFirst("public.".count) }
    return String(name.map { $0.isLetter || $0.isNumber || "[]()".contains($0) ? $0 : "_" })
  }
}
