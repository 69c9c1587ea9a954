import SchemaModel

extension PostgresCatalog {
  /// Indexes that no constraint owns and no parent's index implies, into their table or view.
  ///
  /// - Parameter indexes: by their oid.
  func readIndexes(_ indexes: [Int: ReadIndex], into found: inout PostgresRelations) {
    for (_, read) in indexes where !read.isOfExclusion {
      var index = TableIndex(named: read.name)
      index.method = read.method
      index.keys = read.keys
      index.includedColumns = read.includedColumns
      index.isUnique = read.isUnique
      index.nullsNotDistinct = read.nullsNotDistinct
      index.predicate = read.predicate
      index.isValid = read.isValid
      index.tablespace = read.tablespace
      index.options = read.options
      index.statisticsTargets = read.statisticsTargets
      index.extensions = read.extensions
      index.comment = read.comment
      if found.tables.contains(read.relation) {
        found.tables[read.relation]?.indexes.append(index)
      } else {
        found.views[read.relation]?.indexes.append(index)
      }
    }
  }

  /// What `pg_index` says of an index, whoever owns it.
  struct ReadIndex {
    var relation: Int
    /// Whether it is what an exclusion constraint is kept by.
    var isOfExclusion: Bool
    var name: String
    var method: String
    var keys: [IndexKey]
    var includedColumns: [String]
    var isUnique: Bool
    var nullsNotDistinct: Bool
    var predicate: String?
    var isValid: Bool
    var tablespace: String?
    var options: [String]
    /// By the key's place from 1.
    var statisticsTargets: [String: Int]
    var extensions: [String]
    var comment: Comment?
  }

  /// The indexes that stand by themselves and those of exclusion constraints, by their oid.
  ///
  /// Raw catalog columns are read and put together here; the server prints only expressions and
  /// predicates, because printing every definition (`pg_get_indexdef`) costs it several times as much.
  func indexes(in found: PostgresRelations) throws(EngineError) -> [Int: ReadIndex] {
    let result = try answer(to: indexesQuery)
    let classes = try PostgresOperatorClasses(connection)
    let predicates = try expressions(in: .predicates, of: found)
    var indexes: [Int: ReadIndex] = [:]
    for row in result.rows {
      let relation = row.number(1)
      guard let columns = found.relations[relation] else { continue }
      let settings = found.keySettings[row.number(0)] ?? [:]
      let keyCount = row.number(5)
      let numbers = row.numbers(6)
      let options = row.numbers(7)
      let collationOIDs = row.numbers(8)
      let classOIDs = row.numbers(9)
      let printed = row.list(14).map(SettledText.of)
      let printedTypes = row.numbers(15)
      let keys = (0..<keyCount).map { position in
        let number = numbers[position]
        var key =
          if number == 0 {
            IndexKey(.expression(Self.withoutOuterParentheses(printed[position])))
          } else {
            IndexKey(.column(columns[number]?.name ?? ""))
          }
        let collation = collationOIDs[position]
        let ownCollation = columns[number]?.collation ?? Self.defaultCollation
        if collation != 0 && collation != ownCollation { key.collation = found.collations[collation] }
        let type = number == 0 ? printedTypes[position] : columns[number]?.type
        key.operatorClassOptions = settings[position + 1]?.options ?? []
        key.operatorClass = classes.name(
          of: classOIDs[position], onType: type, isExpression: number == 0,
          hasOptions: !key.operatorClassOptions.isEmpty)
        // pg_index.indoption: bit 0 is DESC, bit 1 is NULLS FIRST.
        key.isDescending = options[position] & 1 != 0
        key.nullsFirst = options[position] & 2 != 0
        return key
      }
      indexes[row.number(0)] = ReadIndex(
        relation: relation, isOfExclusion: row.flag(11), name: row.text(2), method: row.text(3), keys: keys,
        includedColumns: found.columns(Array(numbers.dropFirst(keyCount)), of: relation),
        isUnique: row.flag(4), nullsNotDistinct: row.flag(10),
        predicate: predicates[row.number(0)].map(Self.withoutOuterParentheses), isValid: row.flag(12),
        tablespace: row.optional(16), options: row.options(17),
        statisticsTargets: settings.reduce(into: [:]) { targets, setting in
          targets[String(setting.key)] = setting.value.statisticsTarget
        }, extensions: dependents.take("pg_class", row.number(0)), comment: row.comment(13))
    }
    return indexes
  }

  /// The rows of indexes.
  var indexesQuery: String {
    """
    SELECT i.indexrelid, i.indrelid, ic.relname, am.amname, i.indisunique, i.indnkeyatts, i.indkey,
      i.indoption, i.indcollation, i.indclass, \(since(15, "i.indnullsnotdistinct", else: "false")),
      x.oid IS NOT NULL, i.indisvalid, comment.description,
      CASE WHEN i.indexprs IS NOT NULL THEN \(Self.joined("""
        ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, false) FROM generate_series(1, i.indnkeyatts) AS place
          ORDER BY place)
        """)) END,
      CASE WHEN i.indexprs IS NOT NULL THEN
        ARRAY(SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = i.indexrelid ORDER BY a.attnum) END,
      space.spcname, \(Self.options("ic.reloptions"))
    FROM pg_index i
    JOIN pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_am am ON am.oid = ic.relam
    LEFT JOIN pg_constraint x ON x.conindid = i.indexrelid AND x.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_tablespace space ON space.oid = ic.reltablespace
    \(Self.joinComment(catalog: "pg_class", oid: "i.indexrelid"))
    WHERE i.indexrelid >= \(Self.firstUserObject) AND ic.relnamespace <> 'pg_toast'::regnamespace
      AND CASE WHEN x.oid IS NULL THEN NOT ic.relispartition ELSE x.contype = 'x' AND x.conparentid = 0 END
    """
  }

  /// `pg_collation.oid` of the database's own collation, fixed since PostgreSQL 9.1.
  private static let defaultCollation = 100
}
