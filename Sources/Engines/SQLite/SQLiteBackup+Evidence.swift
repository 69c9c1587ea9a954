import SchemaModel

extension SQLiteBackup {
  /// Copies a database file, and learns from the same snapshot what is in it.
  ///
  /// - Parameters:
  ///   - path: the database; it is opened read-only.
  ///   - archive: a file that does not exist.
  ///   - progress: told after each table that was counted and hashed.
  package static func write(
    fromFile path: String, into archive: String, progress: (TableDigest) -> Void
  ) throws(EngineError) -> BackupEvidence {
    let source = try SQLiteConnection(opening: path, .readOnly)
    defer { source.close() }
    return try source.withSnapshot { () throws(EngineError) in
      let schema = try source.schema()
      try write(from: source, to: archive, shouldStop: { Interruption.isRequested })
      let digests = try source.digests(of: schema.tables, progress: progress)
      return BackupEvidence(
        schema: schema, tables: digests.sorted { $0.table < $1.table },
        archiveTool: "SQLite \(source.serverVersion) backup API")
    }
  }
}
