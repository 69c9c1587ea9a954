import SchemaModel

/// PostgreSQL's `schema.sql`, kind after kind; what needs something later waits for it.
struct PostgresSchemaSQL {
  private let schema: Schema
  private let precedences: Precedences
  private let order: PartitionOrder
  /// What of inheriting tables follows when all tables stand.
  private let late: LateInheritance
  /// The tables as `CREATE TABLE` makes them.
  private let made: PartitionOrder

  init(_ schema: Schema) {
    self.schema = schema
    precedences = Precedences(schema.precedences)
    order = PartitionOrder(schema.tables)
    late = LateInheritance(schema.tables)
    made = PartitionOrder(late.tables)
  }

  var paragraphs: [String] {
    [Self.settings] + rolesInOrder.flatMap(RoleSQL.paragraphs) + NamespaceSQL.paragraphs(schema)
      + ExtensionSQL.paragraphs(schema)
      + ObjectParagraphs.ordered(objects { PartitionOrder.isInTree($0) || late.isLate($0.name) })
      .flatMap(\.texts)
  }

  /// What makes the objects, in an order that can be run, without roles.
  ///
  /// The keys of every table are here apart, also those that `CREATE TABLE` names already.
  var steps: [ObjectParagraphs] {
    NamespaceSQL.groups(schema) + ExtensionSQL.groups(schema)
      + ObjectParagraphs.ordered(objects(keysApart: { _ in true }))
  }

  /// Each after those it is a member of.
  private var rolesInOrder: [Role] {
    DependencyOrder.sorted(schema.roles, name: \.name.name) { $0.memberOf.map(\.role) }
  }

  private static let settings = """
    SET check_function_bodies = false;
    SET client_min_messages = warning;
    SELECT pg_catalog.set_config('search_path', '', false);
    """

