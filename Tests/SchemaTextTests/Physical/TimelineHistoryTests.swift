import SchemaModel
import SchemaText
import Testing

/// Files that tell how a timeline came to be.
struct TimelineHistoryTests {
  @Test func `a history names the timelines and where they were left`() throws {
    let text =
      "1\t0/A000198\tno recovery target specified\n\n# a comment\n2\t0/C0000A0\tat restore point \"x\"\n"
    let branches = try #require(TimelineHistory.read(text))
    #expect(branches.map(\.timeline) == [1, 2])
    #expect(branches.map(\.end.description) == ["0/A000198", "0/C0000A0"])
  }

  @Test func `what is no history is none`() {
    #expect(TimelineHistory.read("") == nil)
    #expect(TimelineHistory.read("one two three") == nil)
    #expect(TimelineHistory.read("1\tnowhere") == nil)
  }

  @Test func `its name holds its number`() {
    #expect(TimelineHistory.timeline(ofFileNamed: "0000001A.history") == 26)
    #expect(TimelineHistory.timeline(ofFileNamed: "000000010000000000000001") == nil)
  }
}
