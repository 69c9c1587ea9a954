import Terminal
import Testing

struct TextTableTests {
  @Test func `words stand left, numbers right, and no line ends in spaces`() {
    var table = TextTable([.text("table"), .number("rows"), .text("verdict")])
    table.add(["orders", "1,234,567", "same"])
    table.add(["p", "8", ""])
    #expect(
      table.lines(style: .plain) == [
        "table        rows  verdict",
        "orders  1,234,567  same",
        "p               8",
      ])
  }

  @Test func `columns line up under wide and combining characters`() {
    var table = TextTable([.text("name"), .number("n")])
    table.add(["注文", "1"])
    table.add(["cafe\u{301}", "22"])
    table.add(["🇩🇪 x", "3"])
    #expect(
      table.lines(style: .plain, indent: 2) == [
        "  name   n",
        "  注文   1",
        "  cafe\u{301}  22",
        "  🇩🇪 x   3",
      ])
  }

  @Test func `colour does not move a column, and foreign text cannot steer the terminal`() {
    var table = TextTable([.text("key"), .text("state")])
    table.add([.init("a\u{1B}[2J\nb", .bad), .init("x")])
    table.add([.init("c"), .init("y", .good)])
    let style = Style(isTerminal: true, environment: [:])
    #expect(
      table.lines(style: style) == [
        "\u{1B}[2mkey\u{1B}[0m            \u{1B}[2mstate\u{1B}[0m",
        "\u{1B}[31ma\\u{1b}[2J\\nb\u{1B}[0m  x",
        "c              \u{1B}[32my\u{1B}[0m",
      ])
  }

  @Test func `without titles there is no head`() {
    var table = TextTable([.text(""), .number("")])
    #expect(table.isEmpty)
    #expect(table.lines(style: .plain) == [])
    table.add(["a", "1"])
    #expect(table.lines(style: .plain) == ["a  1"])
  }

  @Test func `a row of another length is a bug`() async {
    await #expect(processExitsWith: .failure) {
      var table = TextTable([.text("a")])
      table.add(["1", "2"])
    }
  }
}
