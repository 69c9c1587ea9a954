import SchemaModel

/// How a whole schema stands in a document: each list once, for writing, reading and the fingerprint alike.
enum SchemaLayout {
  /// The lists of a schema, in the document's order.
  static let members: [MemberLayout<Schema>] = {
    var lists = Lists()
    Schema.visitLists(&lists)
    return lists.members + [MemberLayout(convenience: "precedences", \.precedences)]
  }()

  private struct Lists: SchemaListVisitor {
    private(set) var members: [MemberLayout<Schema>] = []

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
    ) where Object.Name == ObjectName {
      members.append(MemberLayout(key, list, ObjectLayout<Object>()))
    }

    mutating func visitTables() { members.append(MemberLayout("tables", \.tables, table)) }
    mutating func visitViews() { members.append(MemberLayout("views", \.views, view)) }
  }

  /// A table: its facts, its columns in their own order, then its constraints and indexes by name.
  static let table = ObjectLayout<Table>(members: [
    MemberLayout("columns", \.columns, ObjectLayout<Column>(known: \.knownColumns), isSorted: false),
    MemberLayout("primaryKey", \.primaryKey, ObjectLayout<KeyConstraint>()),
    MemberLayout("uniqueConstraints", \.uniqueConstraints, ObjectLayout<KeyConstraint>(), mayRepeat: true),
    MemberLayout("foreignKeys", \.foreignKeys, ObjectLayout<ForeignKey>(), mayRepeat: true),
    MemberLayout("checks", \.checks, ObjectLayout<CheckConstraint>(), mayRepeat: true),
    MemberLayout("exclusions", \.exclusions, ObjectLayout<ExclusionConstraint>()),
    MemberLayout("indexes", \.indexes, ObjectLayout<TableIndex>()),
    MemberLayout("policies", \.policies, ObjectLayout<Policy>()),
    MemberLayout("triggers", \.triggers, ObjectLayout<Trigger>()),
    MemberLayout("rules", \.rules, ObjectLayout<RewriteRule>()),
  ])

  /// A view: its facts, and the indexes of a materialized one.
  static let view = ObjectLayout<View>(members: [
    MemberLayout("indexes", \.indexes, ObjectLayout<TableIndex>()),
    MemberLayout("triggers", \.triggers, ObjectLayout<Trigger>()),
    MemberLayout("rules", \.rules, ObjectLayout<RewriteRule>()),
  ])
}
