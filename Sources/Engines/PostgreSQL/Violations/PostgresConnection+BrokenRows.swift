import SchemaModel
import SchemaText

extension PostgresConnection {
  /// Of more rows than these, places are not listed.
  private static let mostPlaces = 10_000

  package func brokenRows(
    _ queries: [ViolationQuery], of table: Table
  ) throws(EngineError) -> [ConstraintReference: [String]]? {
    guard table.partitionKey == nil, let broken = BrokenRules(queries) else { return nil }
    do throws(EngineError) {
      let rows = try fewRows(broken.placesSQL(limit: Self.mostPlaces + 1))
      return rows.count > Self.mostPlaces ? nil : broken.places(in: rows)
    } catch {
      // One of them cannot be asked like this.
      guard error.mayLieInRules else { throw error }
      return nil
    }
  }
}
