/// What the write-ahead log keeps of a row's old version, for subscribers to find it by (`pg_class.relreplident`).
package enum ReplicaIdentity: Hashable, Sendable {
  /// The primary key's columns: what every new table has.
  case primaryKey
  case full
  case nothing
  /// The columns of a unique index, by its name.
  case index(String)
}

extension ReplicaIdentity: FacetRepresentable {
  package var facetValue: FacetValue {
    switch self {
    case .primaryKey: .text("primary key")
    case .full: .text("full")
    case .nothing: .text("nothing")
    case .index(let name): .record(["index": .text(name)])
    }
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    switch facetValue {
    case .text("primary key"): self = .primaryKey
    case .text("full"): self = .full
    case .text("nothing"): self = .nothing
    case .record: self = .index(try String(facetValue: facetValue["index"]))
    case .absent, .flag, .number, .text, .list:
      throw FacetMismatch(expected: "a replica identity", found: facetValue)
    }
  }
}
