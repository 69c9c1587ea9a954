import SchemaModel

/// Aggregates as SQL.
enum AggregateSQL {
  /// The paragraphs of an aggregate.
  static func paragraphs(_ aggregate: Aggregate) -> [String] {
    let name = RoutineSQL.name(aggregate.baseName, in: aggregate.name.schema)
    let types = aggregate.arguments.map(\.type).joined(separator: ", ")
    let target = "AGGREGATE \(name)(\(aggregate.arguments.isEmpty ? "*" : types))"
    let parts = parts(of: aggregate).map { "  " + $0 }.joined(separator: ",\n")
    return ["CREATE AGGREGATE \(name)(\(arguments(aggregate))) (\n\(parts)\n);"]
      + CommentSQL.statement(on: target, aggregate.comment)
      + RightsSQL.paragraph(
        aggregate.rights, on: target, grantTarget: "FUNCTION \(name)(\(types))", isOpen: true)
  }

  private static func arguments(_ aggregate: Aggregate) -> String {
    guard !aggregate.arguments.isEmpty else { return "*" }
    let all = aggregate.arguments.map { RoutineSQL.argument($0) }
    guard aggregate.form != .normal else { return all.joined(separator: ", ") }
    let direct = all.prefix(aggregate.directArgumentCount).joined(separator: ", ")
    var ordered = all.dropFirst(aggregate.directArgumentCount).joined(separator: ", ")
    // A variadic argument that is both direct and ordered is held once.
    if ordered.isEmpty { ordered = all.last ?? "" }
    return direct.isEmpty ? "ORDER BY \(ordered)" : "\(direct) ORDER BY \(ordered)"
  }

  private static func parts(of aggregate: Aggregate) -> [String] {
    var parts = state(
      "", aggregate.stateFunction, aggregate.stateType, aggregate.stateSize, aggregate.initialState)
    parts += final(
      "", aggregate.finalFunction, aggregate.finalTakesExtra, aggregate.finalModification,
      usually: aggregate.form == .normal ? .readOnly : .readWrite)
    if let combine = aggregate.combineFunction { parts.append("COMBINEFUNC = \(combine)") }
    if let serial = aggregate.serialFunction { parts.append("SERIALFUNC = \(serial)") }
    if let deserial = aggregate.deserialFunction { parts.append("DESERIALFUNC = \(deserial)") }
    if let frame = aggregate.movingFrame {
      parts += state("M", frame.stateFunction, frame.stateType, frame.stateSize, frame.initialState)
      parts.append("MINVFUNC = \(frame.inverseFunction)")
      parts += final(
        "M", frame.finalFunction, frame.finalTakesExtra, frame.finalModification,
        usually: aggregate.form == .normal ? .readOnly : .readWrite)
    }
    if let sort = aggregate.sortOperator { parts.append("SORTOP = \(sort)") }
    if aggregate.form == .hypotheticalSet { parts.append("HYPOTHETICAL") }
    if aggregate.parallelism != .unsafe {
      parts.append("PARALLEL = \(aggregate.parallelism.rawValue.uppercased())")
    }
    return parts
  }

  private static func state(
    _ prefix: String, _ function: String, _ type: String, _ size: Int, _ initial: String?
  ) -> [String] {
    var parts = ["\(prefix)SFUNC = \(function)", "\(prefix)STYPE = \(type)"]
    if size != 0 { parts.append("\(prefix)SSPACE = \(size)") }
    if let initial { parts.append("\(prefix)INITCOND = \(SQLDialect.postgreSQL.literal(initial))") }
    return parts
  }

  private static func final(
    _ prefix: String, _ function: String?, _ takesExtra: Bool, _ modification: Aggregate.FinalModification,
    usually usual: Aggregate.FinalModification
  ) -> [String] {
    var parts = function.map { ["\(prefix)FINALFUNC = \($0)"] } ?? []
    if takesExtra { parts.append("\(prefix)FINALFUNC_EXTRA") }
    if modification != usual {
      let word =
        switch modification {
        case .readOnly: "READ_ONLY"
        case .shareable: "SHAREABLE"
        case .readWrite: "READ_WRITE"
        }
      parts.append("\(prefix)FINALFUNC_MODIFY = \(word)")
    }
    return parts
  }
}
