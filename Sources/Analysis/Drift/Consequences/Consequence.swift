import SchemaModel

/// What a difference between blueprint and production means for a restore, for the person on call.
enum Consequence {
  /// One sentence.
  static func sentence(for difference: SchemaDifference, in context: DriftContext) -> String {
    let object = difference.object
    let evidence = context.evidence(for: object)
    let isUnchecked = context.isDrawnUnchecked(object)
    switch object.kind {
    case .namespace: return namespace(difference.change)
    case .installedExtension: return installedExtension(difference.change)
    case .enumType:
      return enumType(
        difference.change, drawn: context.blueprint.enums[object.owner],
        live: context.live.enums[object.owner])
    case .shellType: return shellType(difference.change)
    case .scalarType: return scalarType(difference.change)
    case .rangeType: return rangeType(difference.change)
    case .compositeType: return compositeType(difference.change)
    case .domainType: return domainType(difference.change)
    case .collation: return collation(difference.change)
    case .textSearchParser, .textSearchTemplate, .textSearchDictionary, .textSearchConfiguration:
      return textSearch(difference.change)
    case .foreignDataWrapper, .foreignServer: return foreignAccess(difference.change)
    case .userMapping: return userMapping(difference.change)
    case .virtualTable: return virtualTable(difference.change)
    case .statistics: return statistics(difference.change)
    case .publication: return publication(difference.change)
    case .subscription: return subscription(difference.change)
    case .sequence: return sequence(difference.change)
    case .function, .procedure: return routine(difference.change)
    case .aggregate: return aggregate(difference.change)
    case .language: return language(difference.change)
    case .accessMethod: return accessMethod(difference.change)
    case .operator: return operatorSymbol(difference.change)
    case .operatorFamily, .operatorClass: return operatorClass(difference.change)
    case .cast: return cast(difference.change)
    case .conversion: return conversion(difference.change)
    case .transform: return transform(difference.change)
    case .table: return table(difference.change)
    case .column:
      let drawn = context.blueprint.table(object.owner)?.column(named: object.member ?? "")
      return column(difference.change, drawn: drawn, evidence: evidence)
    case .primaryKey, .uniqueConstraint: return key(difference.change, evidence: evidence)
    case .foreignKey: return foreignKey(difference.change, isUnchecked: isUnchecked, evidence: evidence)
    case .checkConstraint: return check(difference.change, isUnchecked: isUnchecked, evidence: evidence)
    case .exclusionConstraint: return exclusion(difference.change)
    case .index:
      return index(difference.change, refusesRows: difference.severity == .breaksRestore, evidence: evidence)
    case .view, .materializedView: return view(difference.change)
    case .policy: return policy(difference.change)
    case .role: return role(difference.change)
    case .defaultPrivileges: return defaultPrivileges(difference.change)
    case .changedPrivileges: return changedPrivileges(difference.change)
    case .securityLabel: return securityLabel(difference.change)
    case .database: return database(difference.change)
    case .trigger: return trigger(difference.change)
    case .rule: return rule(difference.change)
    case .eventTrigger: return eventTrigger(difference.change)
    }
  }

  /// What a flag's difference says: whether the blueprint asks for what production lacks.
  static func isOnlyDrawn(expected: String, found: String) -> Bool {
    expected == true.facetDescription && found == false.facetDescription
  }

  /// The sentence for facts that every kind of object has, and for one that has no sentence of its own yet.
  static func common(_ fact: String, expected: String, found: String) -> String {
    switch fact {
    case SchemaDifference.nameFact:
      "a restore from this blueprint calls it by the blueprint's name: scripts that use production's fail."
    case "named": "nothing but the name that messages call it by changes."
    case "comment": "a restore from this blueprint brings back the blueprint's comment and the tags in it."
    case "owner":
      "a restore from this blueprint gives it to \(ownerWords(expected)), in production it belongs to \(ownerWords(found)): "
        + "who may alter it, and past whom row security looks, changes hands."
    case "privileges", "column privileges":
      "a restore from this blueprint hands out other rights than production has: somebody is let in, or shut out."
    default:
      setting(fact, expected: expected, found: found) ?? origin(fact, expected: expected, found: found)
        ?? newTerm(fact, expected: expected, found: found)
        ?? "a restore from this blueprint gives \(expected) where production has \(found)."
    }
  }

  private static func ownerWords(_ owner: String) -> String {
    owner == FacetValue.absent.description ? "the database's owner" : owner
  }
}
