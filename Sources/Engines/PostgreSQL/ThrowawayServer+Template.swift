import FoundationEssentials
import Glibc

extension ThrowawayServer {
  /// A data directory that is kept in order to be copied.
  struct Template {
    var path: String

    /// Who owns it, as PostgreSQL will demand of a copy.
    var user: SystemUser

    /// The one on a shelf for servers of one kind.
    ///
    /// Its name carries the machine's start: it was written without waiting for the disk, so a restart spoils it.
    init(of user: SystemUser, fingerprint: String, shelf: String) {
      self.user = user
      path = "\(shelf)/\(Self.prefix(user))\(Self.boot)-\(fingerprint)"
    }

    private init(of user: SystemUser, at path: String) {
      self.user = user
      self.path = path
    }

    /// All there are on a shelf, for servers of whatever kind.
    static func all(of user: SystemUser, shelf: String) -> [Template] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: shelf)) ?? []
      return names.filter { $0.hasPrefix(prefix(user)) }.sorted().map {
        Template(of: user, at: "\(shelf)/\($0)")
      }
    }

    /// Whether it is there, is the user's and nobody else's, and is whole.
    ///
    /// After a day it is not used any more, well before the system starts to clear old files out of /tmp one by one.
    var isUsable: Bool {
      guard let status else { return false }
      return path.contains("/\(Self.prefix(user))\(Self.boot)-")
        && time(nil) - status.st_mtim.tv_sec < 24 * 60 * 60
    }

    /// Whether it is there and is the user's, but must not be used.
    var isSpoiled: Bool { status != nil && !isUsable }

    /// Of a directory that only the user can have put there, and only they can read; nil for anything else.
    private var status: stat? {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode == S_IFDIR | 0o700, status.st_uid == user.userID else {
        return nil
      }
      return status
    }

    private static func prefix(_ user: SystemUser) -> String { "plumb-template-\(user.userID)-" }

    /// Names this run of the machine.
    private static let boot: Substring = {
      let identifier = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
      return (identifier ?? "0").prefix { $0 != "-" }
    }()
  }
}
