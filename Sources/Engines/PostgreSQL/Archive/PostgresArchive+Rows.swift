import Foundation
import SchemaText

extension PostgresArchive {
  /// The rows of an entry of table data, from their beginning.
  func rows(of entry: ArchiveContents.Entry) throws(EngineError) -> RowBlockReader {
    let name = "\(path), \(entry.name)"
    switch (layout, entry.data) {
    case (.directory, .file(let file)):
      let (path, compression) = dataFile(file)
      return RowBlockReader(try compression.expanding(try FileBytes(path), named: path), named: path)
    case (.custom(let blocks), .block), (.custom(let blocks), .blockToFind):
      guard let range = blocks[entry.id] else {
        throw .damagedFile(name, because: "its rows are not in the file")
      }
      let block = try ArchiveBlockBytes(
        path, offset: range.lowerBound, id: entry.id, integerByteCount: contents.integerByteCount)
      return RowBlockReader(try blockCompression.expanding(block, named: name), named: name)
    case (.tar(let members), .file(let file)):
      guard let range = members[file] else {
        throw .damagedFile(name, because: "the tar file has no member \(file)")
      }
      return RowBlockReader(try FileBytes(path, range: range), named: name)
    case (.script(let script), .slice(let range)):
      return RowBlockReader(try FileBytes(script.path, range: range), named: name)
    case (_, _):
      throw .damagedFile(name, because: "it has no rows where its format has them")
    }
  }

  /// Bytes of an entry's data as they are stored; a measure for what is large and what is small.
  package func storedByteCount(of entry: ArchiveContents.Entry) -> Int {
    switch (layout, entry.data) {
    case (.directory, .file(let file)): return Self.byteCount(ofFile: dataFile(file).path)
    case (.custom(let blocks), .block), (.custom(let blocks), .blockToFind):
      return blocks[entry.id]?.count ?? 0
    case (.tar(let members), .file(let file)): return members[file]?.count ?? 0
    case (.script, .slice(let range)): return range.count
    case (.script, .slices(let ranges)): return ranges.reduce(0) { $0 + $1.count }
    case (_, _): return 0
    }
  }

  /// All bytes of the archive.
  package var byteCount: Int {
    switch layout {
    case .directory:
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
        .reduce(0) { $0 + Self.byteCount(ofFile: "\(path)/\($1)") }
    case .custom, .tar, .script: Self.byteCount(ofFile: path)
    }
  }

  /// A file of a directory archive, and what its suffix says it is compressed with.
  private func dataFile(_ name: String) -> (path: String, compression: StreamCompression) {
    let suffixes: [(String, StreamCompression)] = [(".gz", .gzip), (".lz4", .lz4), (".zst", .zstd)]
    for (suffix, compression) in suffixes where access("\(path)/\(name)\(suffix)", F_OK) == 0 {
      return ("\(path)/\(name)\(suffix)", compression)
    }
    return ("\(path)/\(name)", .none)
  }

  private var blockCompression: StreamCompression {
    switch contents.compression {
    case .none: .none
    case .gzip: .zlib
    case .lz4: .lz4
    case .zstd: .zstd
    }
  }

  static func byteCount(ofFile path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }
}
