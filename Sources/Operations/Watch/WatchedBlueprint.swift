import Glibc
import SchemaModel
import SchemaText

/// The blueprint of a watch: read again when its files change, so that a merged pull request needs no restart.
package struct WatchedBlueprint {
  /// Reads it.
  package typealias Reader = () throws -> Schema

  /// What people call it.
  package let name: String
  private let files: [String]
  private let read: Reader
  /// As it was read last.
  package private(set) var schema: Schema
  private var state: [FileState?]

  /// What tells that a file is another one, from `stat(2)`.
  private struct FileState: Equatable {
    var inode: ino_t
    var byteCount: off_t
    var seconds: time_t
    var nanoseconds: Int

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (inode, byteCount) = (status.st_ino, status.st_size)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// Reads it for the first time.
  ///
  /// - Parameter files: those it is made of, folders included.
  package init(_ name: String, files: [String], read: @escaping Reader) throws {
    self.name = name
    self.files = files
    self.read = read
    state = files.map(FileState.init)
    schema = try read()
  }

  /// Whether a file changed since it was read last.
  package var isStale: Bool { files.map(FileState.init) != state }

  /// Reads it again.
  ///
  /// What fails is tried again when a file changes once more: it may be half written.
  package mutating func renew() throws {
    state = files.map(FileState.init)
    schema = try read()
  }
}
