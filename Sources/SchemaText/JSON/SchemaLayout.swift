import SchemaModel

/// How a whole schema stands in a document: each list once, for writing, reading and the fingerprint alike.
enum SchemaLayout {
  /// The lists of a schema, in the document's order.
  static let members: [MemberLayout<Schema>] = [
    MemberLayout("namespaces", \.namespaces, ObjectLayout<Namespace>()),
    MemberLayout("extensions", \.extensions, ObjectLayout<InstalledExtension>()),
    MemberLayout("enums", \.enums, ObjectLayout<EnumType>()),
    MemberLayout("domains", \.domains, ObjectLayout<DomainType>()),
    MemberLayout("sequences", \.sequences, ObjectLayout<SequenceGenerator>()),
    MemberLayout("tables", \.tables, table),
    MemberLayout("views", \.views, view),
  ]

  /// A table: its facts, its columns in their own order, then its constraints and indexes by name.
  static let table = ObjectLayout<Table>(members: [
    MemberLayout("columns", \.columns, ObjectLayout<Column>(), isSorted: false),
    MemberLayout("primaryKey", \.primaryKey, ObjectLayout<KeyConstraint>()),
    MemberLayout("uniqueConstraints", \.uniqueConstraints, ObjectLayout<KeyConstraint>(), mayRepeat: true),
    MemberLayout("foreignKeys", \.foreignKeys, ObjectLayout<ForeignKey>(), mayRepeat: true),
    MemberLayout("checks", \.checks, ObjectLayout<CheckConstraint>(), mayRepeat: true),
    MemberLayout("exclusions", \.exclusions, ObjectLayout<ExclusionConstraint>()),
    MemberLayout("indexes", \.indexes, ObjectLayout<TableIndex>()),
  ])

  /// A view: its facts, the indexes of a materialized one, and the views to create before it.
  static let view = ObjectLayout<View>(members: [
    MemberLayout("indexes", \.indexes, ObjectLayout<TableIndex>()),
    MemberLayout(convenience: "dependencies", \.dependencies),
  ])
}
