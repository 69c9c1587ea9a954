import Engines
import Foundation
import TestSupport

/// Roles of the shared server that may do less than its superuser.
enum Roles {
  /// May log in only with a password that is not ``Secret/password``.
  static func locked() throws -> String { try lockedRole.get() }

  /// May log in, and nothing else unless a test grants it.
  static func poor() throws -> String { try poorRole.get() }

  private static let poorRole = Result {
    try TemporaryPostgres.run("CREATE ROLE poor LOGIN", in: TemporaryPostgres.server().conninfo)
    return "poor"
  }

  private static let lockedRole = Result {
    let server = try TemporaryPostgres.server()
    let path = "\(server.directory)/data/pg_hba.conf"
    let rules = try String(contentsOfFile: path, encoding: .utf8)
    try Data("local all locked scram-sha-256\n\(rules)".utf8).write(to: URL(fileURLWithPath: path))
    try TemporaryPostgres.run(
      "CREATE ROLE locked LOGIN PASSWORD 'nobody knows'; SELECT pg_reload_conf();", in: server.conninfo)
    try eventually("the server asks for passwords") {
      let answer = try? TemporaryPostgres.run(
        "SELECT 1", in: server.conninfo.replacing("user=postgres", with: "user=locked"))
      return answer == nil
    }
    return "locked"
  }
}
