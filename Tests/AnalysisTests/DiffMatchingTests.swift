import Analysis
import SchemaModel
import Testing

/// How objects find their counterparts when names or engines differ.
@Suite struct DiffMatchingTests {
  private let drawn = Schema.drawn(
    .drawn("users", .drawn("id"), .drawn("name", "text"), .drawn("age")),
    .drawn("tasks", .drawn("id"), .drawn("user_id"), keys: .drawn("user_id", to: "users")))

  @Test func `a constraint or index that differs only in its name is one cosmetic difference`() {
    let blueprint = drawn.changing("tasks") { table in
      table.checks = [Self.check("positive", "id > 0")]
      table.indexes = [Self.index("by_user", "user_id")]
      table.uniqueConstraints = [Self.unique("once", "user_id")]
    }
    let live = drawn.changing("tasks") { table in
      table.primaryKey?.name = "pk"
      table.checks = [Self.check("tasks_check", "id > 0")]
      table.indexes = [Self.index("tasks_user_id_idx", "user_id")]
      table.uniqueConstraints = [Self.unique("tasks_user_id_key", "user_id")]
      table.foreignKeys[0].name = "fk"
    }
    #expect(
      Diff.compare(from: blueprint, to: live).lines == [
        "primary key public.tasks.tasks_pkey: name: tasks_pkey -> pk (cosmetic)",
        "unique constraint public.tasks.once: name: once -> tasks_user_id_key (cosmetic)",
        "foreign key public.tasks.user_id_fkey: name: user_id_fkey -> fk (cosmetic)",
        "check constraint public.tasks.positive: name: positive -> tasks_check (cosmetic)",
        "index public.tasks.by_user: name: by_user -> tasks_user_id_idx (cosmetic)",
      ])
  }

  @Test func `a constraint that changed both name and meaning is missing and unexpected`() {
    let live = drawn.changing("tasks") { table in
      table.foreignKeys[0].name = "fk"
      table.foreignKeys[0].onDelete = .cascade
    }
    #expect(
      Diff.compare(from: drawn, to: live).lines == [
        "foreign key public.tasks.fk: unexpected (breaks a restore)",
        "foreign key public.tasks.user_id_fkey: missing (breaks a restore)",
      ])
  }

  @Test func `constraints that were never named match by what they demand`() {
    let unnamed = drawn.changing("tasks") { table in
      table.checks = [
        Self.check("check 1", "id > 0", named: false), Self.check("check 2", "id < 9", named: false),
      ]
    }
    let reversed = drawn.changing("tasks") { table in
      table.checks = [Self.check("one", "id < 9", named: false), Self.check("two", "id > 0", named: false)]
    }
    #expect(Diff.compare(from: unnamed, to: reversed).verdict == .same)
  }

  @Test func `equal constraints without a name are counted, not folded into one`() {
    let twice = drawn.changing("tasks") { table in
      table.checks = [Self.check("c", "id > 0", named: false), Self.check("c", "id > 0", named: false)]
    }
    let once = drawn.changing("tasks") { $0.checks = [Self.check("c", "id > 0", named: false)] }
    #expect(
      Diff.compare(from: twice, to: once).lines
        == ["check constraint public.tasks.c: missing (breaks a restore)"])
  }

  @Test func `an index that refuses rows is worse to miss than one that finds them`() {
    let blueprint = drawn.changing("tasks") { table in
      table.indexes = [Self.index("plain", "user_id"), Self.index("unique", "user_id", isUnique: true)]
    }
    #expect(
      Diff.compare(from: blueprint, to: drawn).lines == [
        "index public.tasks.plain: missing (performance)",
        "index public.tasks.unique: missing (breaks a restore)",
      ])
    let live = blueprint.changing("tasks") { table in
      table.indexes[0].predicate = "user_id > 0"
      table.indexes[1].predicate = "user_id > 0"
    }
    #expect(
      Diff.compare(from: blueprint, to: live).differences.map(\.severity) == [.performance, .breaksRestore])
  }

  @Test func `a column or table equal but for its name is guessed to be renamed`() {
    var live = drawn.changing("users") { $0.columns[1].name = "full_name" }
    live.tables[0].name.name = "todos"
    #expect(
      Diff.compare(from: drawn, to: live).lines == [
        "table public.tasks: missing (breaks a restore, perhaps renamed to public.todos)",
        "table public.todos: unexpected (breaks a restore, perhaps renamed from public.tasks)",
        "column public.users.full_name: unexpected (breaks a restore, perhaps renamed from name)",
        "column public.users.name: missing (breaks a restore, perhaps renamed to full_name)",
      ])
  }

  @Test func `nothing is guessed between several that are alike, nor between unlike ones`() {
    let live = drawn.changing("users") { table in
      table.columns[1].name = "full_name"
      table.columns.append(.drawn("nick", "text"))
    }
    #expect(Diff.compare(from: drawn, to: live).differences.allSatisfy { $0.renameGuess == nil })
    let retyped = drawn.changing("users") { table in
      table.columns[1].name = "full_name"
      table.columns[1].type = "uuid"
    }
    #expect(Diff.compare(from: drawn, to: retyped).differences.allSatisfy { $0.renameGuess == nil })
  }

  @Test func `two engines are compared in what both can say and the verdict admits the rest`() {
    let embedded = Self.embedded(drawn)
    let comparison = Diff.compare(from: drawn, to: embedded)
    #expect(comparison.lines == [])
    #expect(comparison.verdict == .couldNotTell)
    #expect(comparison.limits.contains("types are not compared between engines"))
    #expect(!comparison.limits.contains("check constraints are not compared between engines"))
  }

  @Test func `a real difference between two engines is found`() {
    var embedded = Self.embedded(drawn)
    embedded.tables[0].foreignKeys[0].onDelete = .cascade
    embedded.tables[1].columns[1].isNotNull = false
    #expect(
      Diff.compare(from: drawn, to: embedded).lines == [
        "foreign key tasks.user_id_fkey: on delete: no action -> cascade (breaks an application)",
        "column users.name: not null: yes -> no (breaks a restore)",
      ])
  }

  /// The schema as SQLite would hold it: no schemas, other types, constraints without names.
  private static func embedded(_ schema: Schema) -> Schema {
    var embedded = schema
    embedded.engine = .sqlite
    for position in embedded.tables.indices {
      embedded.tables[position].name.schema = nil
      for column in embedded.tables[position].columns.indices {
        embedded.tables[position].columns[column].type = "ANY"
        if column == 0 { embedded.tables[position].columns[column].isNotNull = false }
      }
      embedded.tables[position].primaryKey?.name = "primary key"
      for key in embedded.tables[position].foreignKeys.indices {
        embedded.tables[position].foreignKeys[key].isNamed = false
        embedded.tables[position].foreignKeys[key].referencedTable.schema = nil
      }
    }
    return embedded
  }

  private static func check(_ name: String, _ expression: String, named: Bool = true) -> CheckConstraint {
    var check = CheckConstraint(named: name)
    check.expression = expression
    check.isNamed = named
    return check
  }

  private static func index(_ name: String, _ column: String, isUnique: Bool = false) -> TableIndex {
    var index = TableIndex(named: name)
    index.keys = [IndexKey(.column(column))]
    index.isUnique = isUnique
    return index
  }

  private static func unique(_ name: String, _ column: String) -> KeyConstraint {
    var key = KeyConstraint(named: name)
    key.columns = [column]
    return key
  }
}
