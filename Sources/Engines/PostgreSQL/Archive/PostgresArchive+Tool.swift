import SchemaModel
import SchemaText

extension PostgresArchive {
  /// The oldest major version whose pg_restore reads the archive; `nil` for a script, which needs none.
  package var toolMajor: Int? {
    switch (layout, contents.formatVersion) {
    case (.script, _): nil
    case (_, "1.16"): 17
    case (_, "1.15"): 16
    case (_, _): 12
    }
  }

  /// Writes the statements that make an archive's structure, without its rows, to a file.
  ///
  /// - Throws: `EngineError` of kind `unsupported` when the archive is newer than every pg_restore here, of kind
  ///   `damaged` when it cannot be read.
  ///
  /// - Parameter list: the file with the entries that are wanted, as `pg_restore --use-list` takes it; `nil` for all.
  package static func writeSQL(
    of archive: String, listedIn list: String? = nil, to path: String
  ) throws(EngineError) {
    let binaries = try translatingFailures(of: "looking for PostgreSQL's programs") {
      try ServerBinaries.newest(with: [.pgRestore])
    }
    let completion = try translatingFailures(of: "pg_restore ran") {
      try Subprocess(
        binaries.path(of: .pgRestore),
        ["--schema-only", "--file=\(path)"] + (list.map { ["--use-list=\($0)"] } ?? []) + [archive]
      ).run(
        accepting: 0...255)
    }
    guard completion.exitCode != 0 else { return }
    let words = completion.diagnostics.split(separator: "\n").map(String.init)
    let fact = words.first { $0.contains("error: ") }?.split(separator: ": ").dropFirst(2).joined(
      separator: ": ")
    if completion.diagnostics.contains("unsupported version") {
      throw EngineError(
        .unsupported, "\(archive) is newer than pg_restore \(binaries.major) can read", detail: words,
        hint: "Install the client programs of the PostgreSQL version that wrote it, or a newer one.")
    }
    throw EngineError(
      .damaged, "\(archive) cannot be read" + (fact.map { ": \($0)" } ?? ""), detail: words,
      hint: "Check that the archive is whole: pg_restore --list \(archive).")
  }
}
