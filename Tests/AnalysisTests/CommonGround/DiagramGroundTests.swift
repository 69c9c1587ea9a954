import Analysis
import SchemaModel
import Testing

/// A diagram is compared in what it draws, with what its words may mean.
@Suite struct DiagramGroundTests {
  private static let live: Schema = .drawn(
    .drawn(
      "users", .drawn("id"), .drawn("email", "character varying(80)"), .drawn("nick", "text", notNull: false)),
    .drawn(
      "posts", .drawn("id"), .drawn("user_id"), .drawn("title", "text"), keys: .drawn("user_id", to: "users"))
  )

  /// What a diagram of it may look like: columns without NOT NULL, no keys but by marks and lines.
  private func drawing(
    _ change: (inout Schema, inout Diagram) -> Void = { _, _ in }
  ) -> Schema {
    var diagram = Diagram()
    diagram.marks = [.primaryKey, .foreignKey]
    diagram.relations = [DrawnRelation(.users, .exactlyOne, .zeroOrMore, .posts, label: "writes")]
    diagram.foreignColumns = [ColumnReference(table: .posts, column: "user_id")]
    var schema = Self.live
    for position in schema.tables.indices {
      schema.tables[position].foreignKeys = []
      schema.tables[position].primaryKey?.isNamed = false
      for index in schema.tables[position].columns.indices {
        schema.tables[position].columns[index].isNotNull = false
      }
    }
    change(&schema, &diagram)
    schema.expressiveness = .diagram(diagram)
    return schema
  }

  private func lines(_ drawn: Schema, _ live: Schema = live) -> [String] {
    Diff.compare(from: drawn, to: live).lines
  }

