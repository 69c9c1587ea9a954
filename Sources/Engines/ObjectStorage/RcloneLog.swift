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
    var words = lines.filter { line in !Self.noise.contains { line.hasPrefix($0) } }.joined(separator: " ")
    // Its last words come as text, with the time before them, and mostly repeat what was said.
    if let start = words.firstRange(of: "Failed to "), words.first?.isNumber == true {
      words = String(words[start.lowerBound...])
    }
    for beginning in Self.beginnings where words.hasPrefix(beginning) {
      words = String(words.dropFirst(beginning.utf8.count))
    }
    guard !words.isEmpty, messages.count < 20, !messages.contains(where: { $0.hasPrefix(words) }) else {
      return
    }
    messages.append(words)
  }

  private static let noise = ["status code:", "caused by:", "For verbose messaging", "Attempt "]
  private static let beginnings = [
    "error reading source root directory: ", "Failed to copy: ", "Failed to purge: ",
    "Failed to deletefile: ", "Failed to moveto: ", "Failed to copyto: ",
  ]
}
