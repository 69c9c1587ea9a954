import SchemaModel
import Testing

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("public.tmp_*", "public.tmp_1"), ("*", ""), ("*.id", "public.t.id"), ("a?c", "abc"), ("*a*b*", "xxaxxb"),
    ("exact", "exact"), ("*ab", "aab"), ("p*.?_*", "public.t_x"),
  ])
  func `a name fits`(pattern: String, name: String) {
    #expect(NamePattern(pattern).matches(name))
  }

  @Test(arguments: [
    ("public.tmp_*", "public.temp"), ("a?c", "ac"), ("exact", "exactly"), ("exact", "inexact"), ("", "a"),
    ("*ab", "aba"), ("?", ""),
  ])
  func `a name does not fit`(pattern: String, name: String) {
    #expect(!NamePattern(pattern).matches(name))
  }

  @Test func `many stars on a long name take no long time`() {
    #expect(
      !NamePattern(String(repeating: "*a", count: 30) + "b").matches(String(repeating: "a", count: 4000)))
  }
}
