import Engines
import FoundationEssentials

/// A directory for one test, gone when the test is over.
package struct Scratch {
  private let directory: TemporaryDirectory

  /// Makes an empty directory.
  package init() throws {
    directory = try TemporaryDirectory(for: "test")
  }

  /// Its absolute path.
  package var path: String { directory.path }

  /// The path of something in it, whether or not it exists.
  package func path(_ name: String) -> String {
    "\(path)/\(name)"
  }

  /// Writes a file, and the folders it is in, and returns its path.
  package func write(_ name: String, _ text: String) throws -> String {
    let file = path(name)
    let folder = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// Makes a folder in it that everybody may use, as the user that runs a server must, and returns its path.
  package func makeOpenFolder(_ name: String) throws -> String {
    let folder = path(name)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for opened in [path, folder] {
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: opened)
    }
    return folder
  }

  /// The text of a file in it.
  package func read(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }
}
