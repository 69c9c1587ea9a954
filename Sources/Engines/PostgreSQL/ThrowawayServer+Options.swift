import FoundationEssentials
import Glibc

extension ThrowawayServer {
  /// How a throw-away cluster is made.
  package struct Options: Hashable, Sendable {
    /// The programs to run; nil takes the newest installed.
    package var binaries: ServerBinaries?

    /// Where its data come from.
    package var origin: Origin

    /// Where its directory goes.
    package var parentDirectory: String

    /// The encoding of its databases, unless one is created with another.
    package var encoding: String

    /// The operating system's locale of its databases, unless one is created with another.
    package var locale: String

    /// The ICU locale of its databases; nil leaves collation to the operating system.
    ///
    /// Needs PostgreSQL 15 or newer.
    package var icuLocale: String?

    package var memory: Memory

    /// Settings that are added to, or replace, those that make it fast; by name.
    package var settings: [String: String]

    /// Whether the result of initdb is kept in the parent directory and copied next time.
    ///
    /// A copy takes a fifth of the time. It serves for a day, or until the machine is restarted.
    package var usesTemplate: Bool

    /// How long the server may take until it accepts connections.
    package var startLimit: Duration

    package init(
      binaries: ServerBinaries? = nil, origin: Origin = .nothing,
      parentDirectory: String = TemporaryDirectory.defaultParent,
      encoding: String = "UTF8", locale: String = "C.UTF-8", icuLocale: String? = nil,
      memory: Memory = .modest,
      settings: [String: String] = [:], usesTemplate: Bool = false, startLimit: Duration = .seconds(60)
    ) {
      self.binaries = binaries
      self.origin = origin
      self.parentDirectory = parentDirectory
      self.encoding = encoding
      self.locale = locale
      self.icuLocale = icuLocale
      self.memory = memory
      self.settings = settings
      self.usesTemplate = usesTemplate
      self.startLimit = startLimit
    }
  }

  /// Where a cluster's data come from.
  package enum Origin: Hashable, Sendable {
    /// A new cluster without any, as initdb makes it.
    case nothing
    /// The running server with that connection string, of which it becomes a hot standby.
    ///
    /// That server must allow connections for replication, and more of them than it has.
    case primary(conninfo: String)
    /// Files of another server that its maker puts in place, together with `postgresql.conf`, `pg_hba.conf` and
    /// `pg_ident.conf` beside the data directory: none of the files' own settings is heeded.
    case files
  }

  /// How much memory a cluster takes, in bytes.
  package struct Memory: Hashable, Sendable {
    /// For all together (`shared_buffers`).
    package var sharedByteCount: Int

    /// For each index that is being built (`maintenance_work_mem`).
    package var maintenanceByteCount: Int

    /// For each sort or hash (`work_mem`).
    package var workByteCount: Int

    package init(sharedByteCount: Int, maintenanceByteCount: Int, workByteCount: Int) {
      self.sharedByteCount = sharedByteCount
      self.maintenanceByteCount = maintenanceByteCount
      self.workByteCount = workByteCount
    }

    /// Enough for tests, many at a time.
    package static let small = Memory(
      sharedByteCount: 16 << 20, maintenanceByteCount: 16 << 20, workByteCount: 4 << 20)

    /// A share of this machine's memory that leaves it usable for what else runs there.
    package static var modest: Memory { modest(of: MachineMemory.byteCount) }

    /// A modest share of `byteCount`.
    package static func modest(of byteCount: Int) -> Memory {
      func share(_ divisor: Int, atLeast least: Int, atMost most: Int) -> Int {
        min(max(byteCount / divisor, least << 20), most << 20)
      }
      return Memory(
        sharedByteCount: share(16, atLeast: 16, atMost: 512),
        maintenanceByteCount: share(32, atLeast: 16, atMost: 256),
        workByteCount: share(256, atLeast: 4, atMost: 64))
    }
  }

  /// What the server sees of the environment: none of our secrets.
  static var environment: [String: String] {
    // Without TZ, initdb searches the whole time zone database for the machine's.
    var variables = ["TZ": "UTC"]
    variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
    return variables
  }

  /// The command that runs the server.
  static func command(_ binaries: ServerBinaries, _ options: Options, directory: String) -> [String] {
    var settings = fastSettings(options.memory, directory: directory).merging(options.settings) { $1 }
    if options.origin == .files {
      settings["config_file"] = "\(directory)/postgresql.conf"
      settings["hba_file"] = "\(directory)/pg_hba.conf"
      settings["ident_file"] = "\(directory)/pg_ident.conf"
    }
    return [binaries.path(of: .postgres), "-D", "\(directory)/data", "-p", "\(port)"]
      + settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
  }

  private static func fastSettings(_ memory: Memory, directory: String) -> [String: String] {
    [
      // On its own Unix socket and nowhere else; the directory lets nobody else in.
      "listen_addresses": "",
      "unix_socket_directories": "\"\(directory.replacing("\"", with: "\"\""))\"",
      "cluster_name": directory.split(separator: "/").last.map(String.init) ?? "plumb",
      "max_connections": "50",
      // Nothing here must survive a power loss.
      "fsync": "off",
      "full_page_writes": "off",
      "synchronous_commit": "off",
      "wal_level": "minimal",
      "max_wal_senders": "0",
      "max_wal_size": "4GB",
      "checkpoint_timeout": "1h",
      // Not behind the back of whoever measures.
      "autovacuum": "off",
      // A restored subscription must not reach out to the server it came from.
      "max_logical_replication_workers": "0",
      // One transaction may touch every table of a large schema.
      "max_locks_per_transaction": "1024",
      "shared_buffers": "\(memory.sharedByteCount >> 10)kB",
      "maintenance_work_mem": "\(memory.maintenanceByteCount >> 10)kB",
      "work_mem": "\(memory.workByteCount >> 10)kB",
      // Those are for a server that matters.
      "huge_pages": "off",
      // The log is read by us, whatever the cluster's locale.
      "lc_messages": "C",
      "log_timezone": "UTC",
    ]
  }
}

/// How much memory this machine, or the container we are in, has.
enum MachineMemory {
  /// In bytes: physical memory, or the control group's limit (`memory.max`) if that is lower.
  static var byteCount: Int {
    let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap {
      path in
      (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Int($0.prefix { $0.isNumber }) }
    }
    return min(physical, limits.min() ?? physical)
  }
}
