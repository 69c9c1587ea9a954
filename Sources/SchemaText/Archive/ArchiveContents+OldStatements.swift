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

  /// Gives everybody what everybody may do in the schema `public` of a new database.
  ///
  /// Dumps say what is different from that, also those that make the schema: they count on its being there.
  package static let publicGrant = """
    DO $$ BEGIN EXECUTE CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 150000 \
    THEN 'GRANT ALL' ELSE 'GRANT USAGE' END || ' ON SCHEMA public TO PUBLIC'; END $$
    """

  /// Grants in the schema `public`, which go by what everybody may do there; empty where there are none.
  package var publicGrants: String {
    entries.filter { $0.kind == "ACL" && $0.name == "SCHEMA public" }.map(\.definition).joined()
  }

  /// Tables whose rows begin with an object identifier, which no server has kept since PostgreSQL 12.
  package var tablesWithObjectIdentifiers: [String] {
    entries.filter { $0.copyStatement.contains(") WITH OIDS FROM stdin") }.map(\.name)
  }
}
