/// What must be made before an object although its kind comes later in a blueprint, or is the same.
///
/// From `pg_depend`; no fact of the schema, only what it takes to print it in an order that can be run.
package struct Precedence: Hashable, Sendable {
  package var object: ObjectReference
  /// Sorted.
  package var needs: [ObjectReference]

  package init(of object: ObjectReference, needs: [ObjectReference]) {
    self.object = object
    self.needs = needs
  }
}

extension Precedence: FacetRepresentable {
  package var facetValue: FacetValue { .record(["object": object.facetValue, "needs": needs.facetValue]) }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      of: try ObjectReference(facetValue: facetValue["object"]),
      needs: try [ObjectReference](facetValue: facetValue["needs"]))
  }
}
