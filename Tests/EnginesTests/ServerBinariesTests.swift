import Engines
import FoundationEssentials
import TestSupport
import Testing

@Suite struct `The installed PostgreSQL programs` {
  /// A folder of programs that only know their version.
  private func install(_ version: String, _ programs: [String], in scratch: Scratch) throws -> String {
    for program in programs {
      let path = try scratch.write(
        "\(version)/\(program)", "#!/bin/sh\necho '\(program) (PostgreSQL) \(version)'\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return scratch.path(version)
  }

  @Test func `are found where Debian puts them, and its wrapper in PATH is passed over`() throws {
    let all = ServerBinaries.installed(environment: ["PATH": "/usr/bin:/bin"])
    #expect(!all.isEmpty)
    #expect(all.allSatisfy { $0.directory == "/usr/lib/postgresql/\($0.major)/bin" })
    let newest = try ServerBinaries.newest()
    #expect(newest.programs == Set(ServerBinaries.Program.allCases))
    #expect(newest.version.hasPrefix("\(newest.major)."))
  }

  @Test func `are chosen newest first, or closest to a version`() throws {
    let scratch = try Scratch()
    let folders = try [
      ("13.9", ["postgres", "initdb"]), ("17.10 (Debian 17.10-1)", ["postgres", "initdb"]),
    ].map {
      try install($0, $1, in: scratch)
    }
    let clients = try install("18beta1", ["pg_dump", "pg_restore", "psql"], in: scratch)
    let environment = ["PLUMB_PG_BIN": (folders + [clients]).joined(separator: ":")]
    func major(_ binaries: ServerBinaries) -> Int { binaries.major }
    #expect(ServerBinaries.installed(environment: environment).map(\.major) == [18, 17, 13])
    #expect(try major(.newest(environment: environment)) == 17)
    #expect(try major(.newest(with: ServerBinaries.clientPrograms, environment: environment)) == 18)
    #expect(try major(.atLeast(10, environment: environment)) == 13)
    #expect(try major(.atLeast(14, environment: environment)) == 17)
  }

  @Test func `of one major version are the newest minor one`() throws {
    let scratch = try Scratch()
    let folders = try ["15.9", "15.20", "15.3"].map { try install($0, ["postgres", "initdb"], in: scratch) }
    let chosen = try ServerBinaries.atLeast(15, environment: ["PLUMB_PG_BIN": folders.joined(separator: ":")])
    #expect(chosen.version == "15.20")
  }

  @Test func `if missing are named with the package that has them`() throws {
    let error = try #require(throws: ServerBinariesError.self) {
      try ServerBinaries.newest(environment: ["PLUMB_PG_BIN": "/nowhere"])
    }
    #expect(error.message == "no PostgreSQL server programs found")
    #expect(error.detail == "looked for initdb, postgres in /nowhere")
    #expect(error.hint.hasPrefix("Install the package postgresql, or set PLUMB_PG_BIN"))
  }

  @Test func `if too old are named with the package that would do`() throws {
    let scratch = try Scratch()
    let folder = try install("13.4", ["pg_dump", "pg_restore", "psql"], in: scratch)
    let error = try #require(throws: ServerBinariesError.self) {
      try ServerBinaries.atLeast(
        16, with: ServerBinaries.clientPrograms, environment: ["PLUMB_PG_BIN": folder])
    }
    #expect(error.message == "no PostgreSQL client programs of version 16 or newer found")
    #expect(error.detail.hasSuffix("; found 13.4 in \(folder)"))
    #expect(error.hint.hasPrefix("Install the package postgresql-client-16, "))
  }
}
