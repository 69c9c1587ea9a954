import Foundation

/// A new file that lines are written into, flushed to the disk at the end.
package final class ExportFile {
  private let handle: FileHandle
  private var buffer = Data()

  /// - Throws: ``OperationError`` when there is such a file already, or it cannot be made.
  package init(at path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw OperationError("there is a file \(path) already", hint: "Name a new one, or move that one away.")
    }
    // Rows may be anybody's: only the owner reads them.
    let isMade = FileManager.default.createFile(
      atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    guard isMade, let handle = FileHandle(forWritingAtPath: path) else {
      throw OperationError(
        "the file \(path) cannot be made", hint: "Look at its folder and your rights there.")
    }
    self.handle = handle
  }

  /// Writes a line.
  package func write(_ line: String) throws {
    buffer.append(contentsOf: line.utf8)
    buffer.append(UInt8(ascii: "\n"))
    guard buffer.count > 1 << 20 else { return }
    try handle.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and waits until it is on the disk.
  package func finish() throws {
    try handle.write(contentsOf: buffer)
    try handle.synchronize()
    try handle.close()
  }
}
