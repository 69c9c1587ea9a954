import SchemaModel

/// Works out what makes a found SQLite database what another schema says.
struct SQLiteUndo {
  private(set) var statements: [UndoStatement] = []
  private(set) var notUndoable: [NotUndoable] = []

  init(making found: Schema, into expected: Schema) {
  }
}
