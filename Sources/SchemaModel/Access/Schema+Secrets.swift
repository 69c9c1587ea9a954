extension Schema {
  /// The objects with a secret among what they are made of: its name is a fact, its value is never kept.
  ///
  /// A database that is built from a text needs them set by hand.
  package var holdersOfSecrets: [ObjectReference] {
    var holders: [ObjectReference] = []
    for wrapper in foreignDataWrappers where wrapper.options.contains(where: ForeignOption.isWithheld) {
      holders.append(ObjectReference(kind: wrapper.kind, wrapper.name))
    }
    for server in foreignServers where server.options.contains(where: ForeignOption.isWithheld) {
      holders.append(ObjectReference(kind: server.kind, server.name))
    }
    for mapping in userMappings where mapping.options.contains(where: mapping.isWithheld) {
      holders.append(ObjectReference(kind: mapping.kind, mapping.name))
    }
    for place in tables.indices where !tables[place].foreignOptions.isEmpty {
      guard tables[place].foreignOptions.contains(where: ForeignOption.isWithheld) else { continue }
      holders.append(ObjectReference(kind: .table, tables[place].name))
    }
    for subscription in subscriptions
    where subscription.connection?.contains(where: ForeignOption.isWithheld) ?? false {
      holders.append(ObjectReference(kind: subscription.kind, subscription.name))
    }
    return holders
  }
}

extension UserMapping {
  /// Whether a kept option is a secret: anything that is not known to be none.
  fileprivate func isWithheld(_ option: String) -> Bool {
    option.hasSuffix("=") && !Self.openOptions.contains(option.dropLast().lowercased())
  }
}
