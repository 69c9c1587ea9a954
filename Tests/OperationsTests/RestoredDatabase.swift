import Engines
import Operations
import TestSupport

/// A new database of the shared server that a backup was restored into, with its owners and a proof of every row.
struct RestoredDatabase {
  /// Its libpq connection string.
  let conninfo: String
  let report: RestoreReport

  init(of backup: StoredBackup) throws {
    conninfo = try TemporaryPostgres.makeDatabase("")
    report = try RestoreInto(
      backup, destination: .postgres(try PostgresConnectionString(conninfo)), workers: 2, verification: .full,
      withoutOwners: false
    ).run(over: .empty) { _ in }
  }
}
