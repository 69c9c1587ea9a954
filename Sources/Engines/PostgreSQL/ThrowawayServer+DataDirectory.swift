import CXXHash
import FoundationEssentials
import Glibc

extension ThrowawayServer {
  /// Makes the data directory of a cluster, by initdb or from the result of an earlier one.
  struct DataDirectory {
    var binaries: ServerBinaries
    var options: Options

    /// Who owns the data, as PostgreSQL demands.
    var user: SystemUser

    /// Creates the data directory `path`, which must not exist, while its parent must.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - shelf: where templates are kept.
    /// - Throws: ``ThrowawayServerError``; ``Interrupted``.
    func create(at path: String, shelf: String) throws {
      do {
        guard options.usesTemplate else { return try initialize(path) }
        let template = "\(shelf)/\(Template.prefix(user))\(Template.boot)-\(fingerprint)"
        if Template.isTrustworthy(template, user) { return try copy(template, to: path) }
        try initialize(path)
        try keep(path, as: template, shelf: shelf)
      } catch let error as SubprocessError {
        throw ThrowawayServerError.notPrepared(error)
      }
    }

    private var initdbOptions: [String] {
      var arguments = [
        "-U", ThrowawayServer.superuser, "-A", "trust", "-E", options.encoding, "--locale=\(options.locale)",
      ]
      if let icuLocale = options.icuLocale {
        arguments += ["--locale-provider=icu", "--icu-locale=\(icuLocale)"]
      } else if binaries.major >= 15 {
        arguments.append("--locale-provider=libc")
      }
      // The default since 18; they protect data that is worth keeping.
      if binaries.major >= 18 { arguments.append("--no-data-checksums") }
      return arguments
    }

    private func initialize(_ path: String) throws {
      try run(binaries.path(of: .initdb), ["-D", path, "--no-sync"] + initdbOptions)
    }

    private func copy(_ source: String, to target: String) throws {
      try run("cp", ["-a", "--reflink=auto", "--", source, target])
    }

    private func run(_ program: String, _ arguments: [String]) throws {
      _ = try Subprocess(
        program, arguments, environment: .only(ThrowawayServer.environment), user: user, directory: "/"
      ).run()
    }

    /// Puts a copy of `path` on the shelf, whole or not at all.
    private func keep(_ path: String, as template: String, shelf: String) throws {
      let workshop = try TemporaryDirectory(for: "initdb", in: shelf, owner: user) {
        path throws(SystemError) in try Leash(on: path)
      }
      try copy(path, to: workshop.path + "/data")
      // It fails if somebody else has done the same meanwhile, which is as good.
      _ = rename(workshop.path + "/data", template)
    }

    /// Of everything that the result of initdb depends on.
    private var fingerprint: String {
      let facts = ([binaries.directory, binaries.version] + initdbOptions).joined(separator: "\0")
      let hash = Array(facts.utf8).withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
      return String(hash, radix: 36)
    }
  }

  /// A data directory that is kept in order to be copied.
  ///
  /// Its name carries the machine's start: it was written without waiting for the disk, so a restart spoils it.
  enum Template {
    /// What the name of every template of `user` starts with.
    static func prefix(_ user: SystemUser) -> String { "plumb-template-\(user.userID)-" }

    /// Names this run of the machine.
    static let boot = String(
      ((try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? "0").prefix {
        $0 != "-"
      })

    /// Whether there is a directory that only `user` can have put there and only they can read.
    static func isTrustworthy(_ path: String, _ user: SystemUser) -> Bool {
      var status = stat()
      return lstat(path, &status) == 0 && status.st_mode == S_IFDIR | 0o700 && status.st_uid == user.userID
    }
  }

  /// Removes what servers left behind in `parent` whose process is gone and could not clean up, as after a power loss,
  /// and templates that no longer serve.
  ///
  /// A server that has outlived the process it belonged to is ended first. Everything of other users, and all that is
  /// in use, is left alone.
  ///
  /// - Returns: the paths of the directories that were removed.
  package static func removeLeftovers(in parent: String = TemporaryDirectory.defaultParent) -> [String] {
    guard let parent = ResolvedPath.of(parent) else { return [] }
    let user = SystemUser.forServers
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    let spoiled = names.sorted()
      .filter { $0.hasPrefix(Template.prefix(user)) && !$0.hasPrefix(Template.prefix(user) + Template.boot) }
      .map { "\(parent)/\($0)" }
      .filter { Template.isTrustworthy($0, user) && (try? DirectoryRemoval.remove($0)) != nil }
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
