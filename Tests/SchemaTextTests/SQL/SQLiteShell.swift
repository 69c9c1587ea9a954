import Foundation
import Testing

/// The `sqlite3` program with a database in memory, for texts that must run and not only look right.
enum SQLiteShell {
  /// What stopped the script: the program's own words.
  struct Failure: Error {
    var words: String
  }

  /// Runs a script and returns the lines it prints, columns separated by `|`, NULL as `NULL`.
  /// - Throws: ``Failure`` when a statement fails.
  static func lines(_ script: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output, errors) = (
      folder.appending(path: "in"), folder.appending(path: "out"), folder.appending(path: "err")
    )
    try script.write(to: input, atomically: true, encoding: .utf8)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input.path, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY | O_CREAT, 0o600)
    let words = ["sqlite3", "-batch", "-bail", "-nullvalue", "NULL", ":memory:"]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    try #require(posix_spawnp(&child, "sqlite3", &actions, nil, &arguments, environ) == 0)
    var status: Int32 = 0
    try #require(waitpid(child, &status, 0) == child)

    guard status == 0 else { throw Failure(words: try String(contentsOf: errors, encoding: .utf8)) }
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
