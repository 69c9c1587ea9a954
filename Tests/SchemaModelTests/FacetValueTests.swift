import SchemaModel
import Testing

@Suite struct FacetValueTests {
  @Test(arguments: [
    ColumnValue.none, .default("now()"), .generated("a + b", isStored: true),
    .generated("a", isStored: false),
    .identity(always: true, SequenceOptions()), .identity(always: false, Self.descending),
  ])
  func `every source of a column's value survives as a fact`(value: ColumnValue) throws {
    #expect(try ColumnValue(facetValue: value.facetValue) == value)
  }

  @Test(arguments: [true, false], [true, false])
  func `every form of an index key survives as a fact`(isDescending: Bool, nullsFirst: Bool) throws {
    for subject in [IndexKey.Subject.column("a"), .expression("lower(a)")] {
      var key = IndexKey(subject)
      key.isDescending = isDescending
      key.nullsFirst = nullsFirst
      #expect(try IndexKey(facetValue: key.facetValue) == key)
      key.collation = "pg_catalog.\"C\""
      key.operatorClass = "public.gin_trgm_ops"
      #expect(try IndexKey(facetValue: key.facetValue) == key)
    }
  }

  @Test func `a name with a schema and one without survive as facts`() throws {
    for name in [ObjectName(schema: "public", "users"), ObjectName("users")] {
      #expect(try ObjectName(facetValue: name.facetValue) == name)
    }
  }

  @Test func `a fact of another shape is refused with what was expected`() {
    #expect(throws: FacetMismatch(expected: "a whole number", found: .text("7"))) {
      try Int(facetValue: .text("7"))
    }
    #expect(throws: FacetMismatch(expected: "one of the known words", found: .text("destroy"))) {
      try ForeignKey.Action(facetValue: .text("destroy"))
    }
  }

  @Test func `tags lead a comment and the first line that is none begins the prose`() {
    let comment = Comment("@owner billing\n@sensitive\nInvoices.\n@not a tag any more")
    #expect(comment.tags.map(\.name) == ["owner", "sensitive"])
    #expect(comment.tag("owner") == "billing")
    #expect(comment.tag("sensitive") == "")
    #expect(comment.tag("domain") == nil)
    #expect(comment.prose == "Invoices.\n@not a tag any more")
  }

  private static let descending: SequenceOptions = {
    var options = SequenceOptions()
    options.type = "integer"
    options.start = -1
    options.increment = -5
    options.minimum = Int.min
    options.maximum = -1
    options.cache = 20
    options.cycles = true
    return options
  }()
}
