import SchemaModel

extension Facet {
  /// There is no value here of the facet's shape: add one to `shapes`.
  struct NoOtherValue: Error { var label: String }

  /// The object with another value of this fact, whatever shape the fact has.
  func otherValue(of object: Object) throws -> Object {
    let column = FacetValue.record(["column": .text("c"), "expression": .text("e"), "name": .text("n")])
    let place = FacetValue.list([.text("s"), .text("t")])
    let shapes: [FacetValue] = [
      .flag(true), .flag(false), .text("other"), .text("cascade"), .text("full"),
      .text("deferrable initially deferred"), place, .list([.text("a")]), .list([column]),
      .record(["parent": place, "bounds": .text("b")]), .record(["table": place, "column": .text("c")]),
      .record(["c": .text("t")]),
      .record([
        "type": .text("integer"), "start": .number(2), "increment": .number(2), "minimum": .number(2),
        "maximum": .number(9), "cache": .number(2), "cycles": .flag(true),
      ]),
    ]
    for shape in shapes {
      var other = object
      guard (try? set(&other, shape)) != nil, value(other) != value(object) else { continue }
      return other
    }
    throw NoOtherValue(label: label)
  }
}
