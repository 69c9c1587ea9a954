import SchemaModel

/// What a dump of some objects lacks: `pg_dump --table` writes what belongs to a table, and not what that depends on.
extension ArchiveContents {
  /// An entry that cannot be restored, because the dump does not hold what it needs.
  package struct Dangling: Hashable, Sendable {
    package var entry: Entry
    /// What is not there, as people call it.
    package var missing: String

    package init(entry: Entry, missing: String) {
      self.entry = entry
      self.missing = missing
    }
  }

  /// Entries that need what is not there.
  ///
  /// Where there are extensions nobody can tell what they bring along, and nothing is taken for missing.
  package var dangling: [Dangling] {
    guard !hasExtensions else { return [] }
    let tables = Set(entries.filter { Self.tableKinds.contains($0.kind) }.map(Self.name))
    let indexes = Set(
      entries.filter { $0.kind == "INDEX" || $0.kind == "CONSTRAINT" }.map { entry in
        // pg_dump calls a constraint `table constraint`.
        ObjectName(schema: entry.schema, String(entry.name.split(separator: " ").last ?? ""))
      })
    let functions = Set(
      entries.filter { $0.kind == "FUNCTION" }.map { entry in
        ObjectName(schema: entry.schema, String(entry.name.prefix { $0 != "(" }))
      })
    return entries.compactMap { entry in
      if let superior = entry.superior {
        let known = entry.kind == "INDEX ATTACH" ? indexes : tables
        return known.contains(superior) ? nil : Dangling(entry: entry, missing: "\(superior)")
      }
      guard let function = entry.calledFunction, let schema = function.schema, schema != "pg_catalog",
        !functions.contains(function)
      else { return nil }
      return Dangling(entry: entry, missing: "\(function)")
    }
  }

  /// Schemas in which tables are made, and which nothing makes.
  package var missingSchemas: [String] {
    guard !hasExtensions else { return [] }
    let made = Set(entries.filter { $0.kind == "SCHEMA" }.map(\.name)).union(["public", "pg_catalog"])
    return Set(entries.filter { Self.tableKinds.contains($0.kind) }.compactMap(\.schema)).subtracting(made)
      .sorted()
  }

  /// Whether it has rows, keys or indexes, and nothing that they could be put into.
  package var lacksStructure: Bool {
    let beyond: Set<String> = [
      "ENCODING", "STDSTRINGS", "SEARCHPATH", "DATABASE", "DATABASE PROPERTIES", "COMMENT", "ACL", "BLOB",
      "BLOB METADATA", "SECURITY LABEL",
    ]
    return entries.contains { $0.part != .preData }
      && !entries.contains { $0.part == .preData && !beyond.contains($0.kind) }
  }

  /// Whether it makes tables, and holds no row.
  package var holdsStructureAlone: Bool {
    entries.contains { $0.kind == "TABLE" } && !entries.contains { $0.data != nil || $0.kind == "TABLE DATA" }
  }

  private var hasExtensions: Bool { entries.contains { $0.kind == "EXTENSION" } }

  private static let tableKinds: Set<String> = ["TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW"]

  private static func name(of entry: Entry) -> ObjectName { ObjectName(schema: entry.schema, entry.name) }
}
