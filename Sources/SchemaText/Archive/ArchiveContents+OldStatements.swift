extension ArchiveContents.Entry {
  /// An entry that holds nothing but data.
  package init(id: Int, name: String, kind: String, data: ArchiveContents.DataPlace) {
    self.init(
      id: id, name: name, kind: kind, section: .data, part: .data, definition: "", copyStatement: "",
      tablespace: "", owner: "", dependencies: [], data: data)
  }

  /// Has the entry's statements run in its own schema, as they must where they do not name it.
  ///
  /// A `COPY` is made to name it: it is run by connections that look for names nowhere.
  mutating func runInOwnSchema() {
    guard let schema else { return }
    runsInSchema = schema
    let copy = "COPY "
    guard copyStatement.hasPrefix(copy), !copyNamesSchema else { return }
    copyStatement =
      copy + SQLDialect.postgreSQL.identifier(schema) + "." + copyStatement.dropFirst(copy.count)
  }
}

extension ArchiveContents {
  /// Whether it makes the schema `public`, which every new database has: archives of pg_dump before version 11 do,
  /// and dumps of chosen schemas.
  package var makesPublicSchema: Bool {
    entries.contains { entry in
      entry.kind == "SCHEMA" && entry.name == "public" && entry.definition.contains("CREATE SCHEMA public;")
    }
  }

  /// Tables whose rows begin with an object identifier, which no server has kept since PostgreSQL 12.
  package var tablesWithObjectIdentifiers: [String] {
    entries.filter { $0.copyStatement.contains(") WITH OIDS FROM stdin") }.map(\.name)
  }
}
