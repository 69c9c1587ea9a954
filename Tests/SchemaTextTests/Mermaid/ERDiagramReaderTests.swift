import SchemaModel
import SchemaText
import Testing

/// Reads Mermaid's `erDiagram` as its grammar has it, and tells of everything else.
@Suite struct ERDiagramReaderTests {
  private func read(_ body: String) -> (diagram: ERDiagramText, findings: [TextFinding]) {
    ERDiagramReader.read("erDiagram\n" + body, isMarkdown: false)
  }

  private func relation(_ line: String) throws -> ERDiagramText.Relation {
    let (diagram, findings) = read(line)
    #expect(findings == [], "\(line)")
    return try #require(diagram.relations.first, "\(line)")
  }

  private func attribute(_ line: String) throws -> ERDiagramText.Attribute {
    let (diagram, findings) = read("T {\n\(line)\n}")
    #expect(findings == [], "\(line)")
    return try #require(diagram.entities.first?.attributes.first, "\(line)")
  }

  @Test(
    arguments: [
      ("|o", "o|", DrawnRelation.Cardinality.zeroOrOne), ("||", "||", .exactlyOne), ("}o", "o{", .zeroOrMore),
      ("}|", "|{", .oneOrMore), ("one or zero ", " one or zero", .zeroOrOne),
      ("zero or one ", " zero or one", .zeroOrOne),
      ("one or more ", " one or more", .oneOrMore), ("one or many ", " one or many", .oneOrMore),
      ("1+ ", " 1+", .oneOrMore), ("many(1) ", " many(1)", .oneOrMore),
      ("zero or more ", " zero or more", .zeroOrMore),
      ("zero or many ", " zero or many", .zeroOrMore), ("0+ ", " 0+", .zeroOrMore),
      ("many(0) ", " many(0)", .zeroOrMore),
      ("many ", " many", .zeroOrMore), ("only one ", " only one", .exactlyOne), ("one ", " one", .exactlyOne),
      ("1 ", " 1", .exactlyOne), ("ONLY ONE ", " Zero Or More", nil),
    ] as [(String, String, DrawnRelation.Cardinality?)])
  func `a cardinality is read in every spelling, at either end`(
    left: String, right: String, meaning: DrawnRelation.Cardinality?
  ) throws {
    let one = try relation("A \(left)--\(right) B : x")
    #expect(one.first == "A" && one.second == "B" && one.role == "x" && one.isIdentifying)
    if let meaning {
      #expect(one.atFirst == meaning && one.atSecond == meaning)
    } else {
      #expect(one.atFirst == .exactlyOne && one.atSecond == .zeroOrMore)
    }
  }

  @Test(arguments: [
    ("--", true), ("..", false), (".-", false), ("-.", false), (" to ", true), (" optionally to ", false),
  ])
  func `the line says whether the relation is identifying`(line: String, isIdentifying: Bool) throws {
    let relation = try relation("A ||\(line)o{ B : x")
    #expect(relation.isIdentifying == isIdentifying)
    #expect(relation.atFirst == .exactlyOne && relation.atSecond == .zeroOrMore)
  }

  @Test func `entities are words, quoted, with points, signs of any language, and need no blanks`() throws {
    #expect(try relation("CUSTOMER||--o{ORDER:places").second == "ORDER")
    #expect(try relation("\"line item\" }|..|| app.orders : \"belongs to\"").first == "line item")
    #expect(try relation("größe u--o{ LINE-ITEM : x").first == "größe")
    #expect(try relation("CAR 1 to zero or more NAMED-DRIVER : allows").second == "NAMED-DRIVER")
    #expect(try relation("PERSON many(0) optionally to 0+ NAMED-DRIVER : is").first == "PERSON")
    #expect(try relation("A ||--|| B : two words").role == "two words")
    #expect(try relation("A ||--|| B : \"say #quot;hi#quot; #35;\"").role == "say \"hi\" #")
    #expect(try relation("A ||--|| B").role == "")
    #expect(try relation("2fa ||--|| price$ : x".replacing("$", with: "")).first == "2fa")
  }

