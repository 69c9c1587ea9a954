import SchemaModel

/// The paragraphs of `schema.sql` that make one object, or one thing of an object.
struct ObjectParagraphs {
  /// What they make; `nil` for what nothing ever waits for.
  let object: ObjectReference?
  /// What they are about, whether or not anything waits for it.
  let subject: ObjectReference?
  /// What must stand before them although it comes later, or at the same place, in the order of kinds.
  let needs: [ObjectReference]
  let texts: [String]

  init(_ object: ObjectReference, needs: [ObjectReference] = [], _ texts: [String]) {
    self.object = object
    subject = object
    self.needs = needs
    self.texts = texts
  }

  /// What is made in its turn, and nothing waits for.
  init(of subject: ObjectReference?, _ texts: [String]) {
    object = nil
    self.subject = subject
    needs = []
    self.texts = texts
  }

  /// Each group behind what it needs and otherwise in the order given.
  static func ordered(_ groups: [ObjectParagraphs]) -> [ObjectParagraphs] {
    let made = Set(groups.compactMap(\.object))
    return DependencyOrder.sorted(groups, name: { $0.object }) { group in
      group.needs.flatMap { needed -> [ObjectReference?] in
        if made.contains(needed) { return [needed] }
        // What is made inside a table or view is there once its owner is.
        return [.table, .view, .materializedView].map { ObjectReference(kind: $0, needed.owner) }
      }
    }
  }
}

/// Where objects stand out of the order of their kinds, ready for looking up.
struct Precedences {
  private let needs: [ObjectReference: [ObjectReference]]

  init(_ list: [Precedence]) {
    needs = Dictionary(list.map { ($0.object, $0.needs) }, uniquingKeysWith: +)
  }

  subscript(_ object: ObjectReference) -> [ObjectReference] { needs[object] ?? [] }

  /// The groups of a list of objects that stand by themselves.
  func groups<Object: SchemaObject>(
    _ objects: [Object], _ paragraphs: (Object) -> [String]
  ) -> [ObjectParagraphs] where Object.Name == ObjectName {
    objects.map { object in
      let reference = ObjectReference(kind: object.kind, object.name)
      return ObjectParagraphs(reference, needs: self[reference], paragraphs(object))
    }
  }

  /// The groups of what stands on a table or view: triggers, policies, rules.
  func groups<Member: SchemaObject>(
    _ members: [Member], of owner: ObjectName, _ paragraphs: (Member) -> [String]
  ) -> [ObjectParagraphs] where Member.Name == String {
    members.map { member in
      let reference = ObjectReference(kind: member.kind, owner, member: member.name)
      return ObjectParagraphs(reference, needs: self[reference], paragraphs(member))
    }
  }
}

extension SchemaObject where Name == ObjectName {
  /// The object in words that point at it.
  var reference: ObjectReference { ObjectReference(kind: kind, name) }
}

extension SchemaObject where Name == String {
  /// The object in words that point at it.
  func reference(in owner: ObjectName) -> ObjectReference {
    ObjectReference(kind: kind, owner, member: name)
  }
}
