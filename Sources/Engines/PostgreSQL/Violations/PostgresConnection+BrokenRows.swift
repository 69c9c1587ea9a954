import SchemaModel
import SchemaText

extension PostgresConnection {
  package func brokenRows(
    _ queries: [ViolationQuery], of table: Table
  ) throws(EngineError) -> [ConstraintReference: [String]]? {
    guard table.partitionKey == nil, let broken = BrokenRules(queries) else { return nil }
    do throws(EngineError) {
      let rows = try fewRows(broken.placesSQL(limit: RowPlaces.most + 1))
      return rows.count > RowPlaces.most ? nil : broken.places(in: rows)
    } catch {
      // One of them cannot be asked like this.
      guard error.mayLieInRules else { throw error }
      return nil
    }
  }
}
