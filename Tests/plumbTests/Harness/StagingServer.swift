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
    SleepyBackup.isAsleep(in: "host=\(directory) user=postgres dbname=postgres")
  }

  /// Whether a materialized view of the database has been filled.
  func holds(_ view: String, in database: String) -> Bool {
    let found = try? TemporaryPostgres.run(
      "SELECT count(*) FROM pg_class WHERE relname = '\(view)' AND relispopulated AND relkind = 'm'",
      in: "host=\(directory) user=postgres dbname=\(database)")
    return found == "1\n"
  }

  /// Ends it as if it had crashed.
  func crash() throws {
    let file = try String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8)
    let number = try #require(pid_t(file.prefix { $0.isNumber }))
    kill(number, SIGQUIT)
  }
}

/// A backup whose restore can be held up at several moments, for as long as a file is there.
///
/// So a statement can be caught in the middle, and the next run goes through. All tests that use it run one after
/// the other, because they share the files.
struct SleepyBackup {
  /// Where a restore, or a check, can be held up.
  enum Moment: String, CaseIterable, Sendable {
    /// Our own loader is at work, or a count of check.
    case loading
    /// Keys and indexes are built.
    case indexing
    /// `pg_restore` is at work.
    case restoringTheRest
  }

  let backup: TakenBackup

  /// A copy in the workplace; its shop is shared and must not be changed.
  init(in workplace: Workplace) throws {
    Self.wake()
    backup = try TakenBackup(copyOf: Self.original.get(), in: workplace)
  }

  /// From now on it sleeps at that moment.
  func rest(at moment: Moment) throws {
    try Data().write(to: URL(fileURLWithPath: Self.flags.get().path(moment.rawValue)))
  }

  /// From now on it goes through.
  static func wake() {
    for moment in Moment.allCases { _ = try? unlink(flags.get().path(moment.rawValue)) }
  }

  /// Whether a statement sleeps in a database of the server.
  ///
  /// - Parameter database: a pattern of `LIKE`.
  static func isAsleep(in conninfo: String, database: String = "%") -> Bool {
    let count = try? TemporaryPostgres.run(
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname LIKE '\(database)'",
      in: conninfo)
    return count.map { $0 != "0\n" } ?? false
  }

  private static let flags = Result { try Workplace() }

  private static let original = Result {
    let folder = try flags.get().folder
    return try TakenBackup(
      of: .postgres, in: Workplace(),
      """
      CREATE FUNCTION drowsy(moment text, id integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN
        IF (pg_stat_file('\(folder)/' || moment, true)).size IS NOT NULL THEN PERFORM pg_sleep(600); END IF;
        RETURN true;
      END $$;
      ALTER TABLE orders ADD CONSTRAINT wakeful CHECK (drowsy('loading', id));
      CREATE INDEX wakeful ON orders (drowsy('indexing', id));
      CREATE MATERIALIZED VIEW sleepers AS SELECT public.drowsy('restoringTheRest', id) FROM public.orders;
      """, isShared: true)
  }
}

/// Tests that hold the program up in the middle of its work; they share files, and run one after the other.
@Suite(.serialized) enum HeldUp {}