  @Test func `entities stand alone, with an alias, a class or a block`() {
    let (diagram, findings) = read(
      """
      A
      B["the b"] {
      }
      C:::big,small { string x }
      D[dd]:::big
      "one"
      E:::a ||--o{ F:::b : x
      title { int id }
      class ||--o{ A : x
      """)
    #expect(findings == [])
    #expect(diagram.entities.map(\.name) == ["A", "B", "C", "D", "one", "E", "F", "title", "class"])
    #expect(diagram.entities.map(\.alias) == [nil, "the b", nil, "dd", nil, nil, nil, nil, nil])
    #expect(diagram.relations.count == 2)
  }

  @Test func `statements that only look are stepped over`() {
    let (diagram, findings) = ERDiagramReader.read(
      """
      ---
      title: "The shop"
      config: { layout: elk }
      ---
      %%{ init: { "theme": "dark" } }%%
      %% a comment
      ERDIAGRAM
        direction LR
        accTitle: Shop
        accDescr { over
          lines }
        classDef big fill:#f9f,stroke-width:4px
        class A,B big
        style A fill:#fff
        subgraph g [a group]
          A {
            %% inside
            int id PK
          }
        end
        ; A ||--o{ B : x ;
      """, isMarkdown: false)
    #expect(findings == [])
    #expect(diagram.title == "Shop")
    #expect(diagram.description == "over\n    lines")
    #expect(diagram.entities.map(\.name) == ["A", "B"])
    #expect(diagram.relations.count == 1 && diagram.diagramCount == 1)
  }

