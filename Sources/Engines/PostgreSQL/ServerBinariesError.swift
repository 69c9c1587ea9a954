/// PostgreSQL programs that are needed and not installed.
package struct ServerBinariesError: Error, Hashable, CustomStringConvertible {
  /// What is needed.
  package var needed: Set<ServerBinaries.Program>

  /// The oldest major version that would do; nil when any would.
  package var minimumMajor: Int?

  /// What there is, newest first.
  package var found: [ServerBinaries]

  /// The folders that were searched.
  package var searched: [String]

  private var isServer: Bool { !needed.isDisjoint(with: ServerBinaries.serverPrograms) }

  /// The fact, in one line.
  package var message: String {
    let kind = isServer ? "server" : "client"
    let version = minimumMajor.map { " of version \($0) or newer" } ?? ""
    return "no PostgreSQL \(kind) programs\(version) found"
  }

  /// What was looked for, where, and what was there instead.
  package var detail: String {
    let names = needed.map(\.rawValue).sorted().joined(separator: ", ")
    let instead = found.map { "\($0.version) in \($0.directory)" }
    return "looked for \(names) in \(searched.joined(separator: ":"))"
      + (instead.isEmpty ? "" : "; found \(instead.joined(separator: ", "))")
  }

  /// What to do about it.
  package var hint: String {
    let package = isServer ? "postgresql" : "postgresql-client"
    let version = minimumMajor.map { "-\($0)" } ?? ""
    return "Install the package \(package)\(version), or set PLUMB_PG_BIN to the folder the programs are in."
  }

  package var description: String { "\(message)\n\(detail)\nhint: \(hint)" }
}
