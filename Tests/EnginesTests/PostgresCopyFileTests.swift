import FoundationEssentials
import TestSupport
import Testing

@testable import Engines

/// A table's data file in an archive: every row of it or none, whatever became of the file.
@Suite struct PostgresCopyFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let end = "\\.\n\n\n"

  private static func zipped(_ text: String) throws -> [UInt8] {
    try Subprocess("gzip", ["-c"], input: .bytes(Array(text.utf8))).run().output
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = scratch.path("data")
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// The rows in a file, as they are handed over.
  private func rows(in bytes: [UInt8]) throws(EngineError) -> [String] {
    var rows: [String] = []
    guard let path = try? file(bytes) else { return [] }
    let stream = try StreamCompression(magic: bytes).expanding(try FileBytes(path), named: path)
    var reader = RowBlockReader(stream, named: path)
    let block = RowBlock()
    while try reader.fill(block) {
      var byteCount = 0
      block.forEachRow { row in
        rows.append(String(decoding: row, as: UTF8.self))
        byteCount += row.count + 1
      }
      // Nothing but whole lines.
      guard byteCount == block.byteCount else { throw EngineError(.refused, "a block ends within a line") }
    }
    return rows
  }

  private func expectDamaged(_ bytes: [UInt8], _ what: String) {
    let error = #expect(throws: EngineError.self) { try rows(in: bytes) }
    #expect(error?.kind == .damaged, "\(what)")
  }

  private static let samples: [(rows: [String], name: String)] = [
    ([], "no row"), ([""], "a row without columns"), (["", "", ""], "rows without columns"),
    (["1\t\\N", "2\tx"], "two rows"),
    (["\\\\.", "\\.x", "x\\.", "\\N"], "rows that look like the end"),
    ([String(repeating: "a", count: 3 << 20), "b"], "a row of three blocks"),
    (
      [String(repeating: "a", count: (1 << 20) - 1), String(repeating: "b", count: 1 << 20), "c"],
      "rows as long as a block"
    ),
    ((0..<200_000).map { "\($0)\trow" }, "many rows"),
  ]

  @Test(arguments: samples.indices)
  func `rows are read from plain and zipped files alike`(_ number: Int) throws {
    let sample = Self.samples[number]
    let text = sample.rows.map { $0 + "\n" }.joined() + Self.end
    #expect(try rows(in: Array(text.utf8)) == sample.rows, "\(sample.name), plain")
    #expect(try rows(in: try Self.zipped(text)) == sample.rows, "\(sample.name), zipped")
  }

  @Test func `a file that is not there is damage, and is named`() throws {
    let error = #expect(throws: EngineError.self) { _ = try FileBytes("/nowhere/3000.dat") }
    #expect(error?.kind == .damaged)
    #expect(error?.message.contains("/nowhere/3000.dat") == true)
  }

  @Test func `a file without the line that ends its rows is damaged`() throws {
    for text in [
      "", "1\tx\n", "1\tx\n2\ty", "1\tx\n\\.", "1\tx\n \\.\n", String(repeating: "a", count: 2 << 20),
    ] {
      expectDamaged(Array(text.utf8), "plain")
      expectDamaged(try Self.zipped(text), "zipped")
    }
  }

  @Test func `a zipped file cut off anywhere is damaged`() throws {
    let bytes = try Self.zipped("1\tone\n2\ttwo\n" + Self.end)
    for count in 0..<bytes.count { expectDamaged(Array(bytes[..<count]), "cut off at \(count)") }
  }

  @Test func `a zipped file with a changed byte is damaged or says the same`() throws {
    let rows = (1...40).map { "\($0)\tvalue \($0 * 7919 % 1009)" }
    let bytes = try Self.zipped(rows.map { $0 + "\n" }.joined() + Self.end)
    var damagedCount = 0
    for place in bytes.indices {
      for bit in [0, 3, 7] {
        var altered = bytes
        altered[place] ^= 1 << UInt8(bit)
        do throws(EngineError) {
          let found = try self.rows(in: altered)
          #expect(found == rows, "byte \(place), bit \(bit)")
        } catch {
          #expect(error.kind == .damaged, "byte \(place), bit \(bit)")
          damagedCount += 1
        }
      }
    }
    // Only the header's time, flags for hints, and the name of the system mean nothing for the rows.
    #expect(damagedCount >= (bytes.count - 10) * 3)
  }
}
