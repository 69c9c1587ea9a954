import FoundationEssentials
import Glibc

extension ThrowawayServer {
  /// Removes what servers left behind in `parent` whose process is gone and could not clean up, as after a power loss,
  /// and templates that no longer serve.
  ///
  /// A server that has outlived the process it belonged to is ended first. Everything of other users, and all that is
  /// in use, is left alone.
  ///
  /// - Returns: the paths of the directories that were removed.
  package static func removeLeftovers(in parent: String = TemporaryDirectory.defaultParent) -> [String] {
    guard let parent = ResolvedPath.of(parent) else { return [] }
    let spoiled = Template.all(of: .forServers, shelf: parent)
      .filter { $0.isSpoiled && (try? DirectoryRemoval.remove($0.path)) != nil }
      .map(\.path)
    return TemporaryDirectory.removeLeftovers(for: "server", in: parent, prepare: endServer)
      + TemporaryDirectory.removeLeftovers(for: "initdb", in: parent) + spoiled
  }

  /// Ends the server that runs on the data in `directory`, if there is one; false if it does not end.
  private static func endServer(in directory: String) -> Bool {
    let data = "\(directory)/data"
    guard let words = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8),
      let identifier = pid_t(words.prefix { $0.isNumber }), let watch = ProcessWatch(identifier),
      // The number may have come to mean somebody else; a server always works in its data directory.
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(identifier)/cwd")) == data
    else { return true }
    kill(identifier, SIGQUIT)
    return watch.waitForEnd(atMost: .seconds(10))
  }
}
