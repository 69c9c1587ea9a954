import Engines
import SchemaModel
import SchemaText

/// Counts rows, table by table, without believing any statistics.
enum RowCounts {
  /// Rows of each table that stores rows itself.
  static func read(_ tables: [Table], on session: any DatabaseSession) throws -> [ObjectName: Int] {
    var counts: [ObjectName: Int] = [:]
    for table in tables where table.holdsRows {
      let only = session.engine == .postgreSQL ? "ONLY " : ""
      counts[table.name] = try session.number(
        "SELECT count(*) FROM \(only)\(SQLDialect(session.engine).name(table.name))")
    }
    return counts
  }
}
