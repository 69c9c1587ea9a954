import SchemaModel

/// The schema a DBML text describes.
package struct DBMLSchema {
  package private(set) var schema: Schema
  /// What was not understood or not kept, by position, of the text itself first.
  package private(set) var findings: [TextFinding]
  private var document: DBMLDocument
  private var enumNames: Set<ObjectName> = []

  /// Reads the text, and the texts it uses.
  ///
  /// - Parameters:
  ///   - engine: the engine it is for when its project does not say.
  ///   - text: gives the text of a file that it uses, by the path as written; `nil` where there is none.
  package init(_ text: String, engine: DatabaseEngine, importing: (String) -> String? = { _ in nil }) {
    var (document, findings) = DBMLParser.read(text)
    Self.follow(&document, &findings, importing)
    self.document = document
    self.findings = findings
    let type = document.databaseType?.lowercased() ?? ""
    let stated: DatabaseEngine =
      type.contains("postgres") ? .postgreSQL : type.contains("sqlite") ? .sqlite : engine
    schema = Schema(engine: stated, serverVersion: "")
    build()
  }

  /// Takes in the files that are used, each once, also when they use each other.
  private static func follow(
    _ document: inout DBMLDocument, _ findings: inout [TextFinding], _ importing: (String) -> String?
  ) {
    var seen: Set<String> = []
    var waiting = document.imports
    while let place = waiting.first {
      waiting.removeFirst()
      guard seen.insert(place.path).inserted else { continue }
      guard let text = importing(place.path) else {
        findings.append(
          TextFinding(
            "the file '\(place.path)' is not followed: what it defines is not known here", at: place.position,
            isLoss: true))
        continue
      }
      let (used, itsFindings) = DBMLParser.read(text)
      findings += itsFindings.map { finding in
        TextFinding(
          "'\(place.path)', \(finding.description)", at: place.position, hint: finding.hint,
          isLoss: finding.isLoss)
      }
      let known = Set(document.tables.map(\.name))
      document.tables += used.tables.filter { !known.contains($0.name) }
      let types = Set(document.enums.map(\.name))
      document.enums += used.enums.filter { !types.contains($0.name) }
      document.partials = used.partials + document.partials
      document.references += used.references.filter { !document.references.contains($0) }
      waiting += used.imports
    }
  }

  private mutating func build() {
    schema.enums = document.enums.map { type in
      var built = EnumType(named: home(type.name))
      built.labels = type.labels
      built.comment = type.note.map { Comment($0) }
      return built
    }.sorted { $0.name < $1.name }
    enumNames = Set(schema.enums.map(\.name))
    let drawn = document.tables.map { withPartials($0) }
    let names = TableNames(drawn)
    var tables: [ObjectName: Table] = [:]
    for each in drawn { tables[home(each.name)] = table(each) }
    var manyToMany: [DrawnRelation] = []
    let inline = drawn.flatMap { table in table.columns.flatMap { $0.references } }
    for reference in inline + document.references where !reference.isInactive {
      guard let left = resolved(reference.left, names, tables, reference.position),
        let right = resolved(reference.right, names, tables, reference.position)
      else { continue }
      switch reference.multiplicity {
      case .manyToMany:
        manyToMany.append(
          DrawnRelation(
            left.table, reference.left.isOptional ? .zeroOrMore : .oneOrMore,
            reference.right.isOptional ? .zeroOrMore : .oneOrMore, right.table,
            label: reference.name ?? "", line: reference.position.line))
      case .manyToOne: add(reference, child: left, parent: right, to: &tables)
      case .oneToMany: add(reference, child: right, parent: left, to: &tables)
      case .oneToOne:
        // Where only the end that is not expected to be the parent is a key, that end is the parent.
        let expected = reference.isInline ? right : left
        let other = reference.isInline ? left : right
        let isTurned = !isKey(expected, tables) && isKey(other, tables)
        let (child, parent) = isTurned ? (expected, other) : (other, expected)
        add(reference, child: child, parent: parent, to: &tables)
        if !isKey(child, tables) {
          tables[child.table]?.uniqueConstraints.append(unnamed(key: child.columns, of: child.table.name))
        }
      }
    }
    schema.tables = tables.values.map(sorted).sorted { $0.name < $1.name }
    schema.expressiveness = .tables(manyToMany)
  }

  /// The name with the schema in which names without one live.
  private func home(_ name: ObjectName) -> ObjectName {
    switch schema.engine {
    case .postgreSQL: ObjectName(schema: name.schema ?? "public", name.name)
    case .sqlite: ObjectName(name.name)
    }
  }

  // MARK: Tables

  /// The table with what its partials bring: its own column wins over a partial's, a later partial over an earlier.
  private mutating func withPartials(_ table: DBMLTable) -> DBMLTable {
    guard !table.injections.isEmpty else { return table }
    var result = table
    result.columns = []
    let own = Set(table.columns.map(\.name))
    let injections = table.injections.compactMap { injection -> (DBMLInjection, DBMLTable)? in
      guard let partial = document.partials.last(where: { $0.name.name == injection.partial }) else {
        findings.append(
          TextFinding("there is no table partial \(injection.partial)", at: injection.position, isLoss: true))
        return nil
      }
      return (injection, partial)
    }
    var winner: [String: Int] = [:]
    for (place, injection) in injections.enumerated() {
      for column in injection.1.columns { winner[column.name] = place }
    }
    func inject(_ count: Int) {
      for (place, (injection, partial)) in injections.enumerated() where injection.columnCountBefore == count
      {
        result.columns += partial.columns.filter { !own.contains($0.name) && winner[$0.name] == place }.map {
          column in
          var column = column
          for position in column.references.indices { column.references[position].left.table = table.name }
          return column
        }
      }
    }
    for (position, column) in table.columns.enumerated() {
      inject(position)
      result.columns.append(column)
    }
    inject(table.columns.count)
    for (_, partial) in injections {
      result.indexes += partial.indexes
      result.checks += partial.checks
      result.metadata.merge(partial.metadata) { own, _ in own }
    }
    result.note = table.note ?? injections.last { $0.1.note != nil }?.1.note
    return result
  }

  private mutating func table(_ drawn: DBMLTable) -> Table {
    var table = Table(named: home(drawn.name))
    table.comment = drawn.note.map { Comment($0) }
    table.columns = drawn.columns.map(column)
    let columns = Set(drawn.columns.map(\.name))
    var primary = KeyConstraint(named: "\(drawn.name.name)_pkey")
    primary.isPrimary = true
    primary.isNamed = false
    primary.columns = drawn.columns.filter(\.isPrimaryKey).map(\.name)
    for column in drawn.columns where column.isUnique {
      table.uniqueConstraints.append(unnamed(key: [column.name], of: drawn.name.name))
    }
    for index in drawn.indexes {
      let unknown = index.keys.compactMap(\.columnName).filter { !columns.contains($0) }
      guard unknown.isEmpty else {
        findings.append(
          TextFinding(
            "\(drawn.name) has no column \(unknown.joined(separator: ", ")); the index is left out",
            at: index.position, isLoss: true))
        continue
      }
      if index.isPrimaryKey {
        if !primary.columns.isEmpty {
          findings.append(
            TextFinding("\(drawn.name) has a second primary key; the first counts", at: index.position))
          continue
        }
        primary.columns = index.keys.compactMap(\.columnName)
        if let name = index.name { (primary.name, primary.isNamed) = (name, true) }
        continue
      }
      table.indexes.append(self.index(index, of: drawn.name.name))
    }
    if !primary.columns.isEmpty {
      table.primaryKey = primary
      for position in table.columns.indices where primary.columns.contains(table.columns[position].name) {
        table.columns[position].isNotNull = true
      }
    }
    let checks = drawn.columns.flatMap { column in
      column.checks.map { ($0, "\(drawn.name.name)_\(column.name)_check") }
    }
    for (check, name) in checks + drawn.checks.map({ ($0, "\(drawn.name.name)_check") }) {
      var built = CheckConstraint(named: check.name ?? name)
      built.isNamed = check.name != nil
      built.expression = check.expression
      built.name = free(built.name, among: table.checks.map(\.name))
      table.checks.append(built)
    }
    return table
  }

  private func column(_ drawn: DBMLColumn) -> Column {
    var column = Column(named: drawn.name)
    column.isNotNull = drawn.isNotNull ?? false
    column.comment = drawn.note.map { Comment($0) }
    switch drawn.defaultValue {
    case .number(let number): column.value = .default(number)
    case .string(let text), .enumValue(let text):
      column.value = .default("'" + text.replacing("'", with: "''") + "'")
    case .expression(let expression): column.value = .default(expression)
    case .boolean(let flag): column.value = .default(flag ? "true" : "false")
    case .null, nil: break
    }
    if let integer = TypeSpelling.counting(drawn.type) {
      column.type = integer
      column.isNotNull = drawn.isNotNull ?? true
      column.value = .identity(always: false, SequenceOptions())
    } else {
      column.type = type(drawn.type)
    }
    if drawn.isIncrement { column.value = .identity(always: false, SequenceOptions()) }
    return column
  }

  /// The type as PostgreSQL prints it: an enum of this text with its schema.
  private func type(_ written: String) -> String {
    guard schema.engine == .postgreSQL else { return written }
    let isArray = written.hasSuffix("[]")
    let name = DBMLParser.objectName(
      (isArray ? String(written.dropLast(2)) : written).split(separator: ".").map(String.init))
    if enumNames.contains(home(name)) {
      return home(name).description + (isArray ? "[]" : "")
    }
    return TypeSpelling.canonical(written)
  }

  private func unnamed(key columns: [String], of table: String) -> KeyConstraint {
    var key = KeyConstraint(named: "\(table)_\(columns.joined(separator: "_"))_key")
    key.isNamed = false
    key.columns = columns
    return key
  }

  private func index(_ drawn: DBMLIndex, of table: String) -> TableIndex {
    var index = TableIndex(named: "")
    index.keys = drawn.keys.map { IndexKey($0) }
    index.isUnique = drawn.isUnique
    index.method = drawn.method ?? "btree"
    index.comment = drawn.note.map { Comment($0) }
    index.name = drawn.name ?? index.inventedName(of: table)
    return index
  }

  /// The name, or one with a number behind it when it is taken.
  private func free(_ name: String, among taken: [String]) -> String {
    guard taken.contains(name) else { return name }
    var number = 1
    while taken.contains("\(name)\(number)") { number += 1 }
    return "\(name)\(number)"
  }

  private func sorted(_ table: Table) -> Table {
    var table = table
    table.uniqueConstraints.sort { $0.name < $1.name }
    table.foreignKeys.sort { $0.name < $1.name }
    table.checks.sort { $0.name < $1.name }
    table.indexes.sort { $0.name < $1.name }
    return table
  }

  // MARK: Relations

  /// The tables by the names that a relation may call them.
  private struct TableNames {
    var aliases: [String: ObjectName] = [:]

    init(_ tables: [DBMLTable]) {
      for table in tables { if let alias = table.alias { aliases[alias] = table.name } }
    }

    func resolved(_ name: ObjectName) -> ObjectName {
      name.schema == nil ? aliases[name.name] ?? name : name
    }
  }

  /// Whether no two rows of the table have the same values there.
  private func isKey(_ end: DBMLReference.End, _ tables: [ObjectName: Table]) -> Bool {
    guard let table = tables[end.table] else { return false }
    let columns = Set(end.columns)
    return table.keys.contains { Set($0.columns) == columns }
      || table.indexes.contains { index in
        index.isUnique && index.keys.allSatisfy { $0.column != nil }
          && Set(index.keys.compactMap(\.column)) == columns
      }
  }

  private mutating func resolved(
    _ end: DBMLReference.End, _ names: TableNames, _ tables: [ObjectName: Table], _ position: TextPosition
  ) -> DBMLReference.End? {
    var end = end
    end.table = home(names.resolved(end.table))
    guard let table = tables[end.table] else {
      findings.append(
        TextFinding("there is no table \(end.table); its relation is left out", at: position, isLoss: true))
      return nil
    }
    let unknown = end.columns.filter { table.column(named: $0) == nil }
    guard unknown.isEmpty else {
      findings.append(
        TextFinding(
          "\(end.table) has no column \(unknown.joined(separator: ", ")); its relation is left out",
          at: position, isLoss: true))
      return nil
    }
    return end
  }

  private mutating func add(
    _ reference: DBMLReference, child: DBMLReference.End, parent: DBMLReference.End,
    to tables: inout [ObjectName: Table]
  ) {
    var key = ForeignKey(
      named: reference.name ?? "\(child.table.name)_\(child.columns.joined(separator: "_"))_fkey")
    key.isNamed = reference.name != nil
    key.columns = child.columns
    key.referencedTable = parent.table
    key.referencedColumns = parent.columns
    key.onDelete = reference.onDelete ?? .noAction
    key.onUpdate = reference.onUpdate ?? .noAction
    let existing = tables[child.table]?.foreignKeys ?? []
    if let twin = existing.first(where: {
      $0.columns == key.columns && $0.referencedTable == key.referencedTable
        && $0.referencedColumns == key.referencedColumns
    }) {
      findings.append(
        TextFinding("the relation of \(twin.name) stands here a second time", at: reference.position))
      return
    }
    key.name = free(key.name, among: existing.map(\.name))
    tables[child.table]?.foreignKeys.append(key)
  }
}

extension IndexKey.Subject {
  fileprivate var columnName: String? {
    if case .column(let name) = self { return name }
    return nil
  }
}
