import Terminal
import Testing

struct CellWidthTests {
  @Test(arguments: [
    ("", 0), ("orders", 6), ("naïve", 5), ("nai\u{308}ve", 5), ("注文", 4), ("한글", 4), ("ｱ", 1), ("Ａ", 2),
    ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("→", 1), ("…", 1), ("\u{200B}", 0),
  ])
  func `text is as wide as a terminal draws it`(text: String, cells: Int) {
    #expect(text.cellWidth == cells)
  }

  @Test func `padding fills up and never cuts`() {
    #expect("注文".padded(toCells: 6, .left) == "注文  ")
    #expect("42".padded(toCells: 6, .right) == "    42")
    #expect("orders".padded(toCells: 3, .left) == "orders")
  }

  @Test(arguments: [
    ("orders", 6, "orders"), ("orders", 5, "orde…"), ("注文書", 5, "注文…"), ("注文書", 4, "注…"), ("orders", 1, "…"),
    ("orders", 0, ""),
  ])
  func `what is too wide is cut with a mark`(text: String, width: Int, expected: String) {
    #expect(text.truncated(toCells: width) == expected)
  }

  @Test func `wrapping keeps words whole`() {
    #expect("a quiet  house by the sea".wrapped(toCells: 8) == ["a quiet", "house by", "the sea"])
    #expect(
      "see postgres://localhost/shop now".wrapped(toCells: 8) == ["see", "postgres://localhost/shop", "now"])
    #expect("".wrapped(toCells: 8) == [])
  }

  @Test func `control characters are spelled out and nothing else is touched`() {
    #expect("a\tb\r\nc\u{1B}[31m\u{7F}\u{9B}".withVisibleControls == "a\\tb\\r\\nc\\u{1b}[31m\\u{7f}\\u{9b}")
    #expect("evil\u{202E}txt".withVisibleControls == "evil\\u{202e}txt")
    #expect("👨‍👩‍👧 naïve".withVisibleControls == "👨‍👩‍👧 naïve")
  }
}
