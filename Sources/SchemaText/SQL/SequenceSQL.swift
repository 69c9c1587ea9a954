import SchemaModel

/// PostgreSQL's sequences as SQL.
enum SequenceSQL {
  /// One paragraph for each sequence and for each comment.
  static func paragraphs(_ sequences: [SequenceGenerator]) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return sequences.flatMap { sequence in
      let name = dialect.name(sequence.name)
      let options = sequence.options
      var words = ["CREATE", sequence.isUnlogged ? "UNLOGGED SEQUENCE" : "SEQUENCE", name]
      if options.type != SequenceOptions().type { words.append("AS \(options.type)") }
      words += unusual(options)
      return [words.joined(separator: " ") + ";"]
        + CommentSQL.statement(on: "SEQUENCE \(name)", sequence.comment)
    }
  }

  /// One paragraph for each sequence that a column owns; the table must exist.
  static func ownerships(_ sequences: [SequenceGenerator]) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return sequences.compactMap { sequence in
      guard let owner = sequence.ownedBy else { return nil }
      let column = "\(dialect.name(owner.table)).\(dialect.identifier(owner.column))"
      return "ALTER SEQUENCE \(dialect.name(sequence.name)) OWNED BY \(column);"
    }
  }

  /// The clauses of the options that are not what the server takes by itself for the type and direction.
  static func unusual(_ options: SequenceOptions) -> [String] {
    let (lowest, highest) = range(of: options.type)
    let isAscending = options.increment > 0
    let minimum = isAscending ? 1 : lowest
    let maximum = isAscending ? highest : -1
    var clauses: [String] = []
    if options.start != (isAscending ? options.minimum : options.maximum) {
      clauses.append("START WITH \(options.start)")
    }
    if options.increment != 1 { clauses.append("INCREMENT BY \(options.increment)") }
    if options.minimum != minimum { clauses.append("MINVALUE \(options.minimum)") }
    if options.maximum != maximum { clauses.append("MAXVALUE \(options.maximum)") }
    if options.cache != 1 { clauses.append("CACHE \(options.cache)") }
    if options.cycles { clauses.append("CYCLE") }
    return clauses
  }

  private static func range(of type: String) -> (lowest: Int, highest: Int) {
    switch type {
    case "smallint": (Int(Int16.min), Int(Int16.max))
    case "integer": (Int(Int32.min), Int(Int32.max))
    default: (Int.min, Int.max)
    }
  }
}