  @Test func `attributes have a type, a name, marks and a comment`() throws {
    let full = try attribute("varchar(80) email PK, fk,UK \"who; #lt;it#gt;\"")
    #expect(
      full.type == "varchar(80)" && full.name == "email" && full.marks == [.primaryKey, .foreignKey, .unique])
    #expect(full.comment == "who; <it>")
    #expect(try attribute("int pk").name == "pk")
    #expect(try attribute("int pk PK").marks == [.primaryKey])
    #expect(try attribute("int *id").marks == [.primaryKey])
    #expect(try attribute("string? nick").isOptional)
    #expect(try attribute("numeric(10, 2) price").type == "numeric(10, 2)")
    #expect(try attribute("numeric(10_2) price").name == "price")
    #expect(try attribute("timestamp with time zone at").type == "timestamp with time zone")
    #expect(try attribute("character varying(20) name").type == "character varying(20)")
    #expect(try attribute("double precision PK").name == "precision")
    #expect(try attribute("`my type` `my name`").name == "my name")
    #expect(try attribute("List~int~ ids").type == "List~int~")
    #expect(try attribute("text[] tags").type == "text[]")
    #expect(
      read("T { int a int b PK string c \"x\" }").diagram.entities.first?.attributes.map(\.name) == [
        "a", "b", "c",
      ])
  }

  @Test func `the diagrams of a page are read as one; a line in two of them is one line`() {
    let (diagram, findings) = ERDiagramReader.read(
      """
      # Page
      ```mermaid
      erDiagram
        A { int id PK }
        A ||--o{ B : x
        A ||--o{ B : y
      ```
      ```mermaid
      flowchart LR
        A --> B
      ```
      ```sql
      erDiagram
        NOT { int id }
      ```
      > ~~~~ {.mermaid}
      > erDiagram
      >   A ||--o{ B : x
      >   B { int id PK }
      > ~~~~
      ::: mermaid
      erDiagram
        C { int id }
      :::
      <pre class="mermaid">
      erDiagram
        D { int id }
      </pre>
      """, isMarkdown: true)
    #expect(findings == [])
    #expect(diagram.diagramCount == 4)
    #expect(diagram.entities.map(\.name) == ["A", "B", "C", "D"])
    #expect(diagram.entities.map(\.attributes.count) == [1, 1, 1, 1])
    #expect(diagram.relations.map(\.role) == ["x", "y"])
  }

  @Test(arguments: [
    ("A -> B : x", "line 2, column 1: '-> B : x' is not understood behind 'A'; the line is passed over"),
    (
      "A ||==o{ B : x",
      "line 2, column 5: one of -- .. 'to' 'optionally to' is expected behind the cardinality at 'A'"
    ),
    ("A ||-- B : x", "line 2, column 7: a cardinality is expected before the second entity of the relation"),
    ("A ||--o{ : x", "line 2, column 10: the relation from 'A' has no second entity"),
    ("{ int id }", "line 2, column 1: no entity or relation begins here"),
    ("A {\n int\n}", "line 3, column 2: the attribute 'int' of 'A' has a type or a name only"),
    ("A {\n int id \"open\n}", "line 3, column 9: the comment that begins here is not closed"),
    ("A {\n int id", "line 2, column 4: the block of 'A' has no end"),
    ("A { int id }\nA { text id }", "line 3, column 5: A.id stands here with another type; the first counts"),
    ("A ||--o{ B : \"open", "line 2, column 14: the label that begins here is not closed"),
    ("accDescr { open", "line 2, column 11: the description that begins here has no end"),
  ])
  func `what is no diagram is told with its place`(body: String, finding: String) {
    #expect(read(body + "\n").findings.map(\.description).contains(finding), "\(read(body + "\n").findings)")
  }

  @Test func `positions in a page are those of the page`() {
    let page = "text\n\n- item\n  ```mermaid\n  erDiagram\n    A -> B\n  ```\n"
    #expect(
      ERDiagramReader.read(page, isMarkdown: true).findings.map(\.position) == [
        TextPosition(line: 6, column: 5)
      ])
    let open = "```mermaid\nerDiagram\nA\n"
    #expect(
      ERDiagramReader.read(open, isMarkdown: true).findings.map(\.description) == [
        "line 1, column 1: the diagram that begins here has no end"
      ])
  }

  @Test func `a text without an erDiagram has none`() {
    #expect(ERDiagramReader.read("flowchart LR\n A --> B", isMarkdown: false).diagram.diagramCount == 0)
    #expect(ERDiagramReader.read("", isMarkdown: false).diagram.diagramCount == 0)
    #expect(ERDiagramReader.read("erDiagram", isMarkdown: true).diagram.diagramCount == 0)
  }

  private static let example = """
    ---
    title: all
    ---
    %%{init: {}}%%
    erDiagram
      direction TB
      accDescr { x }
      "a b"["c d"]:::k {
        numeric(10_2) *id PK, FK "x #quot;"
        `q t`? name UK
      }
      classDef k fill:#fff
      A one or more optionally to 1 "a b" : "r"
      B u--|{ A : r
      subgraph g [t]
      end
    """

  @Test func `a diagram cut off anywhere, or with a sign missing, is read without harm`() {
    let bytes = Array(Self.example.utf8)
    for end in 0...bytes.count {
      for isMarkdown in [true, false] {
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        let diagram = ERDiagramReader.read(isMarkdown ? "```mermaid\n" + text : text, isMarkdown: isMarkdown)
          .diagram
        #expect(diagram.schema(engine: .postgreSQL).tables.count <= 4)
      }
      guard end < bytes.count else { continue }
      let holed = String(decoding: bytes[..<end] + bytes[(end + 1)...], as: UTF8.self)
      #expect(ERDiagramReader.read(holed, isMarkdown: false).diagram.diagramCount <= 1)
    }
    let whole = ERDiagramReader.read(Self.example, isMarkdown: false)
    #expect(whole.findings == [] && whole.diagram.entities.count == 3 && whole.diagram.relations.count == 2)
  }

  @Test(arguments: [
    ("A !! B", true), ("A ||--o{ : x", true), ("A {\n  int id PK \"open\n}", false),
    ("A ||--o{ B : \"open", false),
  ])
  func `a line that is not understood is a loss`(line: String, isLoss: Bool) {
    let findings = ERDiagramReader.read("erDiagram\n\(line)\n", isMarkdown: false).findings
    #expect(!findings.isEmpty && findings.contains { $0.isLoss } == isLoss)
  }

  @Test func `an alias counts wherever it stands`() {
    let read = ERDiagramReader.read("erDiagram\n p[customer] ||--o{ o[orders] : x\n", isMarkdown: false)
    #expect(read.diagram.entities.map(\.alias) == ["customer", "orders"])
  }
}
