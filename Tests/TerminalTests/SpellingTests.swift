import Testing

@testable import Terminal

struct SpellingTests {
  @Test(arguments: [
    ("drift", "drift", 0), ("drfit", "drift", 1), ("dirft", "drift", 1), ("drit", "drift", 1),
    ("drifft", "drift", 1), ("draft", "drift", 1), ("", "drift", 5), ("drift", "", 5), ("abc", "xyz", 3),
  ])
  func `a swap of neighbours is one slip`(word: String, other: String, slips: Int) {
    #expect(Spelling.distance(word, other) == slips)
    #expect(Spelling.distance(other, word) == slips)
  }

  @Test(arguments: [
    ("drfit", "drift"), ("restor", "restore"), ("bakup", "backup"), ("bakcups", "backups"), ("ini", "init"),
    ("xyzzy", nil), ("up", nil), ("", nil), ("dff", "diff"), ("dxyf", nil),
  ])
  func `a wrong word gets the nearest right one`(word: String, nearest: String?) {
    let names = ["init", "diff", "drift", "backup", "backups", "restore"]
    #expect(Spelling.nearest(to: word, among: names) == nearest)
  }

  @Test func `nothing is near an empty list`() {
    #expect(Spelling.nearest(to: "drift", among: []) == nil)
  }
}
