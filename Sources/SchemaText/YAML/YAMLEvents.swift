import CYAML

/// One step of libyaml's way through a document.
struct YAMLEvent {
  /// What the step met.
  enum Kind {
    case stream
    case documentStart
    case documentEnd
    case end
    case alias
    case scalar(String, isPlain: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  var kind: Kind
  /// The tag, such as `!include`; `nil` when there is none.
  var tag: String?
  var position: YAMLNode.Position
}

/// The events of a YAML text, from `yaml_parser_parse`.
struct YAMLEvents: ~Copyable {
  // The parser keeps a pointer to itself, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Parameter bytes: UTF-8, which must outlive the events.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(DocumentError) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw DocumentError("no memory is left to read YAML")
    }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  /// - Throws: ``DocumentError`` with the line and column at which the text is no YAML.
  func next() throws(DocumentError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
    defer { yaml_event_delete(&event) }
    let position = YAMLNode.Position(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, position: position)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, position: position)
    case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .end, position: position)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, position: position)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let kind = YAMLEvent.Kind.scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      return YAMLEvent(kind: kind, tag: Self.text(scalar.tag), position: position)
    case YAML_SEQUENCE_START_EVENT:
      return YAMLEvent(
        kind: .sequenceStart, tag: Self.text(event.data.sequence_start.tag), position: position)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, position: position)
    case YAML_MAPPING_START_EVENT:
      return YAMLEvent(kind: .mappingStart, tag: Self.text(event.data.mapping_start.tag), position: position)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, position: position)
    // YAML_STREAM_START_EVENT and YAML_NO_EVENT, which hold nothing.
    default: return YAMLEvent(kind: .stream, position: position)
    }
  }

  private func error() -> DocumentError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not readable"
    let position = YAMLNode.Position(parser.pointee.problem_mark)
    return DocumentError("the document is no valid YAML", detail: ["\(position): \(problem)"])
  }

  private static func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
  }
}

extension YAMLNode.Position {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
