import Engines
import SchemaModel
import SchemaText

/// Breaks a database on purpose, the way it happens in life: past the engine's own checks.
struct PlantedFlaws {
  let session: any DatabaseSession
  let schema: Schema
  private var dialect: SQLDialect { SQLDialect(schema.engine) }

  init(_ session: any DatabaseSession, schema: Schema) {
    self.session = session
    self.schema = schema
  }

  /// Rows that have no parent any more.
  struct Orphans {
    var key: ConstraintReference
    var database: String
    /// All there are of that key, also those that were there before.
    var rowCount: Int
  }

  /// Removes a row that others refer to; `nil` when nothing refers to anything.
  func plantOrphan() throws -> Orphans? {
    switch schema.engine {
    case .postgreSQL: try session.execute("SET session_replication_role = replica")
    case .sqlite: try session.execute("PRAGMA foreign_keys = OFF")
    }
    for table in schema.tables where table.partition == nil {
      for key in table.foreignKeys where key.isVouchedFor && !key.isTemporal {
        guard key.referencedTable != table.name, try removeParent(of: key, in: table) else { continue }
        let query = ViolationQuery.foreignKey(key, of: table, in: schema)
        return Orphans(
          key: query.constraint, database: session.databaseName, rowCount: try session.number(query.countSQL))
      }
    }
    return nil
  }

  private func removeParent(of key: ForeignKey, in table: Table) throws -> Bool {
    let parent = dialect.name(key.referencedTable)
    let matches = zip(key.columns, key.referencedColumns).map {
      "c.\(dialect.identifier($0)) = p.\(dialect.identifier($1))"
    }
    let identity = schema.engine == .postgreSQL ? "tableoid, %.ctid" : "rowid"
    let place = "(p." + identity.replacing("%", with: "p") + ")"
    let found = "(d." + identity.replacing("%", with: "d") + ")"
    let condition = matches.joined(separator: " AND ")
    do throws(EngineError) {
      return try session.changedRowCount(
        """
        DELETE FROM \(parent) AS d WHERE \(found) IN (
          SELECT \(place.dropFirst().dropLast()) FROM \(parent) AS p JOIN \(dialect.name(table.name)) AS c ON \(condition) LIMIT 1)
        """) > 0
    } catch {
      guard error.isAboutOneObject else { throw error }
      return false
    }
  }

  /// Drops a constraint, or an index where an engine drops no constraints; its name, `nil` when there is none to drop.
  func dropConstraint(except kept: ConstraintReference?) throws -> String? {
    for table in schema.tables where table.partition == nil {
      let name = dialect.name(table.name)
      switch schema.engine {
      case .postgreSQL:
        let candidates =
          table.checks.map(\.name) + table.foreignKeys.map(\.name).filter { $0 != kept?.name }
          + table.uniqueConstraints.map(\.name)
        for candidate in candidates {
          let statement = "ALTER TABLE \(name) DROP CONSTRAINT \(dialect.identifier(candidate))"
          guard try !isDone(statement) else { return candidate }
        }
      case .sqlite:
        for index in table.indexes where try isDone("DROP INDEX \(dialect.identifier(index.name))") {
          return index.name
        }
      }
    }
    return nil
  }

  private func isDone(_ statement: String) throws -> Bool {
    do throws(EngineError) {
      try session.execute(statement)
      return true
    } catch {
      guard error.isAboutOneObject else { throw error }
      return false
    }
  }
}
