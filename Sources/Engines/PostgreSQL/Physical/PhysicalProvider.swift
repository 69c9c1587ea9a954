import SchemaModel

/// A program that keeps copies of a PostgreSQL server's files.
///
/// All that Plumbline asks of one: what there is, whether it is whole, and to put it somewhere. Which backup is taken for a
/// target, whether the log has gaps and what a recovered server is worth are decided above it.
package protocol PhysicalProvider: Sendable {
  /// What people call the place: `pgbackrest:main`, a folder.
  var displayName: String { get }
  /// The program's name.
  var program: String { get }

  /// What the ledger and the catalog know a backup by.
  func identifier(of backup: PhysicalBackup) -> String

  /// What there is, oldest first.
  func backups() throws(EngineError) -> [PhysicalBackup]

  /// The log that is archived beside the backups; `nil` when each only has its own.
  func archive() throws(EngineError) -> LogArchive?

  /// Restore points of that name in the archived log from a position on, in its order.
  func restorePoints(named name: String, from start: LogPosition) throws(EngineError) -> [RestorePoint]

  /// Reads every byte of a backup and compares checksums.
  ///
  /// - Returns: what is wrong with it, and what else is worth knowing.
  func verify(_ backup: PhysicalBackup) throws(EngineError) -> PhysicalVerification

  /// Whether it can be verified while it is copied: one reading of its files then serves both.
  var verifiesWhileCopying: Bool { get }

  /// Puts the files of a backup into a folder that does not exist yet, and touches nothing else.
  func copy(_ backup: PhysicalBackup, to place: DataPlace) throws(EngineError)

  /// Puts the files of a backup where a server is to run on them from now on, with what it needs to recover up to the target.
  ///
  /// - Parameter isDelta: whether the folder holds an older state of the same files, of which only what differs is replaced.
  func install(
    _ backup: PhysicalBackup, at place: DataPlace, target: RecoveryTarget, isDelta: Bool
  ) throws(EngineError)

  /// Whether it can replace an older state by what differs from it.
  var knowsDelta: Bool { get }

  /// The command by which a server at that place gets segments of the log (`restore_command`); `nil` when there is no archive.
  func restoreCommand(at place: DataPlace) -> String?
}

/// Where the files of a server go.
package struct DataPlace: Hashable, Sendable {
  /// The data directory.
  package var data: String
  /// The folder below which each tablespace gets one of its own.
  package var tablespaces: String
  /// A folder for what the provider needs meanwhile.
  package var scratch: String
  /// Who will run the server, and so owns the files.
  package var user: SystemUser

  package init(data: String, tablespaces: String, scratch: String, user: SystemUser) {
    self.data = data
    self.tablespaces = tablespaces
    self.scratch = scratch
    self.user = user
  }
}

/// What came of reading a backup whole.
package struct PhysicalVerification: Hashable, Sendable {
  /// What is wrong, each in one line; empty when it is whole.
  package var problems: [String] = []
  /// What is no fault of this backup, or could not be looked at.
  package var notes: [String] = []
  /// How it was done, in a few words.
  package var method: String

  package init(method: String) { self.method = method }
}
