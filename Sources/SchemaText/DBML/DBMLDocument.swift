import SchemaModel

/// What a DBML text says, as it says it.
package struct DBMLDocument: Hashable, Sendable {
  /// The word behind `database_type` of the project, as written.
  package var databaseType: String?
  package var project: String?
  package var projectNote: String?
  /// In the order of the text.
  package var tables: [DBMLTable] = []
  package var partials: [DBMLTable] = []
  package var enums: [DBMLEnum] = []
  package var references: [DBMLReference] = []
  package var groups: [DBMLGroup] = []
  package var views: [String] = []
  package var stickyNotes: [String: String] = [:]
  package var imports: [DBMLImport] = []
  /// The tables that rows are given for; the rows are data and not kept.
  package var recordedTables: [ObjectName] = []

  package init() {}
}

/// A `Table` or `TablePartial`.
package struct DBMLTable: Hashable, Sendable {
  package var name: ObjectName
  package var alias: String?
  package var note: String?
  package var columns: [DBMLColumn] = []
  package var indexes: [DBMLIndex] = []
  package var checks: [DBMLCheck] = []
  /// Settings without a meaning for the structure: colours and metadata of the user.
  package var metadata: [String: String] = [:]
  /// The partials it takes in, each with how many columns of its own stand before it.
  package var injections: [DBMLInjection] = []
  package var position: TextPosition

  init(_ name: ObjectName, at position: TextPosition) {
    self.name = name
    self.position = position
  }
}

/// `~partial` inside a table.
package struct DBMLInjection: Hashable, Sendable {
  package var partial: String
  /// How many columns of the table's own stand before it.
  package var columnCountBefore: Int
  package var position: TextPosition
}

/// A column with its settings.
package struct DBMLColumn: Hashable, Sendable {
  package var name: String
  /// As written, without quotation marks: `varchar(20)`, `app.status`, `int[]`.
  package var type: String
  package var isPrimaryKey = false
  /// `nil` when the text does not say.
  package var isNotNull: Bool?
  package var isUnique = false
  package var isIncrement = false
  package var defaultValue: DBMLDefault?
  package var note: String?
  package var checks: [DBMLCheck] = []
  package var references: [DBMLReference] = []
  package var metadata: [String: String] = [:]
  package var position: TextPosition

  init(_ name: String, type: String, at position: TextPosition) {
    self.name = name
    self.type = type
    self.position = position
  }
}

/// What stands behind `default:`.
package enum DBMLDefault: Hashable, Sendable {
  /// As written, with its sign.
  case number(String)
  case string(String)
  /// The text between backticks.
  case expression(String)
  case boolean(Bool)
  case null
  /// `status.active`: the last part.
  case enumValue(String)
}

/// `expression` under `check:` or in a `checks` block.
package struct DBMLCheck: Hashable, Sendable {
  package var expression: String
  package var name: String?
  package var position: TextPosition
}

/// A line of an `indexes` block.
package struct DBMLIndex: Hashable, Sendable {
  package var keys: [IndexKey.Subject]
  package var isPrimaryKey = false
  package var isUnique = false
  package var name: String?
  /// `btree`, `hash`..., lower case.
  package var method: String?
  package var note: String?
  package var position: TextPosition

  init(_ keys: [IndexKey.Subject], at position: TextPosition) {
    self.keys = keys
    self.position = position
  }
}

/// An `Enum`.
package struct DBMLEnum: Hashable, Sendable {
  package var name: ObjectName
  package var labels: [String] = []
  package var note: String?
  package var position: TextPosition
}

/// A relation between two tables, inline, short or long.
package struct DBMLReference: Hashable, Sendable {
  /// How many rows of the left meet how many of the right.
  package enum Multiplicity: Hashable, Sendable {
    /// `>`: the left refers to the right.
    case manyToOne
    /// `<`: the right refers to the left.
    case oneToMany
    /// `-`: the right refers to the left, or the column that carries it.
    case oneToOne
    /// `<>`.
    case manyToMany
  }

  /// One end: columns of a table.
  package struct End: Hashable, Sendable {
    package var table: ObjectName
    package var columns: [String]
    /// Whether the sign `?` stands on this side.
    package var isOptional = false
  }

  package var name: String?
  package var left: End
  package var right: End
  package var multiplicity: Multiplicity
  /// Whether it stands in the settings of the left end's column.
  package var isInline = false
  /// Whether it is drawn and not meant to be a key.
  package var isInactive = false
  package var onDelete: ForeignKey.Action?
  package var onUpdate: ForeignKey.Action?
  package var position: TextPosition
}

/// A `TableGroup`.
package struct DBMLGroup: Hashable, Sendable {
  package var name: String
  package var tables: [ObjectName] = []
  package var note: String?
}

/// `use` or `reuse ... from 'file'`.
package struct DBMLImport: Hashable, Sendable {
  /// The file's path, as written.
  package var path: String
  package var position: TextPosition
}