  /// In the order of ``ObjectKind``.
  ///
  /// - Parameter keysApart: whether a table's keys get statements of their own.
  private func objects(keysApart: (Table) -> Bool) -> [ObjectParagraphs] {
    // Functions that read and print a type name it before it is defined.
    var groups = precedences.groups(schema.shellTypes, ShellTypeSQL.paragraphs)
    groups += ShellTypeSQL.announcements(schema)
    groups += precedences.groups(schema.collations, CollationSQL.paragraphs)
    groups += precedences.groups(schema.enums, TypeSQL.paragraphs)
    groups += precedences.groups(schema.scalarTypes, ScalarTypeSQL.paragraphs)
    groups += precedences.groups(schema.rangeTypes, RangeTypeSQL.paragraphs)
    groups += precedences.groups(schema.compositeTypes, CompositeTypeSQL.paragraphs)
    groups += precedences.groups(schema.domains, TypeSQL.paragraphs)
    groups += precedences.groups(schema.textSearchParsers, TextSearchSQL.paragraphs)
    groups += precedences.groups(schema.textSearchTemplates, TextSearchSQL.paragraphs)
    groups += precedences.groups(schema.textSearchDictionaries, TextSearchSQL.paragraphs)
    groups += precedences.groups(schema.textSearchConfigurations, TextSearchSQL.paragraphs)
    groups += precedences.groups(schema.foreignDataWrappers, ForeignSQL.paragraphs)
    groups += precedences.groups(schema.foreignServers, ForeignSQL.paragraphs)
    groups += precedences.groups(schema.userMappings, ForeignSQL.paragraphs)
    groups += precedences.groups(schema.sequences, SequenceSQL.paragraphs)
    groups += precedences.groups(schema.languages, LanguageSQL.paragraphs)
    groups += precedences.groups(schema.routines, RoutineSQL.paragraphs)
    groups += precedences.groups(schema.aggregates, AggregateSQL.paragraphs)
    groups += precedences.groups(schema.accessMethods, LanguageSQL.paragraphs)
    groups += precedences.groups(schema.operators, OperatorSQL.paragraphs)
    groups += precedences.groups(schema.operatorFamilies, OperatorSQL.paragraphs)
    groups += precedences.groups(schema.operatorClasses, OperatorSQL.paragraphs)
    groups += schema.operatorFamilies.map { ObjectParagraphs(of: $0.reference, OperatorSQL.members(of: $0)) }
    groups += precedences.groups(schema.casts, LanguageSQL.paragraphs)
    groups += precedences.groups(schema.conversions, LanguageSQL.paragraphs)
    groups += precedences.groups(schema.transforms, LanguageSQL.paragraphs)
    groups += made.roots.flatMap { table($0, root) }
    groups += order.partitions.flatMap { table($0, partition) }
    groups += late.groups
    // After the partitions, one of which may own a sequence.
    groups += schema.sequences.map { ObjectParagraphs(of: $0.reference, SequenceSQL.ownership($0)) }
    groups += shares
    groups += order.all.filter(keysApart).flatMap(keys)
    groups += order.all.flatMap { table in indexes(indexesInTurn(table), of: table) }
    groups += order.all.flatMap(exclusions) + attachments + order.all.flatMap(foreignKeys)
    groups += order.all.map { ObjectParagraphs(of: $0.reference, TableSettingsSQL.indexes($0)) }
    let views = schema.views.filter { !$0.isMaterialized } + schema.views.filter(\.isMaterialized)
    groups += precedences.groups(views, ViewSQL.paragraphs)
    groups += schema.views.flatMap { view in
      view.indexes.map {
        ObjectParagraphs(of: $0.reference(in: view.name), IndexSQL.paragraphs([$0], on: view.name))
      }
    }
    groups += schema.views.map { ObjectParagraphs(of: $0.reference, ViewSQL.clustering($0)) }
    groups += order.all.flatMap { rulesAndTriggers($0.rules, $0.triggers, of: $0.name) }
    groups += schema.views.flatMap { rulesAndTriggers($0.rules, $0.triggers, of: $0.name) }
    groups += order.all.map {
      ObjectParagraphs(of: $0.reference, TriggerSQL.inherited(by: $0) + TriggerSQL.attached(to: $0))
    }
    groups += precedences.groups(schema.statistics, StatisticsSQL.paragraphs)
    groups += precedences.groups(schema.publications, ReplicationSQL.paragraphs)
    groups += precedences.groups(schema.subscriptions, ReplicationSQL.paragraphs)
    groups += schema.tables.flatMap { table in
      precedences.groups(table.policies, of: table.name) { PolicySQL.paragraphs($0, on: table.name) }
    }
    groups += precedences.groups(schema.defaultPrivileges, DefaultPrivilegesSQL.paragraphs)
    groups += precedences.groups(schema.changedPrivileges, ChangedPrivilegesSQL.paragraphs)
    groups += precedences.groups(schema.securityLabels, DefaultPrivilegesSQL.paragraphs)
    // Last of what could fire while the rest is made.
    groups += schema.eventTriggers.map { ObjectParagraphs(of: $0.reference, TriggerSQL.paragraphs($0)) }
    groups += precedences.groups(schema.database) { DatabaseSQL.paragraphs($0) }
    return groups
  }

  /// A table, then those of its defaults and checks that need something which needs the table first.
  private func table(_ table: Table, _ paragraphs: (Table) -> [String]) -> [ObjectParagraphs] {
    var table = table
    let own = ObjectReference(kind: .table, table.name)
    var needs = precedences[own]
    var late: [ObjectParagraphs] = []
    for (position, column) in table.columns.enumerated() {
      let reference = ObjectReference(kind: .column, table.name, member: column.name)
      let needed = precedences[reference]
      guard !needed.isEmpty else { continue }
      if case .default(let expression) = column.value {
        table.columns[position].value = .none
        late.append(
          ObjectParagraphs(
            reference, needs: needed + [own],
            [TableSQL.setDefault(expression, of: column.name, in: table.name)]))
      } else {
        needs += needed
      }
    }
    for check in table.checks {
      let reference = ObjectReference(kind: .checkConstraint, table.name, member: check.name)
      let needed = precedences[reference]
      guard !needed.isEmpty else { continue }
      let statement = ConstraintSQL.add(check, to: table)
      table.checks.removeAll { $0.name == check.name }
      late.append(
        ObjectParagraphs(
          reference, needs: needed + [own], constraint(statement, check.name, of: table, check.comment)))
    }
    return [ObjectParagraphs(own, needs: needs, paragraphs(table))] + late
  }

