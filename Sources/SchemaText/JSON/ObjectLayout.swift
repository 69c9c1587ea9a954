import SchemaModel

/// How one kind of object stands in a schema document: its name, its facts, then the lists of what it owns.
struct ObjectLayout<Object: SchemaObject>: Sendable where Object.Name: FacetRepresentable {
  /// The lists below the facts.
  var members: [MemberLayout<Object>] = []

  /// The object as a document; a fact or list that a new object also has is left out.
  /// - Parameter factsOnly: leaves out what is written for convenience and never compared.
  func tree(of object: Object, factsOnly: Bool) -> JSONTree {
    var tree = [JSONTree.Member(MemberLayout<Object>.nameKey, .fact(object.name.facetValue))]
    let plain = Object(named: object.name)
    for facet in Object.facets {
      let value = facet.value(object)
      if value != facet.value(plain) { tree.append(JSONTree.Member(facet.label, .fact(value))) }
    }
    for member in members where member.isFact || !factsOnly {
      if let value = member.tree(object, factsOnly) { tree.append(JSONTree.Member(member.key, value)) }
    }
    return .object(tree)
  }

  /// Reads the object back.
  /// - Parameter findings: receives what was there and could not be understood.
  /// - Throws: ``DocumentError`` with the path to a value of the wrong shape.
  func read(
    _ value: FacetValue, at path: String, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> Object {
    guard case .record(var fields) = value else {
      throw .wrongShape(at: path, FacetMismatch(expected: "a record", found: value))
    }
    guard let name = fields.removeValue(forKey: MemberLayout<Object>.nameKey) else {
      throw .missing(MemberLayout<Object>.nameKey, at: path)
    }
    var object: Object
    do throws(FacetMismatch) {
      object = Object(named: try Object.Name(facetValue: name))
    } catch {
      throw .wrongShape(at: "\(path).\(MemberLayout<Object>.nameKey)", error)
    }
    for facet in Object.facets {
      guard let value = fields.removeValue(forKey: facet.label) else { continue }
      do throws(FacetMismatch) {
        try facet.set(&object, value)
      } catch {
        throw .wrongShape(at: "\(path).\(facet.label)", error)
      }
      if let lost = value.firstPartMissing(in: facet.value(object)) {
        findings.append(.notUnderstood(at: "\(path).\(facet.label)\(lost)"))
      }
    }
    try MemberLayout.read(members, from: fields, into: &object, at: path, findings: &findings)
    return object
  }
}

/// A list that an object, or the schema itself, owns.
struct MemberLayout<Owner>: Sendable {
  /// The key every object's name stands under.
  static var nameKey: String { "name" }

  let key: String
  /// Whether it is compared and fingerprinted.
  let isFact: Bool
  /// The list as a document, `nil` when there is nothing in it.
  let tree: @Sendable (Owner, _ factsOnly: Bool) -> JSONTree?
  /// Puts what the document holds into the owner.
  let read:
    @Sendable (inout Owner, FacetValue, _ path: String, inout [DocumentFinding]) throws(DocumentError) -> Void

  /// A list of objects whose names are each given once.
  /// - Parameter isSorted: whether the list is kept by name rather than in its own order.
  /// - Parameter mayRepeat: whether two may have one name, as constraints without a name of their own can.
  init<Object>(
    _ key: String, _ list: any WritableKeyPath<Owner, [Object]> & Sendable, _ layout: ObjectLayout<Object>,
    isSorted: Bool = true, mayRepeat: Bool = false
  ) {
    self.key = key
    isFact = true
    tree = { owner, factsOnly in
      let objects = owner[keyPath: list]
      return objects.isEmpty ? nil : .list(objects.map { layout.tree(of: $0, factsOnly: factsOnly) })
    }
    read = { (owner, value, path, findings) throws(DocumentError) in
      guard case .list(let values) = value else {
        throw .wrongShape(at: path, FacetMismatch(expected: "a list", found: value))
      }
      var objects: [Object] = []
      var names: Set<Object.Name> = []
      for (position, value) in values.enumerated() {
        let place = "\(path)[\(position)]"
        let object = try layout.read(value, at: place, findings: &findings)
        guard names.insert(object.name).inserted || mayRepeat else {
          throw .repeated(at: place, object.name.facetDescription)
        }
        objects.append(object)
      }
      owner[keyPath: list] = isSorted ? objects.sorted { $0.name < $1.name } : objects
    }
  }

  /// An object there is at most one of.
  init<Object>(
    _ key: String, _ object: any WritableKeyPath<Owner, Object?> & Sendable, _ layout: ObjectLayout<Object>
  ) {
    self.key = key
    isFact = true
    tree = { owner, factsOnly in
      owner[keyPath: object].map { layout.tree(of: $0, factsOnly: factsOnly) }
    }
    read = { (owner, value, path, findings) throws(DocumentError) in
      owner[keyPath: object] =
        value == .absent ? nil : try layout.read(value, at: path, findings: &findings)
    }
  }

  /// Values that help to use the document and are not compared.
  init<Value: FacetRepresentable>(
    convenience key: String, _ values: any WritableKeyPath<Owner, [Value]> & Sendable
  ) {
    self.key = key
    isFact = false
    tree = { owner, _ in
      let values = owner[keyPath: values]
      return values.isEmpty ? nil : .fact(values.facetValue)
    }
    read = { (owner, value, path, _) throws(DocumentError) in
      do throws(FacetMismatch) {
        owner[keyPath: values] = try [Value](facetValue: value)
      } catch {
        throw .wrongShape(at: path, error)
      }
    }
  }

  /// Reads the lists among the fields into their owner; a field that none of them knows becomes a finding.
  static func read(
    _ members: [MemberLayout], from fields: [String: FacetValue], into owner: inout Owner, at path: String,
    findings: inout [DocumentFinding]
  ) throws(DocumentError) {
    var unknown = fields
    for member in members {
      guard let value = unknown.removeValue(forKey: member.key) else { continue }
      try member.read(&owner, value, path.isEmpty ? member.key : "\(path).\(member.key)", &findings)
    }
    for key in unknown.keys.sorted() {
      findings.append(.notUnderstood(at: path.isEmpty ? key : "\(path).\(key)"))
    }
  }
}
