import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// A stanza of pgBackRest with two repositories: the first as it is by default, the second bundled, encrypted and packed with zstd.
@Suite(.serialized) struct SeveralRepositoriesTests {
  /// Labels: one full backup in the first repository; a full one and an incremental one in the second.
  private struct Stanza {
    let configuration: String
    let second: String
    let labels: [String]
    /// Both are there as long as the stanza is used.
    private let scratch: Scratch
    private let server: ThrowawayServer

    init() throws {
      scratch = try Scratch()
      let folder = try scratch.makeOpenFolder("stanza")
      let stanza = BackRestStanza(in: folder)
      var options = ThrowawayServer.Options(memory: .small, usesTemplate: true)
      options.settings = stanza.serverSettings
      let server = try ThrowawayServer(options)
      try stanza.write(
        repositories: [
          "repo1-path=\(folder)/first", "repo2-path=\(folder)/second", "repo2-bundle=y",
          "repo2-cipher-type=aes-256-cbc",
          "repo2-cipher-pass=a passphrase for a test", "compress-type=zst",
        ], server: server)
      func addRows(_ first: Int, _ last: Int, then statement: String = "") throws {
        try TemporaryPostgres.run(
          "INSERT INTO customer SELECT generate_series(\(first), \(last)); \(statement)", in: server.conninfo)
      }
      try stanza.run("stanza-create")
      try TemporaryPostgres.run("CREATE TABLE customer (id integer PRIMARY KEY);", in: server.conninfo)
      try addRows(1, 100)
      try stanza.run("--repo=1", "--type=full", "backup")
      try addRows(101, 200)
      try stanza.run("--repo=2", "--type=full", "backup")
      try addRows(201, 300)
      try stanza.run("--repo=2", "--type=incr", "backup")
      try addRows(301, 400, then: "SELECT pg_create_restore_point('late');")
      let last = try TemporaryPostgres.run("SELECT pg_walfile_name(pg_switch_wal());", in: server.conninfo)
      try eventually("the log is archived") {
        let archived = try TemporaryPostgres.run(
          "SELECT last_archived_wal FROM pg_stat_archiver;", in: server.conninfo)
        return archived >= last
      }
      labels = try ["first", "second"].flatMap { repository in
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(repository)/backup/main")
          .filter { $0.first?.isNumber == true }.sorted()
      }
      second = "\(folder)/second"
      configuration = stanza.configuration
      self.server = server
    }
  }

  @Test
  func `a backup is verified and restored from the repository that holds it, bundled and encrypted too`()
    throws
  {
    let workplace = try Workplace()
    let stanza = try Stanza()
    func drill(_ words: String...) throws -> Outcome {
      try workplace.run(["drill"] + words + ["--pgbackrest-config", stanza.configuration])
    }
    try #require(stanza.labels.count == 3)
    for (words, label, rowCount) in [
      (["pgbackrest:main"], stanza.labels[2], 400),
      (["pgbackrest:main", "--to-name", "late"], stanza.labels[2], 400),
      (["pgbackrest:main/\(stanza.labels[0])"], stanza.labels[0], 400),
      (["pgbackrest:main/\(stanza.labels[1])"], stanza.labels[1], 400),
    ] {
      let outcome = try workplace.run(
        ["drill"] + words + ["--pgbackrest-config", stanza.configuration, "--database", "postgres"])
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.headline.contains("\(label): \(rowCount) rows counted"), "\(outcome)")
    }
    // Log that the first repository still has does not hide what is lost in the one under test.
    let test = try drill("pgbackrest:main", "--self-test", "--database", "postgres")
    #expect(test.exitCode == 0, "\(test)")
    let archive = "\(stanza.second)/archive/main/15-1/0000000100000000"
    let segment = try #require(
      try FileManager.default.contentsOfDirectory(atPath: archive).filter { $0.contains("-") }.min())
    try flipByte(of: "\(archive)/\(segment)")
    let damaged = try drill("pgbackrest:main")
    #expect(damaged.exitCode == 1 && damaged.output.contains("15-1"), "\(damaged)")
    #expect(try drill("pgbackrest:main/\(stanza.labels[0])", "--database", "postgres").exitCode == 0)
    try workplace.expectNothingLeft()
  }
}