  private func rulesAndTriggers(
    _ rules: [RewriteRule], _ triggers: [Trigger], of owner: ObjectName
  ) -> [ObjectParagraphs] {
    rules.map { ObjectParagraphs(of: $0.reference(in: owner), TriggerSQL.paragraphs($0, on: owner)) }
      + triggers.map { ObjectParagraphs(of: $0.reference(in: owner), TriggerSQL.paragraphs($0, on: owner)) }
  }

  private func indexes(_ indexes: [TableIndex], of table: Table) -> [ObjectParagraphs] {
    indexes.map { index in
      ObjectParagraphs(
        of: index.reference(in: table.name),
        IndexSQL.paragraphs([index], on: table.name, isPartitioned: table.partitionKey != nil))
    }
  }

  /// Partitions' shares of indexes of which something is said, the deepest first, and the indexes that must have their
  /// names before the server invents some for shares.
  ///
  /// To an undo the shares are not of interest: it finds them made, or makes them along with their table's index.
  private var shares: [ObjectParagraphs] {
    let shares = AttachedIndexSQL(order)
    return order.partitions.flatMap { table in
      indexes(table.indexes.filter { shares.mustPrecede($0, of: table) }, of: table)
    }
      + order.partitions.reversed().filter { $0.attached != AttachedIndexes() }.map { table in
        ObjectParagraphs(of: nil, shares.paragraphs(of: table))
      }
  }

  /// What makes shares of indexes that are not valid, as not every partition has one.
  private var attachments: [ObjectParagraphs] {
    let shares = AttachedIndexSQL(order)
    return order.partitions.compactMap { table in
      let statements = shares.attachments(of: table)
      return statements.isEmpty ? nil : ObjectParagraphs(of: nil, statements.map { $0 + ";" })
    }
  }

  /// The indexes that need not be made before their turn.
  private func indexesInTurn(_ table: Table) -> [TableIndex] {
    guard table.partition != nil, !table.indexes.isEmpty else { return table.indexes }
    let shares = AttachedIndexSQL(order)
    return table.indexes.filter { !shares.mustPrecede($0, of: table) }
  }

  private func root(_ table: Table) -> [String] {
    TableSQL.paragraphs(
      table, parent: made.table(named:), areSettingsApart: late.isParent(table.name))
  }

  private func partition(_ table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let paragraphs = TableSQL.paragraphs(
      table, inheritedChecks: order.inheritedChecks(of: table),
      inheritedIdentities: order.inheritedIdentities(of: table))
    guard let place = table.partition else { return paragraphs }
    let attach = """
      ALTER TABLE ONLY \(dialect.name(place.parent))
        ATTACH PARTITION \(dialect.name(table.name)) \(place.bounds);
      """
    return paragraphs + [attach]
  }

  private func keys(_ table: Table) -> [ObjectParagraphs] {
    table.keys.map { key in
      ObjectParagraphs(
        ObjectReference(kind: key.kind, table.name, member: key.name),
        needs: [ObjectReference(kind: .table, table.name)],
        constraint(ConstraintSQL.add(key, to: table), key.name, of: table, key.comment)
          + ConstraintSQL.sayings(of: key.index, key.name, in: table.name)
          + TriggerSQL.recheck(of: key, on: table.name))
    }
  }

  private func exclusions(_ table: Table) -> [ObjectParagraphs] {
    table.exclusions.map { exclusion in
      ObjectParagraphs(
        of: exclusion.reference(in: table.name),
        constraint(ConstraintSQL.add(exclusion, to: table), exclusion.name, of: table, exclusion.comment)
          + ConstraintSQL.sayings(of: exclusion.index, exclusion.name, in: table.name))
    }
  }

  private func foreignKeys(_ table: Table) -> [ObjectParagraphs] {
    table.foreignKeys.map { key in
      ObjectParagraphs(
        of: key.reference(in: table.name),
        constraint(ConstraintSQL.add(key, to: table), key.name, of: table, key.comment)
          + TriggerSQL.triggers(of: key, on: table.name))
    }
  }

  private func constraint(
    _ statement: String, _ name: String, of table: Table, _ comment: Comment?
  ) -> [String] {
    [statement + ";"] + CommentSQL.onConstraint(name, of: table.name, comment)
  }
}
