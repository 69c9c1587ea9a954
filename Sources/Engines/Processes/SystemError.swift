import Glibc

/// A call to the operating system that failed.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  /// What was attempted, as an infinitive: "open /tmp/x".
  package var attempt: String

  /// The value of `errno`.
  package var code: Int32

  /// Takes the code from `errno`, so this must directly follow the failed call.
  init(doing attempt: String, code: Int32 = errno) {
    self.attempt = attempt
    self.code = code
  }

  /// The system's own words for the code, from `strerror(3)`.
  package var reason: String {
    String(cString: strerror(code))
  }

  package var description: String {
    "could not \(attempt): \(reason)"
  }
}
