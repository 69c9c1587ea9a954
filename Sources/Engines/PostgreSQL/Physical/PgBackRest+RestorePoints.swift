import FoundationEssentials
import Glibc
import SchemaModel
import SchemaText

extension PgBackRest {
  /// pgBackRest does not look for them itself.
  package func restorePoints(
    named name: String, from start: LogPosition
  ) throws(EngineError) -> [RestorePoint] {
    let info = try info()
    guard let major = info.backups.last?.serverMajorVersion, let archive = try archive() else { return [] }
    let binaries = try ServerBinaries.exactly(major)
    let files = try files(of: info)
    return try RestorePointSearch(archive: archive, binaries: binaries) {
      (segment, destination) throws(EngineError) in
      guard let file = files[segment] else { return }
      try fetch(file, to: destination)
    }.points(named: name, from: start)
  }

  /// Gets a file out of the repository and undoes its compression.
  private func fetch(_ file: ArchivedFile, to destination: String) throws(EngineError) {
    let programs = ["gz": "gzip", "lz4": "lz4", "zst": "zstd", "bz2": "bzip2"]
    let ending = file.path.split(separator: ".").last.map(String.init) ?? ""
    let program = file.path.contains(".") ? programs[ending] : nil
    let stored = program == nil ? destination : "\(destination).\(ending)"
    let words = command("repo-get", [file.path], takesStanza: true, in: file.repository)
    try translatingFailures(of: "pgbackrest repo-get ran") {
      _ = try Subprocess(words[0], Array(words.dropFirst()), user: .forServers, directory: "/").run(
        outputTo: stored)
      guard let program else { return }
      _ = try Subprocess(program, ["-dc", "--", stored]).run(outputTo: destination)
    }
    if program != nil { unlink(stored) }
  }
}
