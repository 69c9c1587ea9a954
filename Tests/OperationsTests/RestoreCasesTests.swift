import Operations
import TestSupport
import Testing

/// Every kind of object, with rows, through a backup and a restore.
@Suite struct RestoreCasesTests {
  @Test(arguments: PostgresCase.all)
  func `what was backed up is there again, and pg_dump cannot tell the two apart`(
    _ example: PostgresCase
  ) throws {
    let source = try TemporaryPostgres.makeDatabase(try example.schemaText(), try example.rowsText())
    let run = try RestoreRun(of: source)
    try run.expectWhole(setAside: 0, differences: example.lossesOfDumps)
    #expect(try PostgresDump.differences(from: source, to: run.target, .everything, restored: true) == [])
  }
}
