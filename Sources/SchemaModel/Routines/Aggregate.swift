/// A function over many rows.
///
/// Its name ends in the types that tell it from others of its name: `total(integer)`; `total(*)` takes none.
package struct Aggregate: OwnedObject {
  /// How its rows come to it, from `pg_aggregate.aggkind`.
  package enum Form: String, Hashable, Sendable, FacetRepresentable {
    case normal
    case orderedSet = "ordered-set"
    case hypotheticalSet = "hypothetical-set"
  }

  /// What a final function does to the state, from `pg_aggregate.aggfinalmodify`.
  package enum FinalModification: String, Hashable, Sendable, FacetRepresentable {
    case readOnly = "read only"
    case shareable
    case readWrite = "read write"
  }

  package var name: ObjectName
  package var form = Form.normal
  package var arguments: [RoutineArgument] = []
  /// How many arguments stand before `ORDER BY`, from `pg_aggregate.aggnumdirectargs`.
  package var directArgumentCount = 0
  /// Takes a state and a row, qualified, from `pg_aggregate.aggtransfn`.
  package var stateFunction = ""
  /// From `pg_aggregate.aggtranstype`.
  package var stateType = ""
  /// Bytes the planner expects of a state, 0 for its own guess, from `pg_aggregate.aggtransspace`.
  package var stateSize = 0
  /// From `pg_aggregate.agginitval`.
  package var initialState: String?
  /// Makes the result of a state, qualified, from `pg_aggregate.aggfinalfn`.
  package var finalFunction: String?
  /// Whether the final function is told the types of the arguments too (`pg_aggregate.aggfinalextra`).
  package var finalTakesExtra = false
  package var finalModification = FinalModification.readOnly
  /// How it goes through a moving frame, where that is another way.
  package var movingFrame: MovingFrame?
  /// Puts two states together, qualified, from `pg_aggregate.aggcombinefn`.
  package var combineFunction: String?
  /// From `pg_aggregate.aggserialfn`, qualified.
  package var serialFunction: String?
  /// From `pg_aggregate.aggdeserialfn`, qualified.
  package var deserialFunction: String?
  /// The operator an index may answer it with: `OPERATOR(app.<)`, from `pg_aggregate.aggsortop`.
  package var sortOperator: String?
  package var parallelism = Parallelism.unsafe
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .aggregate }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Aggregate>] =
    [
      Facet("form", .breaksApplication, \.form),
      Facet("arguments", .breaksApplication, \.arguments),
      Facet("direct arguments", .breaksApplication, \.directArgumentCount),
      Facet("state function", .breaksApplication, \.stateFunction),
      Facet("state type", .breaksApplication, \.stateType),
      Facet("state size", .performance, \.stateSize),
      Facet("initial state", .breaksApplication, \.initialState),
      Facet("final function", .breaksApplication, \.finalFunction),
      Facet("final function extra", .breaksApplication, \.finalTakesExtra),
      Facet("final function modifies", .breaksApplication, \.finalModification),
      Facet("moving frame", .performance, \.movingFrame),
      Facet("combine function", .performance, \.combineFunction),
      Facet("serialization function", .performance, \.serialFunction),
      Facet("deserialization function", .performance, \.deserialFunction),
      Facet("sort operator", .performance, \.sortOperator),
      Facet("parallel", .performance, \.parallelism),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights

  /// The name without the types behind it, as `pg_proc.proname` holds it.
  package var baseName: String {
    arguments.isEmpty && name.name.hasSuffix("(*)")
      ? String(name.name.dropLast("(*)".count)) : name.name.beforeTypes(of: arguments)
  }
}
