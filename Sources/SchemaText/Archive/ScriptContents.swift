/// Makes a table of contents of a plain script of `pg_dump`, from the comments that stand before each of its parts.
///
/// It is fed line by line, so that a script of any size can be read; rows are passed over and only their place is kept.
package struct ScriptContents {
  /// What the lines are part of.
  private enum State {
    /// Statements, or what stands before the first part.
    case text
    /// A line `--` was read: a part may begin.
    case dashes
    /// The comment that begins a part was read; its closing `--` follows.
    case title
    /// Rows, up to the line `\.`; where they began.
    case rows(start: Int)
  }

  private var state = State.text
  private var entries: [ArchiveContents.Entry] = []
  private var part = ArchiveContents.Section.preData
  private var text: [UInt8] = []
  private var current: Title?
  private var isUnreadable = false
  /// What psql is told to connect to; a dump with what is set for its database connects twice.
  private var connections: Set<[UInt8]> = []
  /// Whether its own lines say that it begins and ends as a dump does.
  private var marks = Marks()
  private var preamble = Preamble()
  /// Statements of a part of data that are no `COPY`, such as `INSERT`: where they are.
  private var statements: Range<Int>?
  /// Whether one of these is more than triggers switched off.
  private var hasOtherStatements = false
  /// How the rows of the tables that follow are stored; `nil` for `heap`.
  private var accessMethod: String?

  /// Lines by which a dump is known.
  private struct Marks {
    var hasBeginning = false
    var hasEnd = false
    /// Whether it takes every search path away, and so its statements name their schemas.
    var namesSchemas = false
    var setsSearchPath = false
    /// Whether there are statements behind its end.
    var goesOn = false
    var isOfWholeServer = false
    /// Whether there are statements among its parts that pg_dump does not write there.
    var holdsMore = false
  }

  /// Whether it is, from its first to its last line, what pg_dump has written since its statements name their schemas.
  package var isDumpOfToday: Bool {
    marks.hasBeginning && marks.namesSchemas && !marks.setsSearchPath && !marks.goesOn && !marks.holdsMore
      && !entries.isEmpty
  }

  /// Whether pg_dumpall wrote it.
  package var isOfWholeServer: Bool { marks.isOfWholeServer }

  /// Whether it begins as a dump, and ends before the line that ends one.
  package var isCutOff: Bool { marks.hasBeginning && !marks.hasEnd }

  /// Version of the server it came from; empty when it does not say.
  package var serverVersion: String { preamble.serverVersion }

  /// Version of the pg_dump that wrote it; empty when none did.
  package var dumpVersion: String { preamble.dumpVersion }

  private mutating func note(_ line: UnsafeRawBufferPointer) {
    if line.elementsEqual("-- PostgreSQL database dump".utf8) { marks.hasBeginning = true }
    if line.elementsEqual("-- PostgreSQL database dump complete".utf8) { marks.hasEnd = true }
    if line.elementsEqual("-- PostgreSQL database cluster dump".utf8) { marks.isOfWholeServer = true }
  }

  private mutating func noteStatement(_ line: UnsafeRawBufferPointer) {
    if line.starts(with: "SET search_path".utf8) { marks.setsSearchPath = true }
    if line.starts(with: "SELECT pg_catalog.set_config('search_path', ''".utf8) { marks.namesSchemas = true }
    guard marks.hasEnd, let first = line.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "\\") else {
      return
    }
    marks.goesOn = true
  }

  /// What a script says of itself before its first part.
  private struct Preamble {
    var encoding: String?
    var serverVersion = ""
    var dumpVersion = ""
  }

  /// A part's title: `-- Name: actor; Type: TABLE; Schema: public; Owner: postgres`.
  private struct Title {
    var name: String
    var kind: String
    var schema: String?
    var owner: String
    var tablespace: String
    /// What was in force before it.
    var accessMethod: String?
  }

  package init() {}

  /// Takes the next line, without its line feed.
  ///
  /// - Parameters:
  ///   - position: where the line begins, in bytes.
  ///   - end: where the next one begins.
  package mutating func add(_ line: UnsafeRawBufferPointer, at position: Int, end: Int) {
    switch state {
    case .rows(let start):
      guard line.count == 2, line[0] == UInt8(ascii: "\\"), line[1] == UInt8(ascii: ".") else { return }
      finishRows(start..<end)
      state = .text
    case .text:
      if line.elementsEqual("--".utf8) { state = .dashes } else { addText(line, at: position, end: end) }
    case .dashes:
      if let title = Self.title(in: line, encoding: preamble.encoding) {
        finish()
        current = title
        current?.accessMethod = accessMethod
        state = .title
      } else {
        note(line)
        addText(UnsafeRawBufferPointer(start: nil, count: 0), at: position, end: position)
        state = .text
        add(line, at: position, end: end)
      }
    case .title:
      state = .text
    }
  }

  /// Whether rows are being passed over: then only a line `\.` matters.
  package var isInRows: Bool {
    if case .rows = state { return true }
    return false
  }

  /// What the script holds; `nil` when it is no script of pg_dump's.
  ///
  /// - Parameter byteCount: of the whole script.
  package mutating func contents(byteCount: Int) throws(ArchiveDamage) -> ArchiveContents? {
    if isInRows {
      throw ArchiveDamage(
        position: byteCount, reason: "it ends before the line that ends the rows of a table")
    }
    finish()
    guard !entries.isEmpty else { return nil }
    guard connections.count < 2 else {
      throw ArchiveDamage(position: 0, reason: "it holds several databases: pg_dumpall wrote it")
    }
    return ArchiveContents(
      script: entries, encoding: preamble.encoding, serverVersion: preamble.serverVersion,
      dumpVersion: preamble.dumpVersion, byteCount: byteCount)
  }

  // MARK: - Pieces

  private mutating func addText(_ line: UnsafeRawBufferPointer, at position: Int, end: Int) {
    noteStatement(line)
    noteAccessMethod(line)
    if line.first == UInt8(ascii: "\\") {
      // For psql alone: \connect, \restrict.
      if line.starts(with: "\\connect".utf8) { connections.insert(Array(line)) }
      return
    }
    guard let current else {
      if !marks.holdsMore, AddedStatements.isAmongSettings(line) { marks.holdsMore = true }
      addPreamble(String(decoding: line, as: UTF8.self))
      return
    }
    guard !current.kind.isEmpty else {
      if !marks.holdsMore, AddedStatements.isBesideRows(line) { marks.holdsMore = true }
      return
    }
    guard Self.dataKinds.contains(current.kind), current.kind != "SEQUENCE SET" else {
      // The header names the tablespace, and that is set where it is wanted.
      guard !line.starts(with: "SET default_table".utf8) else { return }
      text += line
      text.append(UInt8(ascii: "\n"))
      return
    }
    if current.kind == "TABLE DATA", !text.isEmpty || line.starts(with: "COPY ".utf8), isCopy(line) {
      guard Self.ends(line, with: " FROM stdin;") else { return }
      state = .rows(start: end)
      if hasOtherStatements { marks.holdsMore = true }
    } else if !line.isEmpty {
      statements = (statements?.lowerBound ?? position)..<end
      hasOtherStatements = hasOtherStatements || AddedStatements.isBesideRows(line)
    }
  }

  /// Reads a `COPY` statement, which goes on to another line only inside of a name; false when the line is none of it.
  private mutating func isCopy(_ line: UnsafeRawBufferPointer) -> Bool {
    let statement = text.isEmpty ? Array(line) : text + [UInt8(ascii: "\n")] + line
    let isInsideName = statement.count { $0 == UInt8(ascii: "\"") } % 2 == 1
    let isCopy = isInsideName || Self.ends(line, with: " FROM stdin;")
    text = isCopy ? statement : []
    return isCopy
  }

  /// Reads what holds for the tables from here on: it stands before the title of the first of them.
  private mutating func noteAccessMethod(_ line: UnsafeRawBufferPointer) {
    let setting = "SET default_table_access_method = "
    guard line.starts(with: setting.utf8), Self.ends(line, with: ";") else { return }
    let name = ArchiveEncoding.text(of: Array(line)[...], in: preamble.encoding).dropFirst(setting.count)
      .dropLast()
    accessMethod = name == "heap" ? nil : String(name)
  }

  private static func ends(_ line: UnsafeRawBufferPointer, with words: String) -> Bool {
    line.suffix(words.utf8.count).elementsEqual(words.utf8)
  }

  private mutating func addPreamble(_ line: String) {
    if line.hasPrefix("SET client_encoding") { preamble.encoding = ArchiveEncoding.name(in: line) }
    let marks: [(String, WritableKeyPath<Preamble, String>)] = [
      ("-- Dumped from database version ", \.serverVersion), ("-- Dumped by pg_dump version ", \.dumpVersion),
    ]
    for (mark, field) in marks where line.hasPrefix(mark) {
      preamble[keyPath: field] = String(line.dropFirst(mark.count))
    }
  }

  private mutating func finishRows(_ range: Range<Int>) {
    guard let current else { return }
    append(
      current, copyStatement: ArchiveEncoding.text(of: text[...], in: preamble.encoding) + "\n",
      data: .slice(range))
    text = []
    statements = nil
    hasOtherStatements = false
    // What follows the rows up to the next part is nothing but empty lines.
    self.current = Title(name: "", kind: "", schema: nil, owner: "", tablespace: "")
  }

  private mutating func finish() {
    defer {
      current = nil
      text = []
      statements = nil
      hasOtherStatements = false
    }
    guard let current, !current.kind.isEmpty else { return }
    if AddedStatements.areIn(text, ofKind: current.kind) { marks.holdsMore = true }
    append(
      current,
      definition: ArchiveEncoding.text(of: text[...], in: preamble.encoding),
      data: statements.map { .slice($0) })
  }

  private mutating func append(
    _ title: Title, definition: String = "", copyStatement: String = "",
    data: ArchiveContents.DataPlace? = nil
  ) {
    let section = Self.section(of: title.kind)
    if let section, section.rawValue > part.rawValue { part = section }
    var entry = ArchiveContents.Entry(
      id: entries.count + 1, name: title.name, kind: title.kind, section: section ?? .none, part: part,
      definition: definition, copyStatement: copyStatement, schema: title.schema,
      tablespace: title.tablespace, owner: title.owner, dependencies: [], data: data)
    if title.kind == "TABLE" || title.kind == "MATERIALIZED VIEW" { entry.accessMethod = title.accessMethod }
    entry.readNameAnew()
    entries.append(entry)
  }

  private static let dataKinds: Set<String> = [
    "TABLE DATA", "SEQUENCE SET", "BLOBS", "LARGE OBJECTS", "STATISTICS DATA",
  ]

  private static let postDataKinds: Set<String> = [
    "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "INDEX", "INDEX ATTACH", "TRIGGER", "RULE",
    "EVENT TRIGGER",
    "MATERIALIZED VIEW DATA", "STATISTICS", "ROW SECURITY", "POLICY", "PUBLICATION", "PUBLICATION TABLE",
    "PUBLICATION TABLES IN SCHEMA", "SUBSCRIPTION", "SUBSCRIPTION TABLE", "DEFAULT ACL",
  ]

  /// The part of a dump in which parts of this kind begin; `nil` where a kind stands in any.
  private static func section(of kind: String) -> ArchiveContents.Section? {
    if dataKinds.contains(kind) { return .data }
    return postDataKinds.contains(kind) ? .postData : nil
  }

  /// Reads a title; names may hold anything, so it is taken apart from its end.
  private static func title(in line: UnsafeRawBufferPointer, encoding: String?) -> Title? {
    guard line.starts(with: "-- ".utf8) else { return nil }
    var rest = ArchiveEncoding.text(of: Array(line)[...], in: encoding).dropFirst(3)
    for prefix in ["Data for Name: ", "Statistics for Name: ", "Name: "] where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      var fields: [String: String] = [:]
      for field in ["Tablespace", "Owner", "Schema", "Type"] {
        guard let range = rest.ranges(of: "; \(field): ").last else { continue }
        fields[field] = String(rest[range.upperBound...])
        rest = rest[..<range.lowerBound]
      }
      guard let kind = fields["Type"], let schema = fields["Schema"] else { return nil }
      return Title(
        name: String(rest), kind: kind, schema: schema == "-" ? nil : schema,
        owner: fields["Owner"].flatMap { $0 == "-" ? nil : $0 } ?? "",
        tablespace: fields["Tablespace"] ?? "")
    }
    return nil
  }
}

extension ArchiveContents {
  /// The contents of a plain script.
  package init(
    script entries: [Entry], encoding: String?, serverVersion: String, dumpVersion: String, byteCount: Int
  ) {
    formatVersion = "plain"
    database = ""
    self.serverVersion = serverVersion
    self.dumpVersion = dumpVersion
    layout = .custom
    compression = .none
    createdAt = nil
    self.byteCount = byteCount
    countRange = 0..<0
    integerByteCount = 4
    let encodings = encoding.map { name in
      Entry(
        id: 0, name: "ENCODING", kind: "ENCODING", section: .preData, part: .preData,
        definition: "SET client_encoding = '\(name)';\n", copyStatement: "", tablespace: "", owner: "",
        dependencies: [])
    }
    self.entries = (encodings.map { [$0] } ?? []) + entries
  }
}
