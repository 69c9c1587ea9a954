import Engines
import TestSupport

/// Dumps of a database as pg_dump and pg_dumpall write them.
enum Dump {
  /// Writes one to a path; `options` name its format and parts.
  static func write(_ conninfo: String, _ options: [String], to path: String) throws {
    let program = try ServerBinaries.newest(with: [.pgDump]).path(of: .pgDump)
    _ = try Subprocess(program, options + ["--no-password", "--file=\(path)", "--dbname=\(conninfo)"]).run()
  }
}
