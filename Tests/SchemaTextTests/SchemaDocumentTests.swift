import Foundation
import SchemaModel
import SchemaText
import TestSupport
import Testing

@Suite struct SchemaDocumentTests {
  @Test func `a schema with every fact set is read back as it was`() throws {
    let schema = try EveryFact.schema()
    let text = SchemaDocument.text(of: schema)
    let reading = try SchemaDocument.read(text)
    #expect(reading.schema == schema)
    #expect(reading.findings.isEmpty)
    #expect(SchemaDocument.text(of: reading.schema) == text)
  }

  @Test func `another JSON reader understands the document`() throws {
    let text = SchemaDocument.text(of: try EveryFact.schema())
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["format"] as? String == "plumb/schema")
    #expect((root["tables"] as? [[String: Any]])?.count == 2)
    #expect(((root["tables"] as? [[String: Any]])?.first?["name"] as? [String]) == ["app", "full"])
  }

  @Test func `the document has one fact a line and leaves defaults out`() {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    var table = Table(named: ObjectName(schema: "public", "tasks"))
    var id = Column(named: "id")
    id.type = "integer"
    id.isNotNull = true
    id.value = .identity(always: true, SequenceOptions())
    table.columns = [id, Column(named: "note")]
    var key = KeyConstraint(named: "tasks_pkey")
    key.isPrimary = true
    key.columns = ["id"]
    table.primaryKey = key
    schema.tables = [table]
    schema.notCompared = [NotCompared(kind: "functions", count: 1, names: ["f"])]
    #expect(
      SchemaDocument.text(of: schema) == """
        {
          "seal": "7974729e352294bba65c145905bdb68cbf8d4e52108f2428707594ae2d3f24e1",
          "format": "plumb/schema",
          "version": 1,
          "engine": "postgresql",
          "serverVersion": "15.20",
          "fingerprint": "\(Fingerprint(of: schema).hexadecimal)",
          "tables": [
            {
              "name": ["public", "tasks"],
              "columns": [
                {
                  "name": "id",
                  "type": "integer",
                  "not null": true,
                  "default": {
                    "identity": "always",
                    "sequence": {
                      "cache": 1,
                      "cycles": false,
                      "increment": 1,
                      "maximum": 9223372036854775807,
                      "minimum": 1,
                      "start": 1,
                      "type": "bigint"
                    }
                  }
                },
                {
                  "name": "note"
                }
              ],
              "primaryKey": {
                "name": "tasks_pkey",
                "primary": true,
                "columns": ["id"]
              }
            }
          ],
          "notCompared": [
            {"count": 1, "kind": "functions", "names": ["f"]}
          ]
        }

        """)
  }

  @Test func `a document in another layout gives the same schema`() throws {
    let schema = try EveryFact.schema()
    let text = SchemaDocument.text(of: schema)
    let onOneLine = text.split(separator: "\n").map { $0.drop(while: { $0 == " " }) }.joined()
    let reading = try SchemaDocument.read(onOneLine)
    #expect(reading.schema == schema)
    #expect(reading.findings.isEmpty)
  }

  @Test func `objects out of order are put in order, columns keep theirs`() throws {
    let document = Self.document(
      #""tables": [{"name": [null, "b"], "columns": [{"name": "z"}, {"name": "a"}]}, {"name": [null, "a"]}]"#)
    let schema = try SchemaDocument.read(document).schema
    #expect(schema.tables.map(\.name.name) == ["a", "b"])
    #expect(schema.tables[1].columns.map(\.name) == ["z", "a"])
  }

  @Test(arguments: [
    (#""colours": []"#, "colours"),
    (
      #""tables": [{"name": [null, "a"], "columns": [{"name": "x", "colour": "red"}]}]"#,
      "tables[0].columns[0].colour"
    ),
    (
      #""tables": [{"name": [null, "a"], "indexes": [{"name": "i", "keys": [{"column": "x", "fuzzy": true}]}]}]"#,
      "tables[0].indexes[0].keys[0].fuzzy"
    ),
  ])
  func `what a newer version wrote is kept out and told`(members: String, path: String) throws {
    let findings = try SchemaDocument.read(Self.document(members)).findings
    #expect(findings.map(\.place) == [path])
    #expect(findings.first?.hint?.contains("update plumb") == true)
  }

  @Test(arguments: [
    (#""tables": {}"#, "tables: expected a list, found a record"),
    (#""tables": ["a"]"#, #"tables[0]: expected a record, found the text "a""#),
    (
      #""tables": [{"name": [null, "a"], "columns": [{"name": "x"}, {"name": "y", "type": 7}]}]"#,
      "tables[0].columns[1].type: expected a text, found the number 7"
    ),
    (#""tables": [{"name": "a"}]"#, #"tables[0].name: expected a schema and a name, found the text "a""#),
    (#""tables": [{"columns": []}]"#, "tables[0].name"),
    (#""tables": [{"name": [null, "a"]}, {"name": [null, "a"]}]"#, "tables[1]: a"),
    (
      #""tables": [{"name": [null, "a"], "columns": [{"name": "x"}, {"name": "x"}]}]"#,
      "tables[0].columns[1]: x"
    ),
    (#""notCompared": [{"kind": "functions"}]"#, "notCompared: expected a whole number, found nothing"),
    (
      #""views": [{"name": [null, "v"], "definition": 7}]"#,
      "views[0].definition: expected a text, found the number 7"
    ),
  ])
  func `a value of the wrong shape is refused with the path to it`(members: String, detail: String) {
    #expect { try SchemaDocument.read(Self.document(members)) } throws: { error in
      (error as? DocumentError)?.detail == [detail] && (error as? DocumentError)?.hint != nil
    }
  }

  @Test(arguments: [
    (#"{"format": "plumb/schema", "version": 2}"#, "the document was written by a newer plumb"),
    (#"{"format": "plumb/schema", "version": "1"}"#, "the document does not say its version"),
    (#"{"format": "plumb/schema"}"#, "the document does not say its version"),
    (#"{"format": "tbls", "tables": []}"#, "this is no schema document"),
    ("[]", "this is no schema document"),
    (#"{"format": "plumb/schema", "version": 1, "serverVersion": ""}"#, "the document lacks a value"),
    (
      #"{"format": "plumb/schema", "version": 1, "engine": "oracle", "serverVersion": ""}"#,
      "the document is of an unknown engine"
    ),
    (#"{"format": "plumb/schema","#, "the document is no valid JSON"),
  ])
  func `a document that is not ours to read is refused with a hint`(text: String, message: String) {
    #expect { try SchemaDocument.read(text) } throws: { ($0 as? DocumentError)?.message == message }
  }

  @Test func `a document edited by hand is told from one that was written`() throws {
    var schema = try EveryFact.schema()
    let text = SchemaDocument.text(of: schema)
    schema.tables[1].columns[1].isNotNull.toggle()
    let edited = text.replacing(
      Fingerprint(of: try EveryFact.schema()).hexadecimal, with: Fingerprint(of: schema).hexadecimal)
    #expect(try SchemaDocument.read(edited).findings.map(\.place) == ["fingerprint"])
  }

  /// A small SQLite document with these members.
  private static func document(_ members: String) -> String {
    #"{"format": "plumb/schema", "version": 1, "engine": "sqlite", "serverVersion": "3", \#(members)}"#
  }
}
