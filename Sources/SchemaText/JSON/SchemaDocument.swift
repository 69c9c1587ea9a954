import SchemaModel

/// The JSON document of a schema, `schema.json`; its contract is `Documentation/JSON.md`.
package enum SchemaDocument {
  /// What a document gave.
  package struct Reading: Hashable, Sendable {
    package var schema: Schema
    /// What was in the document and not understood, or does not fit together; empty when all is well.
    package var findings: [DocumentFinding]
    /// The SHA-256 of the SQL text that said the same when the document was written.
    package var sqlDigest: String?
  }

  /// What the document says it is.
  package static let format = "plumb/schema"
  /// The layout this program writes; it reads this one and older ones.
  package static let version = 1

  /// The document of a schema: deterministic, one fact a line, ended by a line feed.
  ///
  /// - Parameters:
  ///   - fingerprint: the schema's, where it is known already.
  ///   - sql: the text that stands beside the document and says the same; its SHA-256 is noted, so that a reader knows
  ///     whether it was edited since.
  package static func text(
    of schema: Schema, fingerprint: Fingerprint? = nil, beside sql: String? = nil
  ) -> String {
    var members = [
      JSONTree.Member("format", .fact(.text(format))),
      JSONTree.Member("version", .fact(.number(version))),
      JSONTree.Member("engine", .fact(.text(schema.engine.rawValue))),
      JSONTree.Member("serverVersion", .fact(.text(schema.serverVersion))),
      JSONTree.Member("fingerprint", .fact(.text((fingerprint ?? Fingerprint(of: schema)).hexadecimal))),
    ]
    if let sql { members.append(JSONTree.Member("sql", .fact(.text(SHA256.hexadecimal(of: sql.utf8))))) }
    if let owner = schema.databaseOwner {
      members.append(JSONTree.Member("databaseOwner", .fact(.text(owner))))
    }
    members += lists(of: schema, factsOnly: false)
    if !schema.notCompared.isEmpty {
      members.append(JSONTree.Member("notCompared", .list(schema.notCompared.map { .fact($0.facetValue) })))
    }
    return Seal.sealed(JSONWriter.text(of: .object(members)))
  }

  /// Reads a document.
  /// - Throws: ``DocumentError`` when it is no schema document, was written by a newer layout, or holds a
  ///   value of the wrong shape; the detail gives the path to it.
  package static func read(_ text: String) throws(DocumentError) -> Reading { try read(Array(text.utf8)) }

  /// Reads a document from its bytes.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> Reading {
    // A text whose seal is whole was not edited, which is much cheaper to see than a fingerprint that fits.
    let isSealed = Seal.isWhole(bytes)
    var reader = JSONReader(bytes)
    guard reader.isAtRecord, try reader.field("format") == .text(format) else {
      // What is no JSON at all is told where it stops being so.
      _ = try JSONReader.value(of: bytes)
      throw DocumentError(
        "this is no schema document", detail: ["its \"format\" is not \"\(format)\""],
        hint: "Give the schema.json that `plumb init` wrote.")
    }
    try checkVersion(try reader.field("version"))
    var schema = Schema(engine: try engine(reader.field("engine")), serverVersion: "")
    var fingerprint: String?
    var sql: String?
    var hasServerVersion = false
    var findings: [DocumentFinding] = []
    try reader.readRecord { (reader, key) throws(DocumentError) in
      switch key {
      case "format", "version", "engine", Seal.key: reader.skipValue()
      case "serverVersion":
        schema.serverVersion = try reader.fact(String.self)
        hasServerVersion = true
      case "fingerprint": fingerprint = try reader.fact(String?.self)
      case "sql": sql = try reader.fact(String?.self)
      case "databaseOwner": schema.databaseOwner = try reader.fact(String?.self)
      case "notCompared": schema.notCompared = try reader.fact([NotCompared].self)
      case _:
        try MemberLayout.read(
          key, among: SchemaLayout.members, into: &schema, from: &reader, findings: &findings)
      }
    }
    try reader.end()
    guard hasServerVersion else { throw .missing("serverVersion", at: "") }
    // What was not understood is missing from the fingerprint too: one finding says it better than two.
    if findings.isEmpty, !isSealed, let fingerprint,
      fingerprint != Fingerprint(of: schema).hexadecimal
    {
      findings.append(
        DocumentFinding(
          place: "fingerprint", message: "the fingerprint does not fit the facts: the document was edited",
          hint: "Write it anew with `plumb init`, or take it back from version control."))
    }
    return Reading(schema: schema, findings: findings, sqlDigest: sql)
  }

  /// What the fingerprint is taken of: the engine and every fact, and nothing else.
  static func facts(of schema: Schema) -> JSONTree {
    .object(
      [JSONTree.Member("engine", .fact(.text(schema.engine.rawValue)))] + lists(of: schema, factsOnly: true))
  }

  private static func lists(of schema: Schema, factsOnly: Bool) -> [JSONTree.Member] {
    SchemaLayout.members.filter { $0.isFact || !factsOnly }.compactMap { member in
      member.tree(schema, factsOnly).map { JSONTree.Member(member.key, $0) }
    }
  }

  private static func checkVersion(_ value: FacetValue?) throws(DocumentError) {
    guard case .number(let found) = value, found >= 1 else {
      throw DocumentError(
        "the document does not say its version", hint: "Write it anew with `plumb init`.")
    }
    guard found <= version else {
      throw DocumentError(
        "the document was written by a newer plumb", detail: ["version \(found), read here up to \(version)"],
        hint: "Update plumb on this machine, or write the document anew with `plumb init`.")
    }
  }

  private static func engine(_ value: FacetValue?) throws(DocumentError) -> DatabaseEngine {
    guard let value else { throw .missing("engine", at: "") }
    let name: String
    do throws(FacetMismatch) { name = try String(facetValue: value) } catch {
      throw .wrongShape(at: "engine", error)
    }
    guard let engine = DatabaseEngine(rawValue: name) else {
      throw DocumentError(
        "the document is of an unknown engine", detail: ["engine: \(name)"],
        hint: "Known are " + DatabaseEngine.allCases.map(\.rawValue).joined(separator: " and ") + ".")
    }
    return engine
  }
}
