import Foundation

/// What rclone writes while it works: a line of JSON for each message.
struct RcloneLog {
  /// Messages that are no progress, oldest first; at most the first twenty.
  private(set) var messages: [String] = []

  private struct Line: Decodable {
    struct Stats: Decodable {
      var bytes: Int
      var totalBytes: Int
    }

    var level: String
    var msg: String
    var stats: Stats?
  }

  /// Takes a line; how far the transfer has come, when it tells that.
  mutating func read(_ text: String) -> (done: Int, total: Int)? {
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)) else {
      add(text)
      return nil
    }
    if let stats = line.stats { return (stats.bytes, stats.totalBytes) }
    if ["error", "fatal", "critical", "emergency", "alert"].contains(line.level) { add(line.msg) }
    return nil
  }

  private mutating func add(_ message: String) {
    // Of a message of several lines the first says it; request numbers help nobody here.
    let lines = message.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let words = lines.filter { !$0.isEmpty && !$0.hasPrefix("status code:") }.joined(separator: " ")
    guard !words.isEmpty, messages.count < 20, !messages.contains(words) else { return }
    messages.append(words)
  }
}
