import Engines
import Foundation
import Synchronization

/// A PostgreSQL of another major than Debian's, put into `.build/servers` by `scripts/server-majors`.
///
/// None of them is built with ICU.
package enum OtherServer: Int, CaseIterable, Sendable, CustomStringConvertible {
  case postgres14 = 14
  case postgres16 = 16
  case postgres17 = 17
  case postgres18 = 18

  package var description: String { "PostgreSQL \(rawValue)" }

  /// Where its programs are.
  package var folder: String { Repository.path(".build/servers/\(rawValue)/bin") }

  /// Whether the tests that need them are to run: a developer's machine may lack them, CI may not.
  package static var areExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] == "true"
      || allCases.allSatisfy { FileManager.default.fileExists(atPath: $0.folder) }
  }

  /// Whether it has the extensions that PostgreSQL brings along.
  private var hasExtensions: Bool {
    switch self {
    case .postgres14, .postgres16: false
    case .postgres17, .postgres18: true
    }
  }

  /// Whether it can hold what is in the case.
  package func canHold(_ example: PostgresCase) -> Bool {
    example.oldestMajor <= rawValue && !example.needsICU && (hasExtensions || !example.needsExtensions)
  }

  /// The programs.
  ///
  /// - Throws: ``NotFetched`` when they are not there.
  package func binaries() throws -> ServerBinaries {
    guard let binaries = ServerBinaries.installed(environment: ["PLUMB_PG_BIN": folder]).first else {
      throw NotFetched(server: self)
    }
    return binaries
  }

  /// A server that lacks because nobody fetched it.
  package struct NotFetched: Error, CustomStringConvertible {
    let server: OtherServer
    package var description: String { "there is no \(server) in \(server.folder): run scripts/server-majors" }
  }

  private static let started = Mutex<[OtherServer: ThrowawayServer]>([:])

  /// A server that all tests share, with the roles that cases speak of.
  package func server() throws -> ThrowawayServer {
    try Self.started.withLock { started in
      if let running = started[self] { return running }
      var options = TemporaryPostgres.options
      options.binaries = try binaries()
      let server = try ThrowawayServer(options)
      try TemporaryPostgres.makeRoles(on: server)
      started[self] = server
      return server
    }
  }

  /// Makes a database on it, runs the scripts in it, and returns its connection string.
  package func makeDatabase(_ scripts: String...) throws -> String {
    try TemporaryPostgres.makeDatabase(on: try server(), scripts)
  }
}
