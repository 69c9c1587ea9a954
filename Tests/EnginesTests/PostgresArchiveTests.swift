import Foundation
import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

/// Archives of every version of pg_dump's format, as their rows are read.
@Suite struct PostgresArchiveTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(.enabled(if: OtherServer.areExpected), arguments: OtherServer.allCases)
  func `archives of other versions are read with every compression they have`(_ other: OtherServer) throws {
    let source = try TemporaryPostgres.makeDatabase(
      on: try other.server(),
      [
        """
        CREATE TABLE t (id int PRIMARY KEY, v text);
        INSERT INTO t SELECT n, 'value ' || n FROM generate_series(1, 40000) n;
        """
      ])
    let program = try other.binaries().path(of: .pgDump)
    let compressions = ["none", "gzip:1", "gzip", "lz4", "zstd"]
    let levels = other.rawValue < 16 ? ["0", "1", "6"] : compressions
    var readCount = 0
    for format in ["-Fc", "-Fd", "-Fp"] {
      for level in levels {
        let path = scratch.path("dump")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let made = try Subprocess(
          program, [format, "--compress=\(level)", "--file=\(path)", "--dbname=\(source)"]
        )
        .run(accepting: 0...255)
        // Not every build has every library: then it says so itself.
        guard made.exitCode == 0 else {
          #expect(made.diagnostics.contains("does not support compression"), "\(other) \(format) \(level)")
          continue
        }
        let archive = try PostgresArchive(opening: path)
        let entry = try #require(archive.contents.entries.first { $0.kind == "TABLE DATA" })
        var reader = try archive.rows(of: entry)
        let block = RowBlock()
        var (count, content) = (0, ContentHash())
        while try reader.fill(block) { count += block.forEachRow { content.add(RowHash.hash($0)) } }
        #expect(count == 40000, "\(other) \(format) \(level)")
        #expect(content.hexadecimal == Self.content, "\(other) \(format) \(level)")
        readCount += 1
      }
    }
    #expect(readCount >= 6)
  }

  /// The sum of all rows' hashes, by `xxhsum -H2`'s function, over the text that COPY prints.
  private static let content = (1...40000).reduce(into: ContentHash()) { sum, number in
    Array("\(number)\tvalue \(number)".utf8).withUnsafeBytes { sum.add(RowHash.hash($0)) }
  }.hexadecimal
}
