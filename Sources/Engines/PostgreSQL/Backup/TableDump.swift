import SchemaModel
import SchemaText
import Synchronization

/// A large table on its way into an archive: each range of its pages is read by one connection into a file of its own.
final class TableDump: Sendable {
  let table: Table
  let pageRanges: [Range<Int>]
  private let path: String
  private let files: Mutex<[Written]>

  /// A range's file, handed over when it is written.
  private struct Written: @unchecked Sendable {  // Only who takes it out of the mutex uses it.
    var file: RowFile?
  }

  /// - Parameter path: where its files are to be, to which a number is added.
  init(_ table: Table, pageRanges: [Range<Int>], to path: String) {
    self.table = table
    self.pageRanges = pageRanges
    self.path = path
    files = Mutex(pageRanges.map { _ in Written() })
  }

  /// Reads a range of pages in the current transaction, and writes its rows.
  ///
  /// - Returns: the digest of these rows.
  func write(_ number: Int, from connection: PostgresConnection) throws(EngineError) -> TableDigest {
    let file = try RowFile("\(path).\(number)")
    var isStopped = false
    do throws(EngineError) {
      try connection.copyOut(
        CopyStatement.reading(table, pages: pageRanges.count > 1 ? pageRanges[number] : nil)
      ) {
        row in
        file.add(row)
        if !file.isSound, !isStopped {
          isStopped = true
          connection.requestCancel()
        }
      }
    } catch {
      // The disk is the reason, and that we asked the server to stop only followed from it.
      guard isStopped else { throw error }
    }
    files.withLock { $0[number] = Written(file: file) }
    return digest(file)
  }

  private func digest(_ file: RowFile) -> TableDigest {
    TableDigest(
      table: table.name, columns: table.storedColumns.map(\.name), rowCount: file.rowCount,
      content: file.content)
  }

  /// Makes one file of what was written.
  ///
  /// - Returns: where it is, what it holds, and its hash.
  func finish() throws(EngineError) -> (path: String, rows: TableDigest, byteCount: Int, sha256: String) {
    let parts = files.withLock { files in files.compactMap(\.file) }
    guard parts.count == pageRanges.count, let first = parts.first else {
      throw EngineError(.refused, "part of \(table.name) was not read")
    }
    let (byteCount, sha256) = try first.finish(appending: Array(parts.dropFirst()))
    return (first.path, digest(first), byteCount, sha256)
  }
}
