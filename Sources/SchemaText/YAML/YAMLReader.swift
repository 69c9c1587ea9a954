/// Reads the part of YAML that configuration needs: one document of scalars, sequences and mappings.
///
/// Aliases and tags are refused rather than half understood.
package enum YAMLReader {
  /// The document's value; `nil` when there is none.
  /// - Throws: ``DocumentError`` with the line and column of what cannot be read.
  package static func tree(of text: String) throws(DocumentError) -> YAMLNode? {
    try Array(text.utf8).withUnsafeBufferPointer { bytes throws(DocumentError) in
      let events = try YAMLEvents(bytes)
      while true {
        let event = try events.next()
        switch event.kind {
        case .stream: continue
        case .documentStart: return try document(events)
        default: return nil
        }
      }
    }
  }

  /// Deeper nesting is refused: it can only be an attack on the stack.
  private static let greatestDepth = 100

  private static func document(_ events: borrowing YAMLEvents) throws(DocumentError) -> YAMLNode {
    let root = try node(try events.next(), events, depth: 0)
    _ = try events.next()
    let after = try events.next()
    guard case .end = after.kind else {
      throw error(after.position, "a second document begins", hint: "Keep one document in the file.")
    }
    return root
  }

  private static func node(
    _ event: YAMLEvent, _ events: borrowing YAMLEvents, depth: Int
  ) throws(DocumentError) -> YAMLNode {
    guard depth <= greatestDepth else { throw error(event.position, "nested too deeply") }
    if let tag = event.tag {
      throw error(event.position, "the tag \(tag) is not understood", hint: "Write the value without it.")
    }
    switch event.kind {
    case .scalar(let text, let isPlain):
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
      return YAMLNode(content: isNull ? .null : .scalar(text), position: event.position)
    case .sequenceStart:
      var values: [YAMLNode] = []
      while true {
        let next = try events.next()
        if case .sequenceEnd = next.kind { break }
        values.append(try node(next, events, depth: depth + 1))
      }
      return YAMLNode(content: .sequence(values), position: event.position)
    case .mappingStart:
      return YAMLNode(content: .mapping(try entries(events, depth: depth)), position: event.position)
    case .alias:
      throw error(
        event.position, "an alias stands for a value written elsewhere", hint: "Write the value here again.")
    case .stream, .documentStart, .documentEnd, .end, .sequenceEnd, .mappingEnd:
      throw error(event.position, "a value belongs here")
    }
  }

  private static func entries(
    _ events: borrowing YAMLEvents, depth: Int
  ) throws(DocumentError) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var keys: Set<String> = []
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let key, _) = event.kind else {
        throw error(event.position, "a key is one word or text")
      }
      guard keys.insert(key).inserted else { throw error(event.position, "the key \"\(key)\" stands twice") }
      let value = try node(try events.next(), events, depth: depth + 1)
      entries.append(YAMLNode.Entry(key: key, position: event.position, value: value))
    }
  }

  private static func error(
    _ position: YAMLNode.Position, _ message: String, hint: String? = nil
  ) -> DocumentError {
    DocumentError("the document cannot be read", detail: ["\(position): \(message)"], hint: hint)
  }
}
