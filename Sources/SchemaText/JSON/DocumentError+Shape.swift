import SchemaModel

extension DocumentError {
  /// A value has not the shape its place asks for.
  static func wrongShape(at path: String, _ mismatch: FacetMismatch) -> DocumentError {
    DocumentError(
      "the document holds a value of the wrong shape",
      detail: ["\(path): expected \(mismatch.expected), found \(mismatch.found.shape)"],
      hint: "Take the document back from version control, or write it anew with `plumb init`.")
  }

  /// A key that every such record has is not there.
  static func missing(_ key: String, at path: String) -> DocumentError {
    DocumentError(
      "the document lacks a value", detail: [path.isEmpty ? key : "\(path).\(key)"],
      hint: "Take the document back from version control, or write it anew with `plumb init`.")
  }

  /// Two objects of one list have one name.
  static func repeated(at path: String, _ name: String) -> DocumentError {
    DocumentError(
      "the document names an object twice", detail: ["\(path): \(name)"],
      hint: "Take the document back from version control, or write it anew with `plumb init`.")
  }
}

extension DocumentFinding {
  /// A part of the document that this program has no place for.
  static func notUnderstood(at path: String) -> DocumentFinding {
    DocumentFinding(
      place: path, message: "not understood and left out of every comparison",
      hint: "A newer plumb may have written it: update plumb on this machine.")
  }
}

extension FacetValue {
  /// What kind of value this is, with the value where it is short.
  fileprivate var shape: String {
    switch self {
    case .absent: "nothing"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): "the number \(number)"
    case .text(let text): text.count <= 40 ? "the text \"\(text)\"" : "a text"
    case .list: "a list"
    case .record: "a record"
    }
  }

  /// Whether it is made of further values.
  var hasParts: Bool {
    switch self {
    case .list, .record: true
    case .absent, .flag, .number, .text: false
    }
  }

  /// The path, from here, to the first part that `other` has not kept; `nil` when all of it is there.
  func firstPartMissing(in other: FacetValue) -> String? {
    switch (self, other) {
    case (.record(let fields), .record(let kept)):
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        guard let missing = value.firstPartMissing(in: kept[key] ?? .absent) else { continue }
        return ".\(key)\(missing)"
      }
      return nil
    case (.list(let values), .list(let kept)) where values.count == kept.count:
      for (position, pair) in zip(values, kept).enumerated() {
        guard let missing = pair.0.firstPartMissing(in: pair.1) else { continue }
        return "[\(position)]\(missing)"
      }
      return nil
    // A record leaves out a flag that does not hold.
    case (.flag(false), .absent): return nil
    default: return self == other ? nil : ""
    }
  }
}
