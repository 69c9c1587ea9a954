import SchemaText
import Testing

@Suite struct YAMLReaderTests {
  @Test func `scalars, sequences and mappings come with where they stand`() throws {
    let tree = try #require(
      try YAMLReader.tree(
        of: """
          # a comment
          name: "two words"
          list:
            - one
            - 2
            - ~
          inner: {a: 'x', b: y}
          nothing:

          """))
    guard case .mapping(let entries) = tree.content else {
      Issue.record("the root is no mapping")
      return
    }
    #expect(entries.map(\.key) == ["name", "list", "inner", "nothing"])
    #expect(entries.map(\.position.line) == [2, 3, 7, 8])
    #expect(entries[0].value.content == .scalar("two words"))
    #expect(entries[0].value.position == YAMLNode.Position(line: 2, column: 7))
    guard case .sequence(let values) = entries[1].value.content else {
      Issue.record("the list is none")
      return
    }
    #expect(values.map(\.content) == [.scalar("one"), .scalar("2"), .null])
    #expect(values.map(\.position.line) == [4, 5, 6])
    #expect(entries[3].value.content == .null)
  }

  @Test func `a quoted word is a text even when it looks like null`() throws {
    #expect(try YAMLReader.tree(of: "\"null\"")?.content == .scalar("null"))
    #expect(try YAMLReader.tree(of: "null")?.content == .null)
  }

  @Test(arguments: ["", "# nothing\n", "\n\n"])
  func `a document without a value gives none`(text: String) throws {
    #expect(try YAMLReader.tree(of: text) == nil)
  }

  @Test(arguments: [
    ("a: b: c", "line 1, column 5: mapping values are not allowed in this context"),
    ("a: [1, 2", "line 2, column 1: did not find expected ',' or ']'"),
    ("a: 1\n b: 2", "line 2, column 3: mapping values are not allowed in this context"),
    ("a: \t- b", "line 1, column 5: block sequence entries are not allowed in this context"),
    ("a: &x 1\nb: *x", "line 2, column 4: an alias stands for a value written elsewhere"),
    ("a: !include b.yaml", "line 1, column 4: the tag !include is not understood"),
    ("a: 1\na: 2", "line 2, column 1: the key \"a\" stands twice"),
    ("[a]: 1", "line 1, column 1: a key is one word or text"),
    ("a: 1\n---\nb: 2", "line 2, column 1: a second document begins"),
    ("a: \"\\q\"", "line 1, column 5: found unknown escape character"),
  ])
  func `what cannot be read is refused with its line and column`(text: String, detail: String) {
    #expect { try YAMLReader.tree(of: text) } throws: { error in
      (error as? DocumentError)?.detail == [detail]
    }
  }

  @Test func `nesting that could only be an attack is refused`() {
    #expect(throws: DocumentError.self) {
      try YAMLReader.tree(of: String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000))
    }
  }
}
