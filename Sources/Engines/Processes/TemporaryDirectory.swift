import FoundationEssentials
import Glibc

/// A directory of our own, mode 0700, that is gone when the last reference to it is, and also when this process
/// exits, crashes or is killed.
package final class TemporaryDirectory: Sendable {
  /// Its absolute path, without symbolic links.
  package let path: String

  /// The directory it is in, absolute and without symbolic links.
  var parent: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) }

  /// The process that removes it when we cannot.
  package var guardian: pid_t { leash.guardian }

  let leash: Leash

  private let mark: Descriptor

  /// Makes a directory named `plumb-`, purpose, `-` and six random characters.
  ///
  /// - Parameters:
  ///   - purpose: a word for whoever finds it: letters, digits and hyphens.
  ///   - parent: an existing directory.
  /// - Throws: ``TemporaryDirectoryError``
  package convenience init(
    for purpose: String, in parent: String = TemporaryDirectory.defaultParent
  ) throws(TemporaryDirectoryError) {
    try self.init(for: purpose, in: parent, owner: .current) { path throws(SystemError) in try Leash(on: path)
    }
  }

  /// As ``init(for:in:)``, owned by somebody else if we are root, and on a leash that may hold a program as well.
  init(
    for purpose: String, in parent: String, owner: SystemUser,
    leash makeLeash: (String) throws(SystemError) -> Leash
  ) throws(TemporaryDirectoryError) {
    do throws(SystemError) {
      while true {
        let path = try Self.makeDirectory(for: purpose, in: parent)
        do throws(SystemError) {
          guard let mark = try OwnershipMark.claim(path) else { continue }
          if owner.userID != geteuid(), chown(path, owner.userID, owner.groupID) != 0 {
            throw SystemError(doing: "give \(path) to \(owner.name)")
          }
          let leash = try makeLeash(path)
          self.path = path
          self.mark = mark
          self.leash = leash
          return
        } catch {
          try? DirectoryRemoval.remove(path)
          throw error
        }
      }
    } catch {
      throw TemporaryDirectoryError(parent: parent, cause: error)
    }
  }

  deinit {
    remove()
  }

  /// Removes the directory now; again it does nothing.
  package func remove() {
    leash.release()
  }

  /// Where temporary directories go unless told otherwise: `PLUMB_TMPDIR`, else `TMPDIR`, else /tmp.
  package static var defaultParent: String {
    let environment = ProcessInfo.processInfo.environment
    let candidates = [environment["PLUMB_TMPDIR"], environment["TMPDIR"]]
    return candidates.compactMap(\.self).first { !$0.isEmpty } ?? "/tmp"
  }

  /// Removes the directories made for `purpose` whose process is gone and could not clean up, as after a power loss.
  ///
  /// Those of other users, and those still in use, are left alone.
  ///
  /// - Parameters:
  ///   - purpose: as it was given to ``init(for:in:)``.
  ///   - parent: where to look.
  ///   - prepare: called before each removal; false leaves the directory.
  /// - Returns: the paths of the directories that were removed.
  package static func removeLeftovers(
    for purpose: String, in parent: String = TemporaryDirectory.defaultParent,
    prepare: (String) -> Bool = { _ in true }
  ) -> [String] {
    guard let parent = ResolvedPath.of(parent) else { return [] }
    let prefix = "plumb-\(purpose)-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.sorted().filter { $0.hasPrefix(prefix) && $0.utf8.count == prefix.utf8.count + 6 }
      .map { "\(parent)/\($0)" }
      .filter { path in
        guard let mark = OwnershipMark.claimLeftover(path) else { return false }
        return withExtendedLifetime(mark) { _ in
          guard prepare(path) else { return false }
          try? DirectoryRemoval.remove(path)
          return access(path, F_OK) != 0
        }
      }
  }

  private static func makeDirectory(for purpose: String, in parent: String) throws(SystemError) -> String {
    guard let parent = ResolvedPath.of(parent) else { throw SystemError(doing: "find \(parent)") }
    var template = Array("\(parent)/plumb-\(purpose)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(doing: "make a directory in \(parent)") }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// A temporary directory that could not be made.
package struct TemporaryDirectoryError: Error, Hashable, CustomStringConvertible {
  /// Where it was to be.
  package var parent: String

  package var cause: SystemError

  /// The fact, in one line.
  package var message: String { "no temporary directory in \(parent): \(cause)" }

  /// What to do about it.
  package var hint: String { "Set PLUMB_TMPDIR to a folder that you may write to, with room to spare." }

  package var description: String { "\(message)\nhint: \(hint)" }
}
