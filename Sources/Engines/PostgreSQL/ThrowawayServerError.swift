/// A throw-away server that could not be made.
package enum ThrowawayServerError: Error, Hashable, CustomStringConvertible {
  /// Its directory cannot hold a server.
  case unusableDirectory(String, problem: String)

  /// initdb, or the copy of a template, failed.
  case notPrepared(SubprocessError)

  /// The server ended before it accepted connections.
  case notStarted(log: String)

  /// The server ran but did not accept connections in time.
  case notReady(after: Duration, log: String)

  /// The fact, in one line.
  package var message: String {
    switch self {
    case .unusableDirectory(let path, _): "\(path) cannot hold a PostgreSQL server"
    case .notPrepared(let error): "could not prepare a throw-away PostgreSQL server: \(error.message)"
    case .notStarted: "the throw-away PostgreSQL server did not start"
    case .notReady(let limit, _):
      "the throw-away PostgreSQL server was not ready after \(limit.components.seconds) s"
    }
  }

  /// What is wrong with the path, or the last words of the program or the server's log.
  package var detail: String? {
    switch self {
    case .unusableDirectory(_, let problem): problem
    case .notPrepared(let error): error.detail
    case .notStarted(let log), .notReady(_, let log): Self.end(of: log)
    }
  }

  /// What to do about it, where the words of the program or the log tell.
  package var hint: String? {
    switch self {
    case .unusableDirectory:
      return "Set PLUMB_TMPDIR to a folder with a short and plain path, such as /tmp."
    case .notPrepared, .notStarted, .notReady:
      let words = detail ?? ""
      return Self.hints.first { words.contains($0.words) }?.hint
    }
  }

  package var description: String {
    ([message] + [detail, hint.map { "hint: \($0)" }].compactMap(\.self)).joined(separator: "\n")
  }

  /// Enough lines to see the cause above what followed from it.
  private static func end(of log: String) -> String? {
    let lines = log.split(separator: "\n").suffix(20)
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static let memoryHint =
    "The machine is short of shared memory: lower shared_buffers, or give the container a larger /dev/shm."

  private static let diskHint =
    "The disk is full: make room, or set PLUMB_TMPDIR to a folder on a larger disk."

  /// What a message of PostgreSQL, or of the programs around it, means for whoever runs us; first match wins.
  private static let hints: [(words: String, hint: String)] = [
    ("could not resize shared memory segment", memoryHint),
    ("could not map anonymous shared memory", memoryHint),
    ("could not create shared memory segment", memoryHint),
    ("Cannot allocate memory", memoryHint),
    ("No space left on device", diskHint),
    ("Disk quota exceeded", diskHint),
    (
      "Permission denied",
      "The folder must be open to the user the server runs as: set PLUMB_TMPDIR to one that is, such as /tmp."
    ),
    ("invalid locale name", "Install the locale (Debian: the package locales-all), or choose another."),
    ("ICU is not supported", "Use a PostgreSQL that was built with ICU, such as Debian's."),
    ("could not access file", "Install the package of that library for this version of PostgreSQL."),
    ("could not load library", "Install the package of that library for this version of PostgreSQL."),
    ("unrecognized configuration parameter", "Correct the settings that were given for the server."),
    ("invalid value for parameter", "Correct the settings that were given for the server."),
    (
      "setpriv: ",
      "This container lets root not become another user: run Plumbline as a user without privileges."
    ),
  ]
}
