import SchemaModel

/// What a script that undoes a comparison's differences starts from, and what it is to arrive at.
package struct UndoGround: Hashable, Sendable {
  /// The structure as it is.
  package let found: Schema
  /// The structure as it is to be: what is accepted on purpose stays as it was found.
  package let expected: Schema

  /// Nothing when no such script can be written: for two engines, or for a source that cannot say everything.
  ///
  /// - Parameter accepted: what the script leaves alone, told from `expected` to `found`.
  package init?(making found: Schema, into expected: Schema, accepting accepted: [SchemaDifference] = []) {
    guard found.engine == expected.engine, found.expressiveness == .everything,
      expected.expressiveness == .everything
    else { return nil }
    let ground = CommonGround.of(expected, found)
    (self.found, self.expected) = (ground.second, ground.first.accepting(accepted, asIn: ground.second))
  }
}
