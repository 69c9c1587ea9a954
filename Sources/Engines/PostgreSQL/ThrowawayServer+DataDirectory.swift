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
        if case .primary(let conninfo) = options.origin { return try copyPrimary(conninfo, to: path) }
        guard options.usesTemplate else { return try initialize(path) }
        let template = Template(of: user, fingerprint: fingerprint, shelf: shelf)
        if template.isUsable, copy(template.path, to: path) { return }
        try Interruption.check()
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

    /// With the settings of a standby, and the write-ahead log that the copy needs.
    private func copyPrimary(_ conninfo: String, to path: String) throws {
      try run(
        "\(binaries.directory)/pg_basebackup",
        [
          "--pgdata=\(path)", "--dbname=\(conninfo)", "--write-recovery-conf", "--wal-method=stream",
          "--checkpoint=fast",
          "--no-sync", "--no-password",
        ])
    }

    /// Whether the copy is whole; if not, nothing is left of it.
    private func copy(_ source: String, to target: String) -> Bool {
      if (try? run("cp", ["-a", "--reflink=auto", "--", source, target])) != nil { return true }
      try? DirectoryRemoval.remove(target)
      return false
    }

    /// Puts a copy of `path` on the shelf, if that can be done.
    private func keep(_ path: String, as template: Template, shelf: String) throws {
      let workshop = try TemporaryDirectory(for: "initdb", in: shelf, owner: user) {
        path throws(SystemError) in try Leash(on: path)
      }
      guard copy(path, to: workshop.path + "/data") else { return }
      // Whole or not at all. It fails if somebody else has done the same meanwhile, which is as good.
      if !template.isUsable { _ = rename(template.path, workshop.path + "/old") }
      _ = rename(workshop.path + "/data", template.path)
    }

    private func run(_ program: String, _ arguments: [String]) throws {
      let environment = Subprocess.Environment.only(ThrowawayServer.environment)
      _ = try Subprocess(program, arguments, environment: environment, user: user, directory: "/").run()
    }

    /// Of everything that the result of initdb depends on.
    private var fingerprint: String {
      let facts = ([binaries.directory, binaries.version] + initdbOptions).joined(separator: "\0")
      let hash = Array(facts.utf8).withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
      return String(hash, radix: 36)
    }
  }
}
