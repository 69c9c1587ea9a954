import SchemaModel
package enum ERDDocument { package static func text(of schema: Schema) -> String { "erd\n" } }
package enum ERDiagram { package static func text(of schema: Schema) -> String { "erd\n" } }
package struct Configuration {
  package struct Reading { package var configuration: Configuration; package var findings: [String] }
  package var database: String?
  package var blueprint = "blueprint"
  package var backups = "backups"
  package var ledger = ".plumb/ledger.db"
  package init() {}
  package static func read(_ text: String) throws -> Reading { var c = Configuration(); for l in text.split(separator: "\n") where l.hasPrefix("database: ") { c.database = String(l.dropFirst(10)) }; return Reading(configuration: c, findings: []) }
  package static func text(database: String) -> String { "database: \(database)\n" }
}
