import SchemaModel

/// Access lists that differ, as statements.
struct RightsChange {
  /// The object as `GRANT` calls it.
  let noun: String
  /// What everybody may do with a new one.
  let everyone: [String]
  /// The role that owns the object once its owner is right.
  let owner: String

  /// What makes one access list of the other; `nil` stands for that of a new object.
  ///
  /// - Parameter isOwnerNew: whether the object changed hands, and with it what the old owner had.
  func statements(from found: [Grant]?, to expected: [Grant]?, isOwnerNew: Bool = false) -> [String] {
    let wanted = expected ?? usual
    let had = found ?? usual
    var statements: [String] = []
    var isGrantedOn = false
    var changed: [Grant] = []
    let grantees = Set((wanted + had).map(\.grantee)).sorted()
    for grantee in grantees {
      let old = had.first { $0.grantee == grantee }
      let new = wanted.first { $0.grantee == grantee }
      if old == new && !isOwnerNew { continue }
      if let old, !isCovered(old, by: new) || isOwnerNew {
        // What was handed on goes with it, and is granted anew below.
        let cascade = old.grantable.isEmpty || grantee == .owner ? "" : " CASCADE"
        isGrantedOn = isGrantedOn || !cascade.isEmpty
        statements.append("REVOKE ALL ON \(noun) FROM \(name(grantee))\(cascade)")
      }
      if let new { changed.append(new) }
    }
    return statements + (isGrantedOn ? wanted : changed).flatMap(grants)
  }

  /// Grants on one column that differ.
  func statements(from found: [Grant], to expected: [Grant], column: String) -> [String] {
    let place = " (\(SQLDialect.postgreSQL.identifier(column)))"
    let gone = found.filter { !expected.contains($0) }.map { grant in
      "REVOKE ALL\(place) ON \(noun) FROM \(name(grant.grantee))"
        + (grant.grantable.isEmpty ? "" : " CASCADE")
    }
    let isGrantedOn = gone.contains { $0.hasSuffix("CASCADE") }
    let new = expected.filter { isGrantedOn || !found.contains($0) }
    return gone
      + new.flatMap {
        RightsSQL.statements(for: $0, on: noun, to: name($0.grantee), column: column).map(\.withoutSemicolon)
      }
  }

  /// What a new object has.
  private var usual: [Grant] {
    [Grant(to: .owner, [Grant.all])] + (everyone.isEmpty ? [] : [Grant(to: .everyone, everyone)])
  }

  private func grants(_ grant: Grant) -> [String] {
    RightsSQL.statements(for: grant, on: noun, to: name(grant.grantee)).map(\.withoutSemicolon)
  }

  private func name(_ grantee: Grant.Grantee) -> String { RightsSQL.name(of: grantee, owner: owner) }

  /// Whether nothing has to be taken away.
  private func isCovered(_ old: Grant, by new: Grant?) -> Bool {
    guard let new else { return false }
    return Set(new.privileges).isSuperset(of: old.privileges)
      && Set(new.grantable).isSuperset(of: old.grantable)
      && !(old.privileges == [Grant.all] && new.privileges != [Grant.all])
  }
}

extension String {
  /// A statement without the semicolon that ends it.
  var withoutSemicolon: String { hasSuffix(";") ? String(dropLast()) : self }
}
