/// How an aggregate goes through a moving frame, from the columns of `pg_aggregate` that begin with `aggm`.
package struct MovingFrame: Hashable, Sendable {
  /// Takes a state and a row, qualified, from `aggmtransfn`.
  package var stateFunction: String
  /// Takes a row out of a state again, qualified, from `aggminvtransfn`.
  package var inverseFunction: String
  /// From `aggmtranstype`.
  package var stateType: String
  /// Bytes the planner expects of a state, 0 for its own guess, from `aggmtransspace`.
  package var stateSize = 0
  /// From `aggminitval`.
  package var initialState: String?
  /// Makes the result of a state, qualified, from `aggmfinalfn`.
  package var finalFunction: String?
  /// Whether the final function is told the types of the arguments too (`aggmfinalextra`).
  package var finalTakesExtra = false
  /// From `aggmfinalmodify`.
  package var finalModification = Aggregate.FinalModification.readOnly

  package init(stateFunction: String, inverseFunction: String, stateType: String) {
    self.stateFunction = stateFunction
    self.inverseFunction = inverseFunction
    self.stateType = stateType
  }
}

extension MovingFrame: FacetRepresentable {
  package var facetValue: FacetValue {
    .record([
      "state function": .text(stateFunction), "inverse function": .text(inverseFunction),
      "state type": .text(stateType), "state size": .number(stateSize),
      "initial state": initialState.facetValue, "final function": finalFunction.facetValue,
      "final function extra": .flag(finalTakesExtra), "final function modifies": finalModification.facetValue,
    ])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      stateFunction: try String(facetValue: facetValue["state function"]),
      inverseFunction: try String(facetValue: facetValue["inverse function"]),
      stateType: try String(facetValue: facetValue["state type"]))
    stateSize = try Int(facetValue: facetValue["state size"])
    initialState = try String?(facetValue: facetValue["initial state"])
    finalFunction = try String?(facetValue: facetValue["final function"])
    finalTakesExtra = try Bool(facetValue: facetValue["final function extra"])
    finalModification = try Aggregate.FinalModification(facetValue: facetValue["final function modifies"])
  }

  package var facetDescription: String {
    var words = ["\(stateFunction) and \(inverseFunction) over \(stateType)"]
    if stateSize != 0 { words.append("of \(stateSize) bytes") }
    if let initialState { words.append("from \(initialState)") }
    if let finalFunction { words.append("ended by \(finalFunction) (\(finalModification.rawValue))") }
    if finalTakesExtra { words.append("with the arguments' types") }
    return words.joined(separator: ", ")
  }
}
