import Foundation
import Glibc

/// A note in object storage that a run is at work with a backup: uploads it, or fetches it.
///
/// There are no locks in object storage. A run renews its note while it works, and one that was killed is known by its process being gone
/// (on the same machine) or by the note's age (on any other).
struct StoreClaim: Hashable, Codable {
  /// The backup's id.
  var backup: String
  /// What tells this run from all others.
  var token: String
  /// For people.
  var host: String
  /// The kernel's boot and the namespace that process numbers count in.
  var system: String
  var process: Int32
  /// When the process began, in the kernel's ticks: numbers are given again.
  var processBegan: String
  var renewedAt: Date

  /// How long a note of another machine is believed without being renewed.
  static let patience = Duration.seconds(6 * 3600)
  /// How often it is renewed.
  static let renewal = Duration.seconds(300)

  /// A note of this run.
  init(on backup: String, at time: Date) {
    self.backup = backup
    token = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    system = Self.currentSystem
    process = getpid()
    processBegan = Self.beginning(of: process) ?? ""
    renewedAt = time
  }

  /// The object's name within its folder.
  var name: String { "\(backup).\(token)" }

  /// Whether the run is gone.
  func isStale(at time: Date) -> Bool {
    if system == Self.currentSystem { return Self.beginning(of: process) != processBegan }
    return time.timeIntervalSince(renewedAt) > Self.patience.inSeconds
  }

  private static let currentSystem: String = {
    let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    let space = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    return "\(boot.prefix { !$0.isNewline }) \(space)"
  }()

  /// The 22nd word of `/proc/PID/stat`; `nil` when there is no such process.
  private static func beginning(of process: Int32) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let words = text[name...].split(separator: " ")
    return words.count > 20 ? String(words[20]) : nil
  }
}
