import Engines
import Foundation
import Glibc

/// The program under test, as the build made it.
enum Program {
  /// Its path: the build puts it beside the test bundle.
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("plumb").path
  }()

  /// Nothing of the developer's own environment changes what it does.
  static func environment(_ added: [String: String]) -> Subprocess.Environment {
    let own = ProcessInfo.processInfo.environment
    let kept = ["LD_LIBRARY_PATH", "PLUMB_PG_BIN"].reduce(into: [String: String]()) { $0[$1] = own[$1] }
    return .only(kept.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(added) { $1 })
  }
}
