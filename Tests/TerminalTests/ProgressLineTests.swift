import Terminal
import Testing

struct ProgressLineTests {
  @Test func `on a terminal it is redrawn in place, ten times a second at most`() {
    let stage = Stage(isTerminal: true, width: 80)
    let console = stage.console()
    let progress = console.progress("loading orders", total: 1_000_000, of: .things("rows"))
    for _ in 1...20 {
      stage.clock.move(by: .milliseconds(50))
      progress.advance(by: 10_000)
    }
    let frames = stage.notes.text.split(separator: "\u{1B}[K")
    #expect(frames.count == 11)
    #expect(frames.first == "\rloading orders: 0%, 0 of 1,000,000 rows")
    #expect(
      frames.last == "\rloading orders: 20%, 200,000 of 1,000,000 rows, 200,000 rows/s, 4.0 s left")
    #expect(frames.allSatisfy { $0.hasPrefix("\r") })
  }

  @Test func `it makes way for other output and comes back`() throws {
    let stage = Stage(isTerminal: true, width: 80)
    let console = stage.console()
    let progress = console.progress("reading", of: .things("tables"))
    console.note("14 tables")
    stage.clock.move(by: .seconds(2))
    progress.advance(by: 8)
    try console.print("done")
    progress.finish()
    let erase = "\r\u{1B}[K"
    #expect(
      stage.notes.text == "\rreading ...\u{1B}[K" + erase + "14 tables\n"
        + "\rreading: 8 tables, 4 tables/s, 2.0 s\u{1B}[K" + erase)
    #expect(stage.output.text == "done\n")
  }

  @Test func `in a log there is one line per tenth`() {
    let stage = Stage()
    let progress = stage.console().progress("copying", total: 5_000_000_000, of: .bytes)
    for _ in 1...50 {
      stage.clock.move(by: .milliseconds(500))
      progress.advance(by: 100_000_000)
    }
    progress.finish()
    let lines = stage.notes.text.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.first == "copying: 10%, 500 MB of 5.0 GB, 200 MB/s, 23 s left")
    #expect(lines.last == "copying: 100%, 5.0 GB of 5.0 GB, 200 MB/s, 25 s")
    #expect(!stage.notes.text.contains("\u{1B}"))
  }

  @Test func `a leap over several tenths is one line`() {
    let stage = Stage()
    let progress = stage.console().progress("checking", total: 3, of: .things("tables"))
    progress.advance(by: 1)
    progress.advance(by: 2)
    #expect(stage.notes.text == "checking: 33%, 1 of 3 tables\nchecking: 100%, 3 of 3 tables\n")
  }

  @Test func `an estimate that was too low does not go past the end`() {
    let stage = Stage()
    let progress = stage.console().progress("counting", total: 10, of: .things("rows"))
    progress.advance(by: 10)
    progress.advance(by: 10)
    #expect(stage.notes.text == "counting: 100%, 10 of 10 rows\n")
  }

  @Test func `a log hears every thirty seconds of a step without a known end`() {
    let stage = Stage()
    let progress = stage.console().progress("counting", of: .things("rows"))
    for _ in 1...9 {
      stage.clock.move(by: .seconds(10))
      progress.advance(by: 1000)
    }
    #expect(
      stage.notes.text == """
        counting: 3,000 rows, 100 rows/s, 30 s
        counting: 6,000 rows, 100 rows/s, 1 min 00 s
        counting: 9,000 rows, 100 rows/s, 1 min 30 s

        """)
  }

  @Test func `quiet shows nothing`() {
    for isTerminal in [true, false] {
      let stage = Stage(isTerminal: isTerminal)
      let progress = stage.console(isQuiet: true).progress("loading", total: 1, of: .bytes)
      progress.advance(by: 1)
      progress.finish()
      #expect(stage.notes.text == "")
    }
  }

  @Test func `a dumb terminal is treated as a log`() {
    let stage = Stage(environment: ["TERM": "dumb"], isTerminal: true)
    stage.console().progress("loading", total: 1, of: .things("files")).advance(by: 1)
    #expect(stage.notes.text == "loading: 100%, 1 of 1 files\n")
  }

  @Test func `a line wider than the terminal is cut, for a wrapped one could not be redrawn`() {
    let stage = Stage(isTerminal: true, width: 20)
    _ = stage.console().progress("loading public.注文明細", total: 9, of: .bytes)
    #expect(stage.notes.text == "\rloading public.注…\u{1B}[K")
  }

  @Test func `nothing to do is not a division by zero`() {
    let stage = Stage(isTerminal: true)
    let progress = stage.console().progress("loading", total: 0, of: .things("rows"))
    stage.clock.move(by: .seconds(5))
    progress.advance(by: 0)
    #expect(stage.notes.text == "\rloading ...\u{1B}[K\rloading ... 5.0 s\u{1B}[K")
  }
}
