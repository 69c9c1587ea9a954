import Foundation

/// Where the tests find the repository they belong to and the program that was built with them.
package enum Repository {
  /// The absolute path of a file of the repository.
  package static func path(_ relative: String) -> String {
    // Tests/Support/Repository.swift is two folders below the root.
    let here = URL(fileURLWithPath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(relative).path
  }

  /// The `plumb` that was built beside the test bundle.
  package static var program: String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("plumb").path
  }
}
