import SchemaModel

/// PostgreSQL's sequences as SQL.
enum SequenceSQL {
  /// The paragraphs of a sequence.
  static func paragraphs(_ sequence: SequenceGenerator) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(sequence.name)
    let options = sequence.options
    var words = ["CREATE", sequence.isUnlogged ? "UNLOGGED SEQUENCE" : "SEQUENCE", name]
    if options.type != SequenceOptions().type { words.append("AS \(options.type)") }
    words += unusual(options)
    return [words.joined(separator: " ") + ";"]
      + CommentSQL.statement(on: "SEQUENCE \(name)", sequence.comment)
      + RightsSQL.paragraph(sequence.rights, on: "SEQUENCE \(name)")
  }

  /// The paragraph that gives the sequence to a column, if one owns it; the table must exist.
  static func ownership(_ sequence: SequenceGenerator) -> [String] {
    let dialect = SQLDialect.postgreSQL
    guard let owner = sequence.ownedBy else { return [] }
    let column = "\(dialect.name(owner.table)).\(dialect.identifier(owner.column))"
    return ["ALTER SEQUENCE \(dialect.name(sequence.name)) OWNED BY \(column);"]
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

  /// The clauses of all options but the type.
  static func all(_ options: SequenceOptions) -> String {
    "INCREMENT BY \(options.increment) MINVALUE \(options.minimum) MAXVALUE \(options.maximum) START WITH \(options.start)"
      + " CACHE \(options.cache) \(options.cycles ? "CYCLE" : "NO CYCLE")"
  }

  private static func range(of type: String) -> (lowest: Int, highest: Int) {
    switch type {
    case "smallint": (Int(Int16.min), Int(Int16.max))
    case "integer": (Int(Int32.min), Int(Int32.max))
    default: (Int.min, Int.max)
    }
  }
}
