import SchemaModel
import SchemaText

extension PostgresConnection {
  /// Switches the users' own triggers of these tables off, until the end of the transaction or the returned
  /// statements; takes a SHARE ROW EXCLUSIVE lock on tables that have any.
  ///
  /// - Returns: what puts each back to what it was.
  package func silenceTriggers(of tables: [ObjectName]) throws(EngineError) -> [String] {
    guard !tables.isEmpty else { return [] }
    let dialect = SQLDialect.postgreSQL
    let names = tables.map { "\(dialect.literal(dialect.name($0)))::pg_catalog.regclass" }
    let triggers = try rows(
      """
      SELECT n.nspname, c.relname, t.tgname, t.tgenabled
      FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgrelid IN (\(names.joined(separator: ", ")))
      """)
    var restoration: [String] = []
    for trigger in triggers.map({ $0.map { $0 ?? "" } }) {
      let alter = "ALTER TABLE ONLY \(dialect.name(ObjectName(schema: trigger[0], trigger[1])))"
      let name = "TRIGGER \(dialect.identifier(trigger[2]))"
      try execute("\(alter) DISABLE \(name)")
      let mode = trigger[3] == "A" ? "ALWAYS " : trigger[3] == "R" ? "REPLICA " : ""
      restoration.append("\(alter) ENABLE \(mode)\(name)")
    }
    // A table cannot be altered while checks on it are put off to the end.
    return restoration.isEmpty ? [] : ["SET CONSTRAINTS ALL IMMEDIATE"] + restoration
  }
}
