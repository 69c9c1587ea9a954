import SchemaModel

/// What the comments of a schema say about violating rows: `@orphans POLICY reason` for foreign keys,
/// `@violations POLICY reason` for any constraint.
///
/// A constraint's own comment goes before those of its columns, and these before its table's.
struct PolicyTags {
  private let schema: Schema

  init(_ schema: Schema) { self.schema = schema }

  /// The tag that holds for a constraint.
  ///
  /// - Parameter columns: the columns it is about.
  func tag(of constraint: ConstraintReference, columns: [String]) -> PolicySubject.Tag? {
    guard let table = schema.table(named: constraint.table) else { return nil }
    let isForeignKey = constraint.kind == .foreignKey
    if let tag = Self.tag(
      table.comment(on: constraint), isForeignKey, at: "\(constraint.kind.label) \(constraint.name)")
    {
      return tag
    }
    if constraint.kind == .domainType {
      let type = columns.first.flatMap { table.column(named: $0)?.type } ?? ""
      let domain = schema.domains.first { SQLDialect.postgreSQL.name($0.name) == type }
      if let domain, let tag = Self.tag(domain.comment, false, at: "domain \(domain.name)") { return tag }
    }
    for column in columns {
      let comment = table.column(named: column)?.comment
      if let tag = Self.tag(comment, isForeignKey, at: "column \(table.name).\(column)") { return tag }
    }
    return Self.tag(table.comment, isForeignKey, at: "table \(table.name)")
  }

  private static func tag(_ comment: Comment?, _ isForeignKey: Bool, at place: String) -> PolicySubject.Tag? {
    let value = (isForeignKey ? comment?.tag("orphans") : nil) ?? comment?.tag("violations")
    let word = value?.split(separator: " ", maxSplits: 1).first.map(String.init)
    return word.flatMap(ViolationPolicy.init(rawValue:)).map { PolicySubject.Tag($0, at: place) }
  }

  /// Tags that name no policy, each in one line.
  var unreadable: [String] {
    func words(_ comment: Comment?, _ place: String) -> [String] {
      (comment?.tags ?? []).filter { $0.name == "orphans" || $0.name == "violations" }.compactMap { tag in
        let word = tag.value.split(separator: " ").first.map(String.init) ?? ""
        guard ViolationPolicy(rawValue: word) == nil else { return nil }
        let known = PolicyText.words.joined(separator: ", ")
        return "the tag @\(tag.name) of \(place) names no policy (\(known)) but '\(word)'"
      }
    }
    let ofTables = schema.tables.flatMap { table -> [String] in
      var found = words(table.comment, "table \(table.name)")
      for column in table.columns { found += words(column.comment, "column \(table.name).\(column.name)") }
      for key in table.foreignKeys { found += words(key.comment, "foreign key \(key.name)") }
      for check in table.checks { found += words(check.comment, "check constraint \(check.name)") }
      for key in table.keys { found += words(key.comment, "key \(key.name)") }
      return found
    }
    return ofTables + schema.domains.flatMap { words($0.comment, "domain \($0.name)") }
  }
}

extension Table {
  /// The comment on one of the table's constraints; a column's is not its NOT NULL's.
  fileprivate func comment(on constraint: ConstraintReference) -> Comment? {
    let name = constraint.name
    return switch constraint.kind {
    case .foreignKey: foreignKeys.first { $0.name == name }?.comment
    case .checkConstraint: checks.first { $0.name == name }?.comment
    case .primaryKey, .uniqueConstraint: keys.first { $0.name == name }?.comment
    case .exclusionConstraint: exclusions.first { $0.name == name }?.comment
    case .index: indexes.first { $0.name == name }?.comment
    case .column: column(named: name)?.notNull.comment
    default: nil
    }
  }
}
