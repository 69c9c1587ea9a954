import Glibc
import Testing

/// A condition that did not come true in time.
struct NeverCameTrue: Error, CustomStringConvertible {
  let description: String
}

/// Asks again and again until the condition holds.
///
/// - Throws: ``NeverCameTrue`` after a minute, which is far more than anything here takes.
func eventually(_ what: String, _ condition: () throws -> Bool) throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while try !condition() {
    guard .now < deadline else { throw NeverCameTrue(description: "never came true: \(what)") }
    usleep(5_000)
  }
}
