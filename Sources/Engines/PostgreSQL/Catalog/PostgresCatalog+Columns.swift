import SchemaModel

extension PostgresCatalog {
  /// The columns of tables, and the names, defaults, comments and grants of the columns of views.
  ///
  /// `pg_attribute` is the largest catalog by far: its rows are read as they are, and what they refer to is looked
  /// up here instead of being joined and printed for each of them.
  func readColumns(into found: inout PostgresRelations) throws(EngineError) {
    let rows = try answer(to: columnsQuery).rows
    let types = try columnTypes(of: rows)
    let defaults = try columnDefaults(of: rows)
    let comments = try columnComments()
    let places = rows.map { AttributeNumber(relation: $0.number(0), number: $0.number(1)) }
    // The server could sort them too: whole rows, and before it sends the first.
    for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
      let (row, place) = (rows[index], places[index])
      guard found.relations.contains(place.relation) else {
        readIndexKey(row, at: place, into: &found)
        continue
      }
      let name = row.text(2)
      let collation = row.number(8)
      found.relations[place.relation]?[place.number] = PostgresRelations.CatalogColumn(
        name: name, type: row.number(3), collation: collation,
        position: found.tables[place.relation]?.columns.count ?? 0)
      if found.views[place.relation] != nil {
        found.views[place.relation]?.columns.append(name)
        found.views[place.relation]?.columnComments[name] = comments[place]
        found.views[place.relation]?.columnPrivileges[name] = row.grants(15)
        found.views[place.relation]?.columnDefaults[name] = defaults[place]
        if found.views[place.relation]?.isMaterialized == true {
          readStorage(row, of: name, at: place.relation, storage(row, types), into: &found)
        }
        continue
      }
      var column = Column(named: name)
      if let type = types[ColumnType(oid: row.number(3), modifier: row.number(4))] {
        column.type = type.name
        if collation != 0, collation != type.collation { column.collation = found.collations[collation] }
      }
      column.storage = storage(row, types)
      column.isNotNull = row.flag(5)
      column.value = value(identity: row.letter(6), generated: row.letter(7), expression: defaults[place])
      column.isInherited = row.flag(9)
      column.compression = row.letter(11).flatMap { Self.compressionNames[$0] }
      column.statisticsTarget = row.optional(12).flatMap { Int($0) }
      column.options = row.options(13)
      column.foreignOptions = row.foreignOptions(14)
      column.privileges = row.grants(15) ?? []
      column.comment = comments[place]
      found.tables[place.relation]?.columns.append(column)
    }
  }

  /// How long values are kept when it is not their type's way.
  private func storage(_ row: PostgresResult.Row, _ types: ColumnTypes) -> String? {
    let type = types[ColumnType(oid: row.number(3), modifier: row.number(4))]
    guard let type, let storage = row.letter(10), storage != type.storage else { return nil }
    return Self.storageNames[storage]
  }

  /// How a materialized view's column is stored and looked at.
  private func readStorage(
    _ row: PostgresResult.Row, of column: String, at oid: Int, _ storage: String?,
    into found: inout PostgresRelations
  ) {
    found.views[oid]?.columnStorage[column] = storage
    found.views[oid]?.columnCompression[column] = row.letter(11).flatMap { Self.compressionNames[$0] }
    found.views[oid]?.columnStatisticsTargets[column] = row.optional(12).flatMap { Int($0) }
    let options = row.options(13)
    if !options.isEmpty { found.views[oid]?.columnOptions[column] = options }
  }

  /// What is said of a single key of an index.
  private func readIndexKey(
    _ row: PostgresResult.Row, at place: AttributeNumber, into found: inout PostgresRelations
  ) {
    let settings = PostgresRelations.KeySettings(
      options: row.options(13).sorted(), statisticsTarget: row.optional(12).flatMap { Int($0) })
    guard settings != PostgresRelations.KeySettings() else { return }
    found.keySettings[place.relation, default: [:]][place.number] = settings
  }

  /// A row of `pg_attribute`: `attrelid` and `attnum`.
  private struct AttributeNumber: Hashable, Comparable {
    var relation: Int
    var number: Int

    static func < (one: AttributeNumber, other: AttributeNumber) -> Bool {
      (one.relation, one.number) < (other.relation, other.number)
    }
  }

  /// `pg_attribute.atttypid` and `atttypmod`.
  private struct ColumnType: Hashable {
    var oid: Int
    var modifier: Int
  }

  private typealias ColumnTypes = [ColumnType: (name: String, collation: Int, storage: UInt8?)]

  /// The rows of columns, and of the keys of indexes of which something is said.
  var columnsQuery: String {
    """
    SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
      a.attcollation, NOT a.attislocal AND NOT c.relispartition, a.attstorage, a.attcompression,
      nullif(a.attstattarget, -1), \(Self.options("a.attoptions")), \(Self.foreignOptions("a.attfdwoptions")),
      \(Self.columnPrivileges("a.attacl", owner: "c.relowner"))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE (c.relkind IN ('r', 'p', 'v', 'm', 'f') OR c.relkind IN ('i', 'I')
        AND (\(Self.hasOptions("a.attoptions")) OR a.attstattarget <> -1))
      AND a.attrelid >= \(Self.firstUserObject) AND a.attnum > 0 AND NOT a.attisdropped
    """
  }

  /// How each type that a column has is printed, and what a column has from it.
  private func columnTypes(
    of rows: PostgresResult.Rows
  ) throws(EngineError) -> ColumnTypes {
    let used = Array(Set(rows.lazy.map { ColumnType(oid: $0.number(3), modifier: $0.number(4)) }))
    let result = try connection.query(
      """
      SELECT used.oid, used.modifier, format_type(used.oid, used.modifier), t.typcollation, t.typstorage
      FROM unnest(\(Self.array(used.map(\.oid)))::oid[], \(Self.array(used.map(\.modifier)))::integer[])
        AS used(oid, modifier)
      JOIN pg_type t ON t.oid = used.oid
      """)
    return Dictionary(
      uniqueKeysWithValues: result.rows.map { row in
        (
          ColumnType(oid: row.number(0), modifier: row.number(1)),
          (name: row.text(2), collation: row.number(3), storage: row.letter(4))
        )
      })
  }

  /// Defaults, and what generated columns are computed from.
  ///
  /// The server opens a table to print what names its columns, which costs it more than the printing; only a
  /// generated column does.
  private func columnDefaults(
    of rows: PostgresResult.Rows
  ) throws(EngineError) -> [AttributeNumber: String] {
    let generating = Set(rows.lazy.filter { $0.letter(7) != nil }.map { $0.number(0) })
    let result = try connection.query(
      """
      SELECT d.adrelid, d.adnum, pg_get_expr(d.adbin, CASE WHEN d.adrelid = ANY (\(Self.array(generating.sorted()))::oid[])
        THEN d.adrelid ELSE 0 END)
      FROM pg_attrdef d WHERE d.adrelid >= \(Self.firstUserObject)
      """)
    return result.rows.reduce(into: [:]) { defaults, row in
      defaults[AttributeNumber(relation: row.number(0), number: row.number(1))] = row.expression(2)
    }
  }

  private func columnComments() throws(EngineError) -> [AttributeNumber: Comment] {
    let result = try connection.query(
      """
      SELECT objoid, objsubid, description FROM pg_description
      WHERE classoid = 'pg_class'::regclass AND objsubid > 0 AND objoid >= \(Self.firstUserObject)
      """)
    return result.rows.reduce(into: [:]) { comments, row in
      comments[AttributeNumber(relation: row.number(0), number: row.number(1))] = row.comment(2)
    }
  }

  /// From `attidentity`, `attgenerated` and `pg_attrdef`.
  private func value(identity: UInt8?, generated: UInt8?, expression: String?) -> ColumnValue {
    switch (identity, generated, expression) {
    case (UInt8(ascii: "a"), _, _): .identity(always: true, SequenceOptions())
    case (_?, _, _): .identity(always: false, SequenceOptions())
    case (_, UInt8(ascii: "v"), let expression?): .generated(expression, isStored: false)
    case (_, _?, let expression?): .generated(expression, isStored: true)
    case (_, nil, let expression?): .default(expression)
    case (_, _, nil): .none
    }
  }

  /// From `pg_attribute.attcompression`.
  private static let compressionNames: [UInt8: String] = [
    UInt8(ascii: "p"): "pglz", UInt8(ascii: "l"): "lz4",
  ]

  /// From `pg_attribute.attstorage` and `pg_type.typstorage`.
  private static let storageNames: [UInt8: String] = [
    UInt8(ascii: "p"): "plain", UInt8(ascii: "e"): "external", UInt8(ascii: "m"): "main",
    UInt8(ascii: "x"): "extended",
  ]
}
