import SchemaModel

/// How one kind of object stands in a schema document: its name, its facts, then the lists of what it owns.
struct ObjectLayout<Object: SchemaObject>: Sendable where Object.Name: FacetRepresentable {
  /// The lists below the facts.
  var members: [MemberLayout<Object>] = []
  /// Where a reader keeps such objects by their text, of a kind that many have the same.
  var known: (@Sendable (JSONReader) -> KnownTexts<Object>)?

  /// The object as a document; a fact or list that a new object also has is left out.
  /// - Parameter factsOnly: leaves out what is no part of the fingerprint.
  func tree(of object: Object, factsOnly: Bool) -> JSONTree {
    tree(of: object, beside: Self.usual(named: object.name), factsOnly: factsOnly)
  }

  /// A list of objects as documents.
  func trees(of objects: [Object], factsOnly: Bool) -> [JSONTree] {
    guard let first = objects.first else { return [] }
    // A new object's facts are the same whatever its name is.
    let usual = Self.usual(named: first.name)
    return objects.mapOnAllCores { tree(of: $0, beside: usual, factsOnly: factsOnly) }
  }

  /// The facts of a new object, in the order of their table.
  private static func usual(named name: Object.Name) -> [FacetValue] {
    let plain = Object(named: name)
    return Object.facets.map { $0.value(plain) }
  }

  private func tree(of object: Object, beside usual: [FacetValue], factsOnly: Bool) -> JSONTree {
    var tree = [JSONTree.Member(MemberLayout<Object>.nameKey, .fact(object.name.facetValue))]
    for (facet, plain) in zip(Object.facets, usual) where facet.isBuiltByText || !factsOnly {
      let value = facet.value(object)
      if value != plain { tree.append(JSONTree.Member(facet.label, .fact(value))) }
    }
    for member in members where member.isFact || !factsOnly {
      if let value = member.tree(object, factsOnly) { tree.append(JSONTree.Member(member.key, value)) }
    }
    return .object(tree)
  }

  /// Reads the object that follows; its name, wherever it stands, comes first.
  /// - Parameter findings: receives what was there and could not be understood.
  /// - Throws: ``DocumentError`` with the path to a value of the wrong shape.
  func read(
    from reader: inout JSONReader, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> Object {
    guard let known = known?(reader) else { return try readAnew(from: &reader, findings: &findings) }
    let text = reader.textOfValue
    if let object = known[text] {
      reader.skip(text)
      return object
    }
    let findingCount = findings.count
    let object = try readAnew(from: &reader, findings: &findings)
    if findings.count == findingCount { known[text] = object }
    return object
  }

  private func readAnew(
    from reader: inout JSONReader, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> Object {
    let nameKey = MemberLayout<Object>.nameKey
    guard reader.isAtRecord else { throw try reader.mismatch("a record") }
    guard let name = try reader.field(nameKey) else { throw .missing(nameKey, at: reader.path) }
    var object: Object
    do throws(FacetMismatch) {
      object = Object(named: try Object.Name(facetValue: name))
    } catch {
      throw .wrongShape(at: "\(reader.path).\(nameKey)", error)
    }
    // A document that was not edited has its facts in the order of their table.
    var expected = Object.facets.startIndex
    try reader.readRecord { (reader, key) throws(DocumentError) in
      if key == nameKey {
        reader.skipValue()
      } else if let place = Object.facets[expected...].firstIndex(where: { $0.label == key })
        ?? Object.facets[..<expected].firstIndex(where: { $0.label == key })
      {
        expected = place + 1
        try Self.read(Object.facets[place], of: &object, from: &reader, findings: &findings)
      } else {
        try MemberLayout.read(key, among: members, into: &object, from: &reader, findings: &findings)
      }
    }
    return object
  }

  private static func read(
    _ facet: Facet<Object>, of object: inout Object, from reader: inout JSONReader,
    findings: inout [DocumentFinding]
  ) throws(DocumentError) {
    let value = try reader.value()
    do throws(FacetMismatch) {
      try facet.set(&object, value)
    } catch {
      throw .wrongShape(at: reader.path, error)
    }
    // Only what is made of parts can lose one of them.
    if value.hasParts, let lost = value.firstPartMissing(in: facet.value(object)) {
      findings.append(.notUnderstood(at: reader.path + lost))
    }
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
  /// Puts what follows in the document into the owner.
  let read: @Sendable (inout Owner, inout JSONReader, inout [DocumentFinding]) throws(DocumentError) -> Void

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
      return objects.isEmpty ? nil : .list(layout.trees(of: objects, factsOnly: factsOnly))
    }
    read = { (owner, reader, findings) throws(DocumentError) in
      guard reader.isAtList else { throw try reader.mismatch("a list") }
      var objects: [Object] = []
      var names: Set<Object.Name> = []
      // As it is in a document that was not edited.
      var isInOrder = true
      try reader.readList { (reader, _) throws(DocumentError) in
        let object = try layout.read(from: &reader, findings: &findings)
        guard names.insert(object.name).inserted || mayRepeat else {
          throw .repeated(at: reader.path, object.name.facetDescription)
        }
        if let last = objects.last, object.name < last.name { isInOrder = false }
        objects.append(object)
      }
      if isSorted && !isInOrder { objects.sort { $0.name < $1.name } }
      // Growing leaves up to half of the room empty, which adds up over very many short lists.
      owner[keyPath: list] = objects.withUnsafeBufferPointer { Array($0) }
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
    read = { (owner, reader, findings) throws(DocumentError) in
      owner[keyPath: object] =
        reader.isAtNull ? nil : try layout.read(from: &reader, findings: &findings)
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
    read = { (owner, reader, _) throws(DocumentError) in
      owner[keyPath: values] = try reader.fact([Value].self)
    }
  }

  /// Reads the value that follows a key into the member called so; a key that none knows becomes a finding.
  static func read(
    _ key: String, among members: [MemberLayout], into owner: inout Owner, from reader: inout JSONReader,
    findings: inout [DocumentFinding]
  ) throws(DocumentError) {
    if let member = members.first(where: { $0.key == key }) {
      try member.read(&owner, &reader, &findings)
    } else {
      _ = try reader.value()
      findings.append(.notUnderstood(at: reader.path))
    }
  }
}

extension JSONReader {
  /// What follows, as a fact of the type that its place asks for.
  mutating func fact<Value: FacetRepresentable>(_ type: Value.Type) throws(DocumentError) -> Value {
    let value = try value()
    do throws(FacetMismatch) {
      return try Value(facetValue: value)
    } catch {
      throw .wrongShape(at: path, error)
    }
  }

  /// The error of a value that has another shape than its place asks for.
  fileprivate mutating func mismatch(_ expected: String) throws(DocumentError) -> DocumentError {
    .wrongShape(at: path, FacetMismatch(expected: expected, found: try value()))
  }
}
