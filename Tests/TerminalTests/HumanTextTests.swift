import Terminal
import Testing

struct HumanTextTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (100_000, "100,000"),
    (-1234, "-1,234"), (-123, "-123"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `counts are grouped by thousands`(number: Int, text: String) {
    #expect(HumanText.count(number) == text)
  }

  @Test func `a noun follows its number`() {
    #expect(HumanText.count(1, "row") == "1 row")
    #expect(HumanText.count(0, "row") == "0 rows")
    #expect(HumanText.count(1200, "index", plural: "indexes") == "1,200 indexes")
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1250, "1.3 kB"), (12_340, "12.3 kB"), (99_949, "99.9 kB"),
    (99_950, "100 kB"), (999_449, "999 kB"), (999_500, "1.0 MB"), (1_200_000_000, "1.2 GB"),
    (120_400_000_000, "120 GB"), (Int.max, "9.2 EB"), (-1500, "-1.5 kB"),
  ])
  func `bytes have three digits at most`(byteCount: Int, text: String) {
    #expect(HumanText.bytes(byteCount) == text)
  }

  @Test(arguments: [
    (0, "0 ms"), (40, "40 ms"), (99, "99 ms"), (100, "0.1 s"), (449, "0.4 s"), (450, "0.5 s"),
    (9_940, "9.9 s"),
    (9_950, "10 s"), (12_499, "12 s"), (59_499, "59 s"), (59_500, "1 min 00 s"), (185_000, "3 min 05 s"),
    (3_599_499, "59 min 59 s"), (3_599_500, "1 h 00 min"), (7_620_000, "2 h 07 min"),
    (86_399_000, "1 d 00 h"), (273_600_000, "3 d 04 h"), (-5, "0 ms"),
  ])
  func `durations name two units at most and carry when rounded`(milliseconds: Int, text: String) {
    #expect(HumanText.duration(.milliseconds(milliseconds)) == text)
  }

  @Test func `a rate needs time to have passed`() {
    #expect(HumanText.rate(620_000, "rows", in: .seconds(2)) == "310,000 rows/s")
    #expect(HumanText.rate(620_000, "rows", in: .zero) == "")
  }

  @Test func `alternatives read as a sentence`() {
    #expect(HumanText.alternatives([]) == "")
    #expect(HumanText.alternatives(["a"]) == "a")
    #expect(HumanText.alternatives(["a", "b"]) == "a or b")
    #expect(HumanText.alternatives(["a", "b", "c"]) == "a, b or c")
  }
}
