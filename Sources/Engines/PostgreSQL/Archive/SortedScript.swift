import Foundation
import SchemaModel
import SchemaText

/// A script that is no dump, made into the contents of one: pg_dump tells what its structure is, itself what its rows are.
struct SortedScript {
  private let text: ExpandedScript
  private let script: ForeignScript

  init(_ text: ExpandedScript, script: ForeignScript) {
    self.text = text
    self.script = script
  }

  func contents(
    serverVersion: String, dumpVersion: String, byteCount: Int
  ) throws(EngineError) -> ArchiveContents {
    let folder = try translatingFailures(of: "a script was taken apart") {
      try TemporaryDirectory(for: "parts")
    }
    defer { folder.remove() }
    let file = folder.path + "/structure.sql"
    try text.writeInPlace(script.structure, to: file)
    let dumpFile = folder.path + "/dump.sql"
    let schema = try PostgresScratch.dump(
      applying: [file], calling: [file: "\(text.name), without its rows"], to: dumpFile)
    guard let dump = FileManager.default.contents(atPath: dumpFile) else {
      throw EngineError(.diskFull, "cannot read \(dumpFile)", hint: "Name another place with PLUMB_TMPDIR.")
    }
    guard !schema.tables.isEmpty || script.filled.isEmpty else {
      throw EngineError(
        .unsupported, "\(text.name) makes no table: it holds rows alone",
        hint:
          "Name a script that makes the tables too, or run this one with psql in a database that has them.")
    }
    var entries = try structure(in: [UInt8](dump), of: schema)
    let loads = loadable(into: schema, before: byteCount)
    var id = entries.count
    for (copy, table) in loads {
      id += 1
      entries.append(rows(of: copy, into: table, id: id))
    }
    let others = statements(besides: Set(loads.map(\.copy)))
    if !others.isEmpty {
      entries.append(
        ArchiveContents.Entry(
          id: id + 1, name: text.name, kind: ArchiveContents.rowStatements, data: .slices(others)))
    }
    return ArchiveContents(
      script: entries, encoding: loads.first?.copy.encoding.map(Self.canonical) ?? "UTF8",
      serverVersion: serverVersion,
      dumpVersion: dumpVersion, byteCount: byteCount)
  }

  /// The entries of pg_dump's dump of the structure, without the rows of its empty tables.
  private func structure(in dump: [UInt8], of schema: Schema) throws(EngineError) -> [ArchiveContents.Entry] {
    var parser = ScriptContents()
    var position = 0
    for line in dump.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      Array(line).withUnsafeBytes { parser.add($0, at: position, end: position + $0.count + 1) }
      position += line.count + 1
    }
    let contents: ArchiveContents?
    do {
      contents = try parser.contents(byteCount: dump.count)
    } catch {
      throw EngineError(.damaged, "what pg_dump wrote cannot be read: \(error.reason)")
    }
    let kinds: Set<String> = ["TABLE DATA", "BLOBS", "LARGE OBJECTS", "ENCODING"]
    return (contents?.entries ?? []).filter { !kinds.contains($0.kind) }.enumerated().map { number, entry in
      var entry = entry.withoutOwner(ofThrowawayIn: schema)
      entry.id = number + 1
      return entry
    }
  }

  // MARK: - Rows

  /// Rows that our own loader can load, because nothing else is put into their table and their text means what it says.
  ///
  /// - Parameter end: of the script, where the line feed behind the last rows may be missing.
  private func loadable(into schema: Schema, before end: Int) -> [(copy: ForeignScript.Copy, table: Table)] {
    let tables = Dictionary(schema.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var fillings: [ObjectName: Int] = [:]
    for (reference, count) in script.filled {
      // A name that cannot be told apart may be any table's.
      guard let name = reference.table(in: tables) else { return [] }
      fillings[name, default: 0] += count
    }
    let copies = script.rows.compactMap { part -> (ForeignScript.Copy, Table)? in
      guard case .copy(let copy) = part, copy.isPlain, copy.rows.upperBound < end,
        let name = copy.table.table(in: tables),
        let table = tables[name], table.holdsRows, fillings[name] == 1,
        copy.columns.count == table.storedColumns.count,
        Set(copy.columns) == Set(table.storedColumns.map(\.name))
      else { return nil }
      return (copy, table)
    }
    let encodings = Set(copies.map { $0.0.encoding.map(Self.canonical) })
    return encodings.count == 1 ? copies.map { (copy: $0.0, table: $0.1) } : []
  }

  /// Everything else that gives rows, in the script's order.
  private func statements(besides loads: Set<ForeignScript.Copy>) -> [Range<Int>] {
    script.rows.compactMap { part in
      switch part {
      case .statements(let range): range
      case .copy(let copy) where loads.contains(copy): nil
      case .copy(let copy): copy.statement.lowerBound..<copy.rows.upperBound
      }
    }
  }

  private func rows(of copy: ForeignScript.Copy, into table: Table, id: Int) -> ArchiveContents.Entry {
    let dialect = SQLDialect.postgreSQL
    var entry = ArchiveContents.Entry(
      id: id, name: table.name.name, kind: "TABLE DATA", data: .slice(copy.rows))
    entry.schema = table.name.schema
    entry.copyStatement =
      "COPY \(dialect.name(table.name)) (\(dialect.identifiers(copy.columns))) FROM stdin;\n"
    return entry
  }

  /// PostgreSQL's own name for the encoding that is meant most often.
  private static func canonical(_ encoding: String) -> String {
    let name = encoding.uppercased()
    return ["UTF8", "UTF-8", "UNICODE"].contains(name) ? "UTF8" : name
  }
}

extension ArchiveContents.Entry {
  /// Without an owner that nobody named: what a script gives to nobody belongs to whoever restores it.
  func withoutOwner(ofThrowawayIn schema: Schema) -> ArchiveContents.Entry {
    let named = Set(schema.roles.map(\.name.name))
    guard !schema.statesOwners || owner == ThrowawayServer.superuser && !named.contains(owner) else {
      return self
    }
    var entry = self
    entry.definition = definition.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !($0.hasPrefix("ALTER ") && $0.hasSuffix(" OWNER TO \(owner);")) }
      .joined(separator: "\n")
    entry.owner = ""
    return entry
  }
}

extension ForeignScript.TableReference {
  /// The table that is meant.
  fileprivate func table(in tables: [ObjectName: Table]) -> ObjectName? {
    let schemas = name.schema.map { [$0] } ?? searchPath
    return schemas.lazy.map { ObjectName(schema: $0, name.name) }.first { tables[$0] != nil }
  }
}
