import SchemaModel

/// One setting between square brackets: `not null`, `default: 1`.
struct DBMLSetting {
  /// Its words in lower case with single spaces; the user's own keys keep their case in `key`.
  var name: String
  var key: String
  /// What stands behind the colon.
  var value: [DBMLToken]
  var hasColon: Bool
  var position: TextPosition

  /// The value, when it is one token that is no sign.
  var text: String? {
    guard value.count == 1, let token = value.first, token.kind != .sign else { return nil }
    return token.text
  }

  /// The value as words, for settings such as `delete: set null`.
  var words: String {
    value.filter { $0.kind != .sign }.map { $0.text.lowercased() }.joined(separator: " ")
  }
}

extension DBMLParser {
  /// The settings that follow, between square brackets; empty when none do.
  mutating func readSettings() -> [DBMLSetting] {
    var settings: [DBMLSetting] = []
    while current.isSign("[") {
      let opening = advance()
      while !current.isSign("]") {
        if current.kind == .end || current.isSign("}") || current.isSign("{") {
          find("the bracket that opens here is not closed", at: opening)
          return settings
        }
        if take(",") { continue }
        settings.append(readSetting())
      }
      advance()
    }
    return settings
  }

  private mutating func readSetting() -> DBMLSetting {
    let start = current
    var key: [String] = []
    while !isEndOfSetting, !current.isSign(":") { key.append(advance().text) }
    var setting = DBMLSetting(
      name: key.joined(separator: " ").lowercased(), key: key.joined(separator: " "), value: [],
      hasColon: false, position: start.position)
    guard take(":") else { return setting }
    setting.hasColon = true
    var depth = 0
    while current.kind != .end, depth > 0 || !isEndOfSetting {
      if current.isSign("{") || current.isSign("}") { break }
      if current.isSign("(") { depth += 1 }
      if current.isSign(")") { depth -= 1 }
      setting.value.append(advance())
    }
    if setting.value.isEmpty { find("the setting '\(setting.name)' has no value", at: start) }
    return setting
  }

  private var isEndOfSetting: Bool {
    current.kind == .end || [",", "]", "{", "}"].contains(where: current.isSign)
  }

  /// The value of a setting that has to be a text; tells when it is none.
  mutating func text(of setting: DBMLSetting) -> String? {
    if let text = setting.text { return text }
    if !setting.value.isEmpty {
      find("the setting '\(setting.name)' is given as one text", at: setting.position)
    }
    return nil
  }

  /// Tells of a setting that this element does not have.
  mutating func findUnknown(_ setting: DBMLSetting, of element: String, known: [String]) {
    let near = NearestSpelling.of(setting.name, among: known).map { "; perhaps '\($0)' is meant" } ?? ""
    find("\(element) has no setting '\(setting.key)'; it is passed over\(near)", at: setting.position)
  }

  /// Keeps a setting of the user's own (`owner: 'billing'`), which DBML 9.1 allows on tables and columns.
  ///
  /// - Returns: whether it was one: it has a key of one word, and a text or colour.
  func metadata(in setting: DBMLSetting) -> (key: String, value: String)? {
    guard setting.hasColon, let token = setting.value.first, setting.value.count == 1,
      token.kind == .string || token.kind == .color
    else { return nil }
    return (setting.key, token.text)
  }
}
