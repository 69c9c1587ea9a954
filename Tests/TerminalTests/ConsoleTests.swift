import Dispatch
import Terminal
import Testing

struct ConsoleTests {
  @Test func `results, notes and warnings go where they belong`() throws {
    let stage = Stage()
    let console = stage.console()
    try console.print("14 tables")
    console.note("wrote blueprint/schema.sql")
    console.warn("2 tables could not be read")
    #expect(stage.output.text == "14 tables\n")
    #expect(stage.notes.text == "wrote blueprint/schema.sql\nwarning: 2 tables could not be read\n")
  }

  @Test func `quiet keeps results and warnings`() throws {
    let stage = Stage()
    let console = stage.console(isQuiet: true)
    try console.print("14 tables")
    console.note("wrote blueprint/schema.sql")
    console.warn("2 tables could not be read")
    #expect(stage.output.text == "14 tables\n")
    #expect(stage.notes.text == "warning: 2 tables could not be read\n")
  }

  @Test func `each stream is coloured by what it is itself`() {
    let recorder = Recorder()
    let surroundings = Surroundings(
      environment: [:], output: recorder.output(), notes: recorder.output(isTerminal: true),
      isInputTerminal: false, readLine: { nil }, now: { .zero })
    let console = Console(surroundings, isColorRefused: false, isQuiet: false)
    #expect(!console.style.isColored)
    #expect(console.noteStyle.isColored)
    #expect(console.width == 80)
  }

  @Test func `threads do not run into each other's lines`() {
    let stage = Stage()
    let console = stage.console()
    let progress = console.progress("loading", total: 800, of: .things("rows"))
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      for _ in 1...100 {
        console.note("worker \(worker)")
        progress.advance(by: 1)
      }
    }
    let lines = stage.notes.text.split(separator: "\n")
    #expect(lines.count == 810)
    #expect(lines.filter { $0.hasPrefix("worker ") && $0.count == 8 }.count == 800)
    #expect(lines.filter { $0.hasPrefix("loading: ") }.last == "loading: 100%, 800 of 800 rows")
  }
}
