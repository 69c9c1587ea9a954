import SchemaModel

extension PostgresCatalog {
  /// Tables, partitioned tables, views and materialized views, without what belongs to them.
  func relations() throws(EngineError) -> PostgresRelations {
    let result = try answer(to: relationsQuery)
    var found = PostgresRelations()
    found.collations = try collationNames()
    for row in result.rows {
      let oid = row.number(0)
      let name = ObjectName(schema: row.text(1), row.text(2))
      found.relations[oid] = PostgresRelations.Relation(name: name)
      switch row.text(3) {
      case "v", "m":
        var view = View(named: name)
        view.isMaterialized = row.text(3) == "m"
        view.options = row.options(9)
        view.comment = row.comment(10)
        view.extensions = dependents.take("pg_class", oid)
        view.toastOptions = row.options(13)
        view.accessMethod = row.optional(16)
        view.tablespace = row.optional(17)
        view.rights = row.rights(11)
        view.isPopulated = row.flag(23)
        found.views[oid] = view
        addresses.note("pg_class", oid, as: ObjectReference(kind: view.kind, name))
      default:
        var table = Table(named: name)
        table.isUnlogged = row.text(4) == "u"
        table.partitionKey = row.expression(5)
        if let bounds = row.expression(6) {
          table.partition = PartitionBounds(
            parent: ObjectName(schema: row.text(7), row.text(8)), bounds: bounds)
        }
        table.options = row.options(9)
        table.toastOptions = row.options(13)
        table.rowType = row.optional(15).map { ObjectName(schema: row.text(14), $0) }
        table.accessMethod = row.optional(16)
        table.tablespace = row.optional(17)
        table.foreignServer = row.optional(19)
        table.foreignOptions = row.foreignOptions(20)
        switch row.text(18) {
        case "f": table.replicaIdentity = .full
        // Of a foreign table nothing is logged, whatever it says.
        case "n" where table.foreignServer == nil: table.replicaIdentity = .nothing
        case _: break
        }
        table.comment = row.comment(10)
        table.rights = row.rights(11)
        table.hasRowSecurity = row.flag(21)
        table.forcesRowSecurity = row.flag(22)
        table.columns.reserveCapacity(row.number(24))
        found.tables[oid] = table
        addresses.note("pg_class", oid, as: ObjectReference(kind: .table, name))
      }
    }
    return found
  }

  /// The rows of relations.
  var relationsQuery: String {
    """
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence,
      CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
      CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END,
      pn.nspname, pc.relname, \(Self.options("c.reloptions")),
      comment.description, \(Self.owner("c.relowner")), \(Self.privileges("c.relacl", kind: "'r'", owner: "c.relowner")),
      \(Self.options("toast.reloptions")), tn.nspname, typed.typname,
      CASE WHEN am.amname <> 'heap' OR c.relkind = 'p' THEN am.amname END, space.spcname, c.relreplident, place.srvname,
      \(Self.foreignOptions("remote.ftoptions")), c.relrowsecurity, c.relforcerowsecurity,
      c.relispopulated, c.relnatts
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
    LEFT JOIN pg_type typed ON typed.oid = c.reloftype
    LEFT JOIN pg_namespace tn ON tn.oid = typed.typnamespace
    LEFT JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
    LEFT JOIN pg_foreign_table remote ON remote.ftrelid = c.oid
    LEFT JOIN pg_foreign_server place ON place.oid = remote.ftserver
    LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
    LEFT JOIN pg_class pc ON pc.oid = i.inhparent
    LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    \(Self.joinComment(catalog: "pg_class", oid: "c.oid"))
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_class", oid: "c.oid"))
    """
  }
}
