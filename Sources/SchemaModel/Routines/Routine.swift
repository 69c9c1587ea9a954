/// A function, a procedure or a window function.
///
/// Its name ends in the types that tell it from others of its name: `next_due(integer, text)`.
package struct Routine: OwnedObject {
  /// What it is called by, from `pg_proc.prokind`.
  package enum Form: String, Hashable, Sendable, FacetRepresentable {
    case function
    case procedure
    case windowFunction = "window function"
  }

  /// What the planner may assume of its answers, from `pg_proc.provolatile`.
  package enum Volatility: String, Hashable, Sendable, FacetRepresentable {
    case volatile
    case stable
    case immutable
  }

  package var name: ObjectName
  package var form = Form.function
  /// In their order, results that are named (`OUT`, `TABLE`) among them.
  package var arguments: [RoutineArgument] = []
  /// Expressions for the last of the arguments that are given, from `pg_proc.proargdefaults`.
  package var argumentDefaults: [String] = []
  /// What it returns: `SETOF integer`; `nil` for a procedure.
  package var result: String?
  /// From `pg_language.lanname`.
  package var language = "sql"
  package var body = RoutineBody.text("")
  package var volatility = Volatility.volatile
  /// Whether a NULL among the arguments gives NULL without a call (`pg_proc.proisstrict`).
  package var isStrict = false
  /// Whether it tells nothing of its arguments but by its result (`pg_proc.proleakproof`).
  package var isLeakproof = false
  package var parallelism = Parallelism.unsafe
  /// Whether it runs with the rights of its owner (`pg_proc.prosecdef`).
  package var isSecurityDefiner = false
  /// Settings while it runs, as `name=value`, from `pg_proc.proconfig`, sorted.
  package var settings: [String] = []
  /// In units of `cpu_operator_cost`, from `pg_proc.procost`.
  package var cost = "100"
  /// How many rows the planner expects of a set, from `pg_proc.prorows`.
  package var rows = "0"
  /// The planner's support function, qualified, from `pg_proc.prosupport`.
  package var supportFunction: String?
  /// Types its language converts by a transform, from `pg_proc.protrftypes`.
  package var transformedTypes: [String] = []
  /// Extensions with which it goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { form == .procedure ? .procedure : .function }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Routine>] =
    [
      Facet("form", .breaksApplication, \.form),
      Facet("arguments", .breaksApplication, \.arguments),
      Facet("argument defaults", .breaksApplication, \.argumentDefaults),
      Facet("result", .breaksApplication, \.result),
      Facet("language", .breaksApplication, \.language),
      Facet("body", .breaksApplication, \.body),
      Facet("volatility", .breaksApplication, \.volatility),
      Facet("strict", .breaksApplication, \.isStrict),
      Facet("leakproof", .security, \.isLeakproof),
      Facet("parallel", .performance, \.parallelism),
      Facet("security definer", .security, \.isSecurityDefiner),
      Facet("settings", .security, \.settings, comparedAs: SettledOptions.ordered),
      Facet("cost", .performance, \.cost),
      Facet("rows", .performance, \.rows),
      Facet("support function", .performance, \.supportFunction),
      Facet("transformed types", .breaksApplication, \.transformedTypes),
      Facet("depends on extensions", .breaksApplication, \.extensions),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}

extension Routine {
  /// The name without the types behind it, as `pg_proc.proname` holds it.
  package var baseName: String { name.name.beforeTypes(of: arguments) }
}

/// Whether a routine may run in the workers of a parallel query, from `pg_proc.proparallel`.
package enum Parallelism: String, Hashable, Sendable, FacetRepresentable {
  case unsafe
  case restricted
  case safe
}
