import Foundation
import SchemaModel
import SchemaText
import TestSupport
import Testing

@Suite struct JSONTests {
  @Test func `every character survives writing and reading`() throws {
    let controls = (0..<0x20).compactMap(UnicodeScalar.init).map(String.init).joined()
    let value = FacetValue.record([
      "controls": .text(controls), "quotes": .text(#"\ " / '"#), "planes": .text("é ß 漢 \u{2028} \u{1F41F}"),
      "": .list([.absent, .flag(true), .flag(false), .number(Int.min), .number(Int.max), .list([])]),
    ])
    let text = JSONWriter.text(of: value)
    #expect(try JSONReader.value(of: text) == value)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["controls"] as? String == controls)
    #expect(root["planes"] as? String == "é ß 漢 \u{2028} \u{1F41F}")
  }

  @Test func `escapes that others write are read`() throws {
    #expect(
      try JSONReader.value(of: #" [ "\u00e9\ud83d\udc1f\/\b\f\u0041" , -0, 10 ] "#)
        == .list([.text("é\u{1F41F}/\u{8}\u{C}A"), .number(0), .number(10)]))
  }

  @Test func `a short value stands on one line and a long one on several`() {
    let short = FacetValue.record(["b": .list([.number(1), .number(2)]), "a": .text("x")])
    #expect(JSONWriter.text(of: JSONTree.fact(short)) == #"{"a": "x", "b": [1, 2]}"# + "\n")
    let long = FacetValue.list((0..<3).map { _ in .text(String(repeating: "y", count: 40)) })
    #expect(JSONWriter.text(of: JSONTree.fact(long)).split(separator: "\n").count == 5)
  }

  @Test func `a document leads with its format and version`() {
    let document = FacetValue.record(["version": .number(1), "a": .number(2), "format": .text("f")])
    #expect(
      JSONWriter.text(of: document) == """
        {
          "format": "f",
          "version": 1,
          "a": 2
        }

        """)
  }

  @Test(arguments: [
    ("", "line 1, column 1: the text ends where a value belongs"),
    ("{\n  \"a\": 1,\n}", "line 3, column 1: a key belongs here"),
    (#"{"a" 1}"#, "line 1, column 6: a colon belongs here"),
    (#"{"a": 1 "b"}"#, "line 1, column 9: a comma or } belongs here"),
    (#"{"a": 1, "a": 2}"#, #"line 1, column 10: the key "a" stands twice"#),
    ("[1 2]", "line 1, column 4: a comma or ] belongs here"),
    ("[1,]", "line 1, column 4: no value here"),
    ("[01]", "line 1, column 2: no number"),
    ("[-]", "line 1, column 2: no number"),
    ("1.5", "line 1, column 1: a whole number belongs here"),
    ("1e3", "line 1, column 1: a whole number belongs here"),
    ("9223372036854775808", "line 1, column 1: the number is too large"),
    ("trve", "line 1, column 1: no value here"),
    ("null null", "line 1, column 6: text after the document's end"),
    ("\"a\nb\"", "line 1, column 3: a control character inside a text"),
    (#""a\x""#, "line 1, column 3: no escape"),
    (#""\ud83d""#, "line 1, column 2: half a character"),
    (#""\udc1f\ud83d""#, "line 1, column 2: half a character"),
    (#""\u12g4""#, "line 1, column 4: four hexadecimal digits belong here"),
    (#""abc"#, "line 1, column 5: the text ends inside quotation marks"),
    (#""abc\"#, "line 1, column 6: the text ends inside quotation marks"),
  ])
  func `what is no JSON is refused with its line and column`(text: String, detail: String) {
    #expect { try JSONReader.value(of: text) } throws: { ($0 as? DocumentError)?.detail == [detail] }
  }

  @Test func `nesting that could only be an attack is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect { try JSONReader.value(of: deep) } throws: { error in
      (error as? DocumentError)?.detail == ["line 1, column 101: nested too deeply"]
    }
  }

  @Test func `a document cut off anywhere is refused`() throws {
    let text = SchemaDocument.text(of: try EveryFact.schema())
    for length in stride(from: 0, to: text.utf8.count - 2, by: 97) {
      #expect(throws: DocumentError.self) {
        try JSONReader.value(of: String(decoding: text.utf8.prefix(length), as: UTF8.self))
      }
    }
  }
}
