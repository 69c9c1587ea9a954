import Glibc

/// An account of the operating system.
package struct SystemUser: Hashable, Sendable {
  package var name: String
  package var userID: uid_t
  package var groupID: gid_t

  /// Whether this process may do everything, and may run a child as somebody else.
  package static var isRoot: Bool { geteuid() == 0 }

  /// Who we are.
  package static var current: SystemUser {
    SystemUser(userID: geteuid()) ?? SystemUser(name: "\(geteuid())", userID: geteuid(), groupID: getegid())
  }

  /// Who runs a database server for us: PostgreSQL refuses to be run by root, so then it is `postgres`, or
  /// `nobody` where there is no such account.
  package static var forServers: SystemUser {
    guard isRoot else { return current }
    return SystemUser(named: "postgres") ?? SystemUser(named: "nobody")
      ?? SystemUser(name: "nobody", userID: 65534, groupID: 65534)
  }

  package init(name: String, userID: uid_t, groupID: gid_t) {
    self.name = name
    self.userID = userID
    self.groupID = groupID
  }

  /// Looks the account up with `getpwnam_r(3)`; nil when there is none.
  package init?(named name: String) {
    self.init { getpwnam_r(name, $0, $1, $2, $3) }
  }

  /// Looks the account up with `getpwuid_r(3)`; nil when there is none.
  package init?(userID: uid_t) {
    self.init { getpwuid_r(userID, $0, $1, $2, $3) }
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private init?(_ lookUp: Lookup) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    let name: String? = buffer.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, lookUp(&entry, start, buffer.count, &found) == 0 else {
        return nil
      }
      return found?.pointee.pw_name.map { String(cString: $0) }
    }
    guard let name else { return nil }
    self.init(name: name, userID: entry.pw_uid, groupID: entry.pw_gid)
  }
}
