import SchemaModel
import Testing

@testable import SchemaText

/// Who needs whom is read from definitions: a name that is missed would stop a script in the middle.
@Suite struct MentionsTests {
  private func name(_ name: String, in schema: String? = "app") -> ObjectName {
    ObjectName(schema: schema, name)
  }

  @Test func `names are found wherever SQL holds them`() {
    let text = """
      SELECT app.f(t.a)::app.mood[], nextval('app.counting'::regclass), a OPERATOR(app.<<<) b
        FROM app."odd ""name" t WHERE app.other.flag
      """
    let mentions = Mentions(in: text)
    #expect(
      mentions.contains(
        name("f"), name("mood"), name("counting"), name("<<<"), name("odd \"name"), name("other")))
    #expect(mentions.contains(name("a", in: nil), name("flag", in: "other"), name("flag", in: nil)))
    #expect(!mentions.contains(name("t")))
  }

  @Test func `a quote that is never closed hides nothing behind it`() {
    #expect(Mentions(in: "app.one || 'a \" b' || app.two").contains(name("one"), name("two")))
    #expect(Mentions(in: "'app.\"Weird Name\"'::regclass").contains(name("Weird Name")))
    #expect(Mentions(in: "'it''s' || app.three").contains(name("three")))
  }

  @Test(arguments: [
    ("numeric(10,4)", "integer", true), ("integer", "bigint", false), ("text", "character varying(3)", false),
    ("timestamp(6) without time zone", "timestamp(3) without time zone", true),
    ("double precision", "real", true),
    ("integer", "text", false), ("text", "integer", false), ("numeric(10,2)", "numeric(10,4)", true),
    ("real", "double precision", false), ("timestamp with time zone", "date", true),
  ])
  func `a type that rounds or cuts without a word is told`(_ old: String, _ new: String, _ isLossy: Bool) {
    #expect(TypeChange(from: old, to: new).risk.isWithheld == isLossy)
  }
}
