import SchemaModel

extension PostgresCatalog {
  /// Sequences that stand by themselves or are owned; those of identity columns go into their column.
  func readSequences(into found: inout PostgresRelations) throws(EngineError) -> [SequenceGenerator] {
    let result = try answer(to: sequencesQuery)
    var sequences: [SequenceGenerator] = []
    for row in result.rows {
      var options = SequenceOptions()
      options.type = row.text(3)
      options.start = row.number(4)
      options.increment = row.number(5)
      options.minimum = row.number(6)
      options.maximum = row.number(7)
      options.cache = row.number(8)
      options.cycles = row.flag(9)
      let owner = row.number(11)
      let ownerColumn = row.number(12)
      if row.text(10) == "i" {
        guard let relation = found.relations[owner], let column = relation[ownerColumn],
          case .identity(let always, _)? = found.tables[owner]?.columns[column.position].value
        else { continue }
        var sequence = IdentitySequence()
        if !InventedName.isInvented(row.text(1), of: column.name, in: relation.name.name, label: "seq") {
          sequence.name = row.text(1)
        }
        let isUnlogged = row.text(2) == "u"
        if connection.majorVersion >= 15, isUnlogged != found.tables[owner]?.isUnlogged {
          sequence.isUnlogged = isUnlogged
        }
        sequence.comment = row.comment(13)
        sequence.privileges = row.grants(15)
        found.tables[owner]?.columns[column.position].value = .identity(always: always, options)
        found.tables[owner]?.columns[column.position].sequence = sequence
        continue
      }
      var sequence = SequenceGenerator(named: ObjectName(schema: row.text(0), row.text(1)))
      sequence.options = options
      sequence.isUnlogged = row.text(2) == "u"
      sequence.comment = row.comment(13)
      sequence.rights = row.rights(14)
      addresses.note("pg_class", row.number(16), as: ObjectReference(kind: .sequence, sequence.name))
      if let relation = found.relations[owner], let column = relation[ownerColumn] {
        sequence.ownedBy = ColumnReference(table: relation.name, column: column.name)
      }
      sequences.append(sequence)
    }
    return sequences.sorted { $0.name < $1.name }
  }

  /// The rows of sequences.
  var sequencesQuery: String {
    """
    SELECT n.nspname, c.relname, c.relpersistence, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
      s.seqmin, s.seqmax, s.seqcache, s.seqcycle, d.deptype, d.refobjid, d.refobjsubid, comment.description,
      \(Self.owner("c.relowner")), \(Self.privileges("c.relacl", kind: "'s'", owner: "c.relowner")), c.oid
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid AND c.relkind = 'S'
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    \(Self.joinComment(catalog: "pg_class", oid: "c.oid"))
    WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_class", oid: "c.oid"))
    """
  }
}
