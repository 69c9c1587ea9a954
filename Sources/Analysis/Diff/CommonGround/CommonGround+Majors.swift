import SchemaModel

extension CommonGround {
  /// Reduces both schemas to what two majors of PostgreSQL both know, and know in the same words; nothing when they
  /// are of one major.
  ///
  /// A fact that one of them does not know is left out where the other's can only have come with its version. Where
  /// somebody made use of what is new (a constraint that is not enforced), that stays a difference.
  mutating func reduceToMajors() {
    guard let one = first.postgresMajor, let other = second.postgresMajor, one != other else { return }
    let versions = min(one, other)..<max(one, other)
    reduceToExtensionNames(one, other)
    if versions.contains(14) {
      reduceToLoggedSequences()
      first.forgetFactsOfPostgreSQL15()
      second.forgetFactsOfPostgreSQL15()
    }
    if versions.contains(15) { reduceToUnqualifiedViews() }
    if versions.contains(16) {
      first.forgetFactsOfPostgreSQL17()
      second.forgetFactsOfPostgreSQL17()
    }
    if versions.contains(17) {
      first.forgetNamesOfNotNull()
      second.forgetNamesOfNotNull()
    }
  }

  /// A server brings its own versions of extensions along.
  private mutating func reduceToExtensionNames(_ one: Int, _ other: Int) {
    let versions = Dictionary(
      second.extensions.map { ($0.name, $0.version) }, uniquingKeysWith: { one, _ in one })
    let differing = first.extensions.compactMap { mine -> (ObjectName, String)? in
      guard let theirs = versions[mine.name], theirs != mine.version else { return nil }
      return (mine.name, "\(mine.name) \(mine.version) and \(theirs)")
    }
    guard !differing.isEmpty else { return }
    scope.append(
      "versions of extensions are not compared between PostgreSQL \(one) and \(other): "
        + differing.map(\.1).joined(separator: ", "))
    let names = Set(differing.map(\.0))
    for position in first.extensions.indices where names.contains(first.extensions[position].name) {
      first.extensions[position].version = ""
    }
    for position in second.extensions.indices where names.contains(second.extensions[position].name) {
      second.extensions[position].version = ""
    }
  }

  /// Before PostgreSQL 15 no sequence was unlogged, whatever its table is.
  private mutating func reduceToLoggedSequences() {
    for position in first.sequences.indices { first.sequences[position].isUnlogged = false }
    for position in second.sequences.indices { second.sequences[position].isUnlogged = false }
  }

  /// Before PostgreSQL 16 a view's columns were printed with the name of their table even where there is but one.
  private mutating func reduceToUnqualifiedViews() {
    let queries = Dictionary(
      first.views.map { ($0.name, $0.definition) }, uniquingKeysWith: { one, _ in one })
    for position in second.views.indices {
      let view = second.views[position]
      guard let query = queries[view.name], query != view.definition,
        ViewQuery.withoutQualifiers(query) == ViewQuery.withoutQualifiers(view.definition)
      else { continue }
      second.views[position].definition = query
    }
  }
}

extension Schema {
  /// The major version of the PostgreSQL server it was read from; `nil` for texts that no server has read.
  fileprivate var postgresMajor: Int? {
    switch engine {
    case .postgreSQL: serverVersion.split(separator: ".").first.flatMap { Int($0.prefix(while: \.isNumber)) }
    case .sqlite: nil
    }
  }

  /// Before PostgreSQL 15 nobody was granted a setting, and the sequence of an identity column was never unlogged.
  fileprivate mutating func forgetFactsOfPostgreSQL15() {
    for role in roles.indices { roles[role].parameterPrivileges = [:] }
    for table in tables.indices {
      for column in tables[table].columns.indices {
        tables[table].columns[column].sequence.isUnlogged = nil
      }
    }
  }

  /// PostgreSQL 17 brought the privilege MAINTAIN, gave partitions the identity columns of their parents and
  /// partitioned tables an access method, and keeps the name of a domain's NOT NULL and a comment on it.
  fileprivate mutating func forgetFactsOfPostgreSQL17() {
    for domain in domains.indices {
      domains[domain].notNullName = nil
      domains[domain].notNullComment = nil
    }
    for table in tables.indices {
      tables[table].rights.forgetMaintenance()
      if tables[table].partitionKey != nil { tables[table].accessMethod = nil }
      guard tables[table].partition != nil else { continue }
      for column in tables[table].columns.indices where tables[table].columns[column].value.isIdentity {
        tables[table].columns[column].value = .none
      }
    }
    for view in views.indices { views[view].rights.forgetMaintenance() }
    defaultPrivileges = defaultPrivileges.compactMap { privileges in
      guard privileges.objects == "TABLES" else { return privileges }
      var reduced = privileges
      reduced.privileges = privileges.privileges.compactMap(\.withoutMaintenance)
      return reduced.privileges == [] || reduced.isUsual ? nil : reduced
    }
  }

  /// Before PostgreSQL 18 a NOT NULL had neither a name nor a comment.
  fileprivate mutating func forgetNamesOfNotNull() {
    for table in tables.indices {
      for column in tables[table].columns.indices {
        tables[table].columns[column].notNull.name = nil
        tables[table].columns[column].notNull.comment = nil
      }
    }
  }
}

extension DefaultPrivileges {
  /// Whether it says of new objects what holds of them anyway.
  fileprivate var isUsual: Bool { name.schema == nil && privileges == [Grant(to: .owner, [Grant.all])] }
}

extension AccessRights {
  fileprivate mutating func forgetMaintenance() {
    guard let privileges else { return }
    let reduced = privileges.compactMap(\.withoutMaintenance)
    self.privileges = reduced == [Grant(to: .owner, [Grant.all])] ? nil : reduced
  }
}

extension Grant {
  /// What a server of PostgreSQL 16 knows a table's owner may do.
  private static let ofTables = ["DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"]

  /// The grant without MAINTAIN; `nil` when nothing is left of it.
  fileprivate var withoutMaintenance: Grant? {
    func reduced(_ privileges: [String]) -> [String] {
      let known = privileges.filter { $0 != "MAINTAIN" }
      return known == Self.ofTables ? [Grant.all] : known
    }
    let privileges = reduced(privileges)
    return privileges.isEmpty ? nil : Grant(to: grantee, privileges, grantable: reduced(grantable))
  }
}
