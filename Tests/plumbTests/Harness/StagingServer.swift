import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// The throw-away server that a run of the program has started, seen from outside.
struct StagingServer {
  let directory: String

  /// The one in the workplace, once it accepts connections.
  init?(in workplace: Workplace) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: workplace.temporary)
    guard let name = names.first(where: { $0.hasPrefix("plumb-server-") }) else { return nil }
    directory = "\(workplace.temporary)/\(name)"
    guard FileManager.default.fileExists(atPath: "\(directory)/.s.PGSQL.5432") else { return nil }
  }

  /// Whether a statement sleeps in it.
  var isAsleep: Bool {
    Sleeper.isAsleep(in: "host=\(directory) user=postgres dbname=postgres")
  }

  /// Ends it as if it had crashed.
  func crash() throws {
    let file = try String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8)
    let number = try #require(pid_t(file.prefix { $0.isNumber }))
    kill(number, SIGQUIT)
  }
}

/// A function for constraints, indexes and views that sleeps wherever it is called, for as long as a file is there.
///
/// So a statement can be caught in the middle, and the next run goes through.
struct Sleeper {
  private let flag: String

  init(in workplace: Workplace) { flag = workplace.path("sleep") }

  /// Makes the function `drowsy(integer)`, which is always true.
  var statement: String {
    """
    CREATE FUNCTION drowsy(id integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN
      IF (pg_stat_file('\(flag)', true)).size IS NOT NULL THEN PERFORM pg_sleep(600); END IF;
      RETURN true;
    END $$;

    """
  }

  /// From now on it sleeps.
  func rest() throws { try Data().write(to: URL(fileURLWithPath: flag)) }

  /// From now on it answers at once.
  func wake() { unlink(flag) }

  /// Whether a statement sleeps in any database of the server.
  ///
  /// - Parameter database: a pattern of `LIKE`.
  static func isAsleep(in conninfo: String, database: String = "%") -> Bool {
    let count = try? TemporaryPostgres.run(
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname LIKE '\(database)'",
      in: conninfo)
    return count.map { $0 != "0\n" } ?? false
  }
}