  @Test func `it is the same when all it draws agrees, from either side`() {
    let comparison = Diff.compare(from: drawing(), to: Self.live)
    #expect(comparison.lines == [])
    #expect(comparison.verdict == .same)
    #expect(
      comparison.scope == [
        "compared: tables, columns and their types, primary keys, relations with their cardinality; a Mermaid diagram "
          + "says no more"
      ])
    #expect(Diff.compare(from: Self.live, to: drawing()).verdict == .same)
    #expect(Diff.compare(from: drawing(), to: drawing()).verdict == .same)
  }

  @Test func `tables and columns of only one side are told`() {
    #expect(lines(drawing(), .drawn(Self.live.tables[1])).count == 1)
    #expect(
      lines(drawing { schema, _ in schema.tables[1].columns.removeLast() }) == [
        "column public.users.nick: unexpected (breaks a restore)"
      ])
    #expect(
      lines(drawing { schema, _ in schema.tables[1].columns.append(.drawn("extra")) }) == [
        "column public.users.extra: missing (breaks a restore)"
      ])
    let more = Schema.drawn(Self.live.tables[0], Self.live.tables[1], .drawn("more", .drawn("id")))
    #expect(lines(drawing(), more) == ["table public.more: unexpected (breaks a restore)"])
  }

  @Test func `names match by case and signs, by alias, and in another schema, when only one fits`() {
    let renamed = drawing { schema, diagram in
      schema.tables[1].name = ObjectName(schema: "public", "USERS")
      schema.tables[1].columns[0].name = "ID"
      diagram.relations[0].first = ObjectName(schema: "public", "USERS")
    }
    #expect(lines(renamed) == [])
    let aliased = drawing { schema, diagram in
      schema.tables[1].name = ObjectName(schema: "public", "u")
      diagram.aliases = [ObjectName(schema: "public", "u"): "Users"]
      diagram.relations[0].first = ObjectName(schema: "public", "u")
    }
    #expect(lines(aliased) == [])
    var moved = Self.live
    for position in moved.tables.indices {
      moved.tables[position].name.schema = "app"
      for key in moved.tables[position].foreignKeys.indices {
        moved.tables[position].foreignKeys[key].referencedTable.schema = "app"
      }
    }
    #expect(lines(drawing(), moved) == [])
  }

  @Test func `singular and plural, camel and snake mean one thing, and are told as names`() {
    let renamed = drawing { schema, diagram in
      schema.tables[1].name = ObjectName(schema: "public", "USER")
      schema.tables[0].columns[1].name = "userId"
      diagram.relations[0].first = ObjectName(schema: "public", "USER")
      diagram.foreignColumns = [ColumnReference(table: .posts, column: "userId")]
    }
    #expect(
      lines(renamed) == [
        "column public.posts.user_id: name: userId -> user_id (breaks an application)",
        "table public.users: name: USER -> users (breaks an application)",
      ])
    #expect(
      Diff.compare(from: Self.live, to: renamed).lines.first?.contains("name: user_id -> userId") == true)
  }

  @Test(arguments: [
    ("string", "character varying(80)", true), ("string", "integer", false),
    ("varchar", "character varying(80)", true),
    ("varchar(80)", "character varying(80)", true), ("varchar(90)", "character varying(80)", false),
    ("text", "character varying(80)", false), ("int", "integer", true), ("integer", "bigint", false),
    ("number", "bigint", true), ("number", "numeric(10,2)", true), ("number", "text", false),
    ("numeric", "numeric(10,2)", true), ("decimal(10_2)", "numeric(10,2)", true), ("float", "real", true),
    ("datetime", "timestamp with time zone", true), ("datetime", "timestamp without time zone", true),
    ("datetime", "date", false), ("timestamp", "timestamp with time zone", false),
    ("timestamptz", "timestamp(3) with time zone", true), ("bool", "boolean", true),
    ("flag", "boolean", true),
    ("guid", "uuid", true), ("json", "jsonb", false), ("object", "jsonb", true), ("blob", "bytea", true),
    ("id", "uuid", true), ("enum", "public.mood", true), ("string", "public.mood", true),
    ("mood", "public.mood", true),
    ("mood", "text", false), ("app_kind", "app.kind", true),
    ("string", "public.mail", true), ("mail", "public.mail", true), ("int", "public.mail", false),
    ("string[]", "text[]", true), ("text[]", "text", false), ("array", "text[]", true),
    ("any", "point", true),
    ("serial", "integer", true), ("long", "bigint", true), ("char", "\"char\"", true),
    ("char", "character(3)", true), ("char(2)", "character(3)", false), ("gizmo", "integer", true),
  ])
  func `a type means its spellings, an informal one its family, an unknown one nothing`(
    drawn: String, live: String, agrees: Bool
  ) {
    var real = Self.live.changing("users") { $0.columns[1].type = live }
    var mood = EnumType(named: ObjectName(schema: "public", "mood"))
    mood.labels = ["sad"]
    var kind = mood
    kind.name = ObjectName(schema: "app", "kind")
    real.enums = [kind, mood]
    var mail = DomainType(named: ObjectName(schema: "public", "mail"))
    mail.baseType = "text"
    real.domains = [mail]
    let comparison = Diff.compare(
      from: drawing { schema, _ in schema.tables[1].columns[1].type = drawn }, to: real)
    #expect((comparison.verdict == .same) == agrees, "\(comparison.lines)")
    #expect(comparison.scope.contains { $0.contains("no types of the database") } == (drawn == "gizmo"))
  }

  @Test func `a mark PK is the primary key, as a set; a diagram without the mark says nothing of it`() {
    let composite = Self.live.changing("posts") { $0.primaryKey?.columns = ["user_id", "id"] }
    #expect(
      lines(drawing(), composite).contains {
        $0.hasPrefix("primary key public.posts.posts_pkey: columns")
      })
    let turned = drawing { schema, _ in schema.tables[0].primaryKey?.columns = ["id", "user_id"] }
    #expect(!lines(turned, composite).contains { $0.hasPrefix("primary key") })
    let unmarked = drawing { schema, diagram in
      diagram.marks = []
      for position in schema.tables.indices { schema.tables[position].primaryKey = nil }
    }
    #expect(lines(unmarked, Self.live) == [])
    #expect(lines(drawing(), Self.live.changing("posts") { $0.primaryKey = nil }).count == 1)
  }

  @Test func `a mark UK is a whole unique key over the column; over several columns all of them carry it`() {
    func marked(_ columns: String...) -> Schema {
      drawing { schema, diagram in
        diagram.marks.insert(.unique)
        schema.tables[1].uniqueConstraints = columns.map { column in
          var key = KeyConstraint(named: "users_\(column)_key")
          key.isNamed = false
          key.columns = [column]
          return key
        }
      }
    }
    func keyed(_ columns: String..., isIndex: Bool = false, predicate: String? = nil) -> Schema {
      Self.live.changing("users") { table in
        var key = KeyConstraint(named: "k")
        key.columns = columns
        var index = TableIndex(named: "k")
        index.keys = columns.map { IndexKey(.column($0)) }
        index.isUnique = true
        index.predicate = predicate
        if isIndex || predicate != nil { table.indexes = [index] } else { table.uniqueConstraints = [key] }
      }
    }
    #expect(lines(marked("email"), keyed("email")) == [])
    #expect(lines(marked("email"), keyed("email", isIndex: true)) == [])
    #expect(
      lines(marked("email")) == ["unique constraint public.users.users_email_key: missing (breaks a restore)"]
    )
    #expect(lines(marked("nick"), keyed("email")).count == 2)
    #expect(lines(marked("email", "nick"), keyed("email", "nick")) == [])
    #expect(lines(marked("email"), keyed("email", "nick")).count == 1)
    #expect(lines(drawing(), keyed("email")) == [])
    let narrow = Diff.compare(from: marked("email"), to: keyed("email", predicate: "nick IS NULL"))
    #expect(narrow.verdict == .same)
    #expect(narrow.scope.contains { $0.hasSuffix("which a mark cannot say: public.users.email") })
  }

  @Test func `NOT NULL is compared where the diagram's words say it`() {
    let stated = drawing { _, diagram in
      diagram.statedNullability = [ColumnReference(table: .posts, column: "title")]
    }
    #expect(lines(stated) == ["column public.posts.title: not null: no -> yes (breaks a restore)"])
  }

  @Test func `an entity without columns, and a diagram of keys only, say nothing of other columns`() {
    let bare = drawing { schema, diagram in
      schema.tables[1].columns = []
      schema.tables[1].primaryKey = nil
    }
    let comparison = Diff.compare(from: bare, to: Self.live)
    #expect(comparison.lines == [])
    #expect(comparison.scope.contains("drawn without columns, so only by name and relations: public.users"))
    let keys = drawing { schema, diagram in
      diagram.drawsOnlyKeys = true
      schema.tables[0].columns.removeAll { $0.name == "title" }
      schema.tables[1].columns.removeAll { $0.name != "id" }
    }
    #expect(lines(keys) == [])
    let unique = Self.live.changing("users") { table in
      var key = KeyConstraint(named: "k")
      key.columns = ["email"]
      table.uniqueConstraints = [key]
    }
    #expect(lines(keys, unique) == [], "the diagram uses no mark UK")
    let moreKeys = Self.live.changing("users") { table in
      table.columns.append(.drawn("boss_id"))
      table.foreignKeys = [.drawn("boss_id", to: "users")]
    }
    #expect(lines(keys, moreKeys).contains("column public.users.boss_id: unexpected (breaks a restore)"))
  }

  @Test func `views, partitions and what cannot be drawn are no difference`() {
    var live = Self.live
    live.views = [View(named: ObjectName(schema: "public", "report"))]
    live.notCompared = [NotCompared(kind: "functions", count: 1, names: ["f"])]
    var partition = Table(named: ObjectName(schema: "public", "posts_1"))
    partition.partition = PartitionBounds(parent: .posts, bounds: "DEFAULT")
    live.tables.append(partition)
    let drawn = drawing { schema, _ in
      schema.tables.append(.drawn("report", .drawn("id")))
    }
    let comparison = Diff.compare(from: drawn, to: live)
    #expect(comparison.verdict == .same, "\(comparison.lines)")
    #expect(
      comparison.scope.suffix(2) == [
        "views in production, so not compared: public.report",
        "a diagram cannot say, and was not compared: views (1), partitions (1), functions (1)",
      ])
  }
}

extension ObjectName {
  static let users = ObjectName(schema: "public", "users")
  static let posts = ObjectName(schema: "public", "posts")
}
