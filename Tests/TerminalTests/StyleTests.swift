import Terminal
import Testing

struct StyleTests {
  private static let cases:
    [(isTerminal: Bool, environment: [String: String], isRefused: Bool, colored: Bool)] = [
      (true, [:], false, true),
      (true, ["TERM": "xterm-256color"], false, true),
      (false, [:], false, false),
      (true, [:], true, false),
      (true, ["NO_COLOR": "1"], false, false),
      (true, ["NO_COLOR": ""], false, true),
      (true, ["TERM": "dumb"], false, false),
      (false, ["FORCE_COLOR": "1"], false, true),
      (false, ["FORCE_COLOR": ""], false, false),
      (false, ["FORCE_COLOR": "0"], false, false),
      (true, ["FORCE_COLOR": "1", "TERM": "dumb"], false, true),
      (true, ["FORCE_COLOR": "1", "NO_COLOR": "1"], false, false),
      (true, ["FORCE_COLOR": "1"], true, false),
    ]

  @Test(arguments: cases)
  func `colour is decided by flag, environment and stream, in that order`(
    isTerminal: Bool, environment: [String: String], isRefused: Bool, colored: Bool
  ) {
    let style = Style(isTerminal: isTerminal, environment: environment, isColorRefused: isRefused)
    #expect(style.isColored == colored)
  }

  @Test(arguments: Style.Role.allCases)
  func `without colour the text is untouched, with it the text is still there`(role: Style.Role) {
    let colored = Style(isTerminal: true, environment: [:])
    #expect(Style.plain(role, "orders") == "orders")
    #expect(colored(role, "orders").hasPrefix("\u{1B}["))
    #expect(colored(role, "orders").hasSuffix("morders\u{1B}[0m"))
    #expect(colored(role, "") == "")
  }
}
