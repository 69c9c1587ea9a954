import Engines
import Foundation
import Testing
import TestSupport

/// An ACCESS EXCLUSIVE lock on a table, held by a session of the test until it is let go.
final class HeldLock {
  private let session: PostgresConnection
  private let shop: Shop

  init(on table: String, of shop: Shop) throws {
    session = try PostgresConnection(
      PostgresConnectionString(shop.location).setting("application_name", to: "another session"),
      for: .staging)
    try session.execute("BEGIN; LOCK TABLE public.\(table) IN ACCESS EXCLUSIVE MODE")
    self.shop = shop
  }

  func release() throws { try session.execute("ROLLBACK") }

  /// Waits until somebody waits for the lock.
  func waitForWaiter() throws {
    try eventually("somebody waits for the lock") {
      try session.rows(
        """
        SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND NOT l.granted
        """) != []
    }
  }
}

extension Shop {
  /// Waits until nobody is connected to it any more.
  func waitUntilDeserted() throws {
    try eventually("the sessions of the program have ended") {
      try TemporaryPostgres.run(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = '\(name)' AND pid <> pg_backend_pid() AND application_name IN ('plumb', 'pg_dump', 'pg_restore')
        """, in: location) == "0\n"
    }
  }
}
