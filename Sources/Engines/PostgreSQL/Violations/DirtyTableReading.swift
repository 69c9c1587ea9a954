import SchemaModel
import SchemaText

extension PostgresConnection {
  /// Looks for all that rows of a table violate, in one reading.
  ///
  /// To find out by a unique index that cannot be built costs more than the whole reading, and tells of one key.
  /// - Parameters:
  ///   - queries: of constraints that concern a row alone, and of some that forbid rows to be alike.
  ///   - rowCount: how many rows the table has.
  /// - Returns: `nil` when too little could be told by what rows send, or too many break a rule.
  func readDirty(
    _ table: Table, for queries: [ViolationQuery], in schema: Schema, rowCount: Int
  ) throws(EngineError) -> DirtyTable? {
    guard isOnThisMachine, let sent = SentRows(queries, of: table, in: schema, sendsPlaces: true),
      rowCount * sent.rules.count <= SharedKeyReading.mostHashes
    else { return nil }
    let judges = sent.rules.map {
      RuleJudge($0, of: sent, parents: [:], mostHashes: rowCount, expectedHashes: rowCount)
    }
    var places = RowPlaces(constraintCount: sent.ofRow.count)
    do throws(EngineError) {
      let readCount = try sent.read(on: self) { batch in
        places.read(batch)
        for judge in judges { judge.judge(batch) }
      }
      guard readCount != nil else { return nil }
    } catch {
      // One of the rules cannot be asked like this.
      guard error.mayLieInRules else { throw error }
      return nil
    }
    guard let violating = places.violating else { return nil }
    var dirty = DirtyTable(
      brokenRows: Dictionary(zip(sent.ofRow, violating), uniquingKeysWith: { one, _ in one }))
    for judge in judges {
      guard case .suspected(let keys) = judge.verdict else { continue }
      dirty.refused.insert(judge.rule.constraint)
      dirty.sharedKeys[judge.rule.constraint] = keys
    }
    return dirty
  }
}
