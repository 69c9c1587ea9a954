import Engines
import Foundation
import SchemaModel
import Testing

@Suite(.enabled(if: SQLiteSmallDisk.isPossible, "needs the right to mount a file system"))
struct SQLiteDiskFullTests {
  @Test(arguments: [4096, 40960, 80000])
  func `a backup that does not fit leaves nothing behind`(_ byteCount: Int) throws {
    let folder = try SQLiteTemporaryFolder()
    let disk = try SQLiteSmallDisk(byteCount: byteCount)
    let source = try SQLiteConnection(opening: folder.database("a.db", sampleSQL), .readOnly)
    let error = engineError { try SQLiteBackup.write(from: source, to: disk.path("b.db")) }
    #expect(error?.kind == .diskFull)
    #expect(error?.hint?.hasPrefix("Make room on the disk") == true)
    #expect(disk.names == [])
    #expect(!source.isInTransaction)
  }

  @Test func `a restore that does not fit leaves what was there`() throws {
    let folder = try SQLiteTemporaryFolder()
    let disk = try SQLiteSmallDisk(byteCount: 65536)
    let archive = try folder.database("a.db", sampleSQL)
    let old = try SQLiteConnection(opening: disk.path("r.db"), .create)
    try old.execute("CREATE TABLE precious (a)")
    old.close()
    let error = engineError {
      _ = try SQLiteRestoreTarget.load(archive: archive, into: disk.path("r.db"), replacing: true)
    }
    #expect(error?.kind == .diskFull)
    #expect(disk.names == ["r.db"])
    let still = try SQLiteConnection(opening: disk.path("r.db"), .readOnly)
    #expect(try still.schema().tables.map(\.name.name) == ["precious"])
  }

  @Test func `a statement that does not fit is rolled back`() throws {
    let disk = try SQLiteSmallDisk(byteCount: 65536)
    let connection = try SQLiteConnection(opening: disk.path("a.db"), .create)
    try connection.execute("CREATE TABLE t (a)")
    let error = engineError { try connection.execute("INSERT INTO t VALUES (zeroblob(200000))") }
    #expect(error?.kind == .diskFull)
    #expect(try connection.rows("SELECT count(*) FROM t") == [["0"]])
  }
}
