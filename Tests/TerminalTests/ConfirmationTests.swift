import Terminal
import Testing

struct ConfirmationTests {
  private let question = "This will replace 14 tables of 'shop'.\nType 'shop' to go ahead: "

  @Test func `the right name on the command line is enough`() {
    let stage = Stage()
    #expect(stage.run("restore live --confirm shop") == .success)
    #expect(stage.notes.text == "")
  }

  @Test func `another name is refused, even with a person at the terminal`() {
    let stage = Stage(environment: ["NO_COLOR": "1"], isTerminal: true, isInputTerminal: true, typed: "shop")
    #expect(stage.run("restore live --confirm shop2") == .usage)
    #expect(
      stage.notes.text == """
        plumb: --confirm names 'shop2', but this would replace 14 tables of 'shop'
          hint: Check which one you mean; nothing was changed.

        """)
  }

  @Test(arguments: [(true, false), (false, true), (false, false)])
  func `without a terminal nothing is asked and the flag is named`(isInputTerminal: Bool, isTerminal: Bool) {
    let stage = Stage(
      environment: ["NO_COLOR": "1"], isTerminal: isTerminal, isInputTerminal: isInputTerminal, typed: "shop")
    #expect(stage.run("restore live") == .usage)
    #expect(
      stage.notes.text == """
        plumb: this would replace 14 tables of 'shop', and nobody is at the terminal to confirm it
          hint: Add '--confirm shop' if you mean it.

        """)
  }

  @Test func `the name typed on the terminal goes ahead`() {
    let stage = Stage(isTerminal: true, isInputTerminal: true, typed: "shop")
    #expect(stage.run("restore live") == .success)
    #expect(stage.notes.text == question)
  }

  @Test(arguments: [nil, "", "yes", "Shop", "shop "])
  func `anything else typed changes nothing`(typed: String?) {
    let stage = Stage(environment: ["NO_COLOR": "1"], isTerminal: true, isInputTerminal: true, typed: typed)
    #expect(stage.run("restore live") == .usage)
    #expect(
      stage.notes.text == question + """
        plumb: not confirmed; nothing was changed
          hint: Type the name exactly, or add '--confirm shop'.

        """)
  }
}
