import FoundationEssentials
import Glibc
import Synchronization

/// The PostgreSQL programs of one version, as installed in one folder.
package struct ServerBinaries: Hashable, Sendable {
  /// A program of PostgreSQL that we know how to use; the raw value is its file's name.
  package enum Program: String, CaseIterable, Hashable, Sendable {
    case postgres
    case initdb
    case psql
    case pgDump = "pg_dump"
    case pgRestore = "pg_restore"
  }

  /// The folder they are in.
  package var directory: String

  /// The major version: 15.
  package var major: Int

  /// The whole version as `--version` gives it: "15.20 (Debian 15.20-0+deb12u1)".
  package var version: String

  /// What is there; a machine may have the clients without the server.
  package var programs: Set<Program>

  /// The path of a program.
  package func path(of program: Program) -> String {
    "\(directory)/\(program.rawValue)"
  }

  /// What it takes to run a server of our own.
  package static let serverPrograms: Set<Program> = [.postgres, .initdb]

  /// What it takes to back up and restore.
  package static let clientPrograms: Set<Program> = [.pgDump, .pgRestore, .psql]

  /// Everything installed, newest first.
  ///
  /// Searches the folders of `PLUMB_PG_BIN` (separated by colons) and nothing else if that is set; else those of PATH
  /// and Debian's /usr/lib/postgresql/*/bin. Links are followed to where the programs really are. Each folder is asked for its version once in the life of the process.
  package static func installed(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [ServerBinaries] {
    var seen: Set<String> = []
    return folders(environment)
      .flatMap(homes)
      .filter { seen.insert($0).inserted }
      .compactMap(inspected)
      .sorted { $1.numbers.lexicographicallyPrecedes($0.numbers) }
  }

  /// The newest installed version that has the programs needed.
  ///
  /// - Throws: ``ServerBinariesError``
  package static func newest(
    with needed: Set<Program> = serverPrograms,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ServerBinariesError) -> ServerBinaries {
    let all = installed(environment: environment)
    guard let newest = all.first(where: { needed.isSubset(of: $0.programs) }) else {
      throw ServerBinariesError(
        needed: needed, minimumMajor: nil, found: all, searched: folders(environment))
    }
    return newest
  }

  /// The oldest installed version that is at least `major` and has the programs needed.
  ///
  /// The oldest, because that is the closest: a server of another version reads a dump well, but of the same version
  /// proves more, and pg_dump's archives are read by its own version and newer ones.
  ///
  /// - Throws: ``ServerBinariesError``
  package static func atLeast(
    _ major: Int, with needed: Set<Program> = serverPrograms,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ServerBinariesError) -> ServerBinaries {
    let all = installed(environment: environment)
    guard let fitting = all.last(where: { $0.major >= major && needed.isSubset(of: $0.programs) }) else {
      throw ServerBinariesError(
        needed: needed, minimumMajor: major, found: all, searched: folders(environment))
    }
    // Of that major version, the newest minor one.
    return all.first { $0.major == fitting.major && needed.isSubset(of: $0.programs) } ?? fitting
  }

  /// The version as numbers that can be compared: [15, 20].
  private var numbers: [Int] {
    version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
  }

  private static func folders(_ environment: [String: String]) -> [String] {
    if let override = environment["PLUMB_PG_BIN"], !override.isEmpty {
      return override.split(separator: ":").map(String.init)
    }
    let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let debian = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
    return path + versions.sorted().map { "\(debian)/\($0)/bin" }
  }

  /// The folders in which the programs in `folder` really are: often it only has links to them.
  private static func homes(of folder: String) -> [String] {
    Program.allCases.compactMap { program in
      let path = "\(folder)/\(program.rawValue)"
      guard ProgramSearch.isExecutable(path), let target = ResolvedPath.of(path) else { return nil }
      // Not Debian's pg_wrapper, which stands in /usr/bin for whichever version it sees fit.
      guard target.hasSuffix("/\(program.rawValue)") else { return nil }
      return String(target.dropLast(program.rawValue.count + 1))
    }
  }

  private static let inspections = Mutex<[String: ServerBinaries?]>([:])

  private static func inspected(_ directory: String) -> ServerBinaries? {
    inspections.withLock { known in
      if let earlier = known[directory] { return earlier }
      let binaries = inspect(directory)
      known[directory] = .some(binaries)
      return binaries
    }
  }

  private static func inspect(_ directory: String) -> ServerBinaries? {
    let programs = Program.allCases.filter { ProgramSearch.isExecutable("\(directory)/\($0.rawValue)") }
    guard let first = programs.first,
      let answer = try? Subprocess("\(directory)/\(first.rawValue)", ["--version"], whenInterrupted: .finish)
        .run(),
      let words = answer.outputText.split(separator: "(PostgreSQL) ", maxSplits: 1).last
    else { return nil }
    let version = words.prefix { !$0.isNewline }
    guard let major = Int(version.prefix { $0.isNumber }) else { return nil }
    return ServerBinaries(
      directory: directory, major: major, version: String(version), programs: Set(programs))
  }
}
