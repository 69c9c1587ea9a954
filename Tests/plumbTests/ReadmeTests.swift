import Engines
import Foundation
import TestSupport
import Testing

/// The README shows what the program prints, not what it once printed.
@Suite struct ReadmeTests {
  @Test func `the console output in the README is what the demo prints`() throws {
    let readme = try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
    let shown = Self.consoleLines(of: readme)
    try #require(shown.count > 10)
    let scratch = try Scratch()
    let plain = Subprocess.Environment.inherited(adding: ["NO_COLOR": "1"])
    let demo = try Subprocess(Repository.program, ["demo"], environment: plain, directory: scratch.path).run()
    var printed = Self.lines(demo.outputText)[...]
    for line in shown {
      let place = printed.firstIndex(of: line)
      #expect(place != nil, "the demo does not print, or not in this order: \(line)")
      if let place { printed = printed[(place + 1)...] }
    }
  }

  /// The lines of fenced `console` blocks; `...` stands for lines left out.
  private static func consoleLines(of readme: String) -> [String] {
    var lines: [String] = []
    var isInside = false
    for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```console" {
        isInside = true
      } else if line.hasPrefix("```") {
        isInside = false
      } else if isInside, line != "...", !line.isEmpty {
        lines.append(masked(String(line)))
      }
    }
    return lines
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { masked(String($0)) }
  }

  /// The line without what differs from run to run: when it was, and how long it took.
  private static func masked(_ line: String) -> String {
    line.replacing(/\d{8}T\d{6}Z/, with: "TIME").replacing(/in [0-9.]+ m?s$/, with: "in DURATION")
  }
}
