import SchemaModel

extension Configuration {
  /// How a database is watched, and who is told.
  package struct Watch: Hashable, Sendable {
    /// How often a change is looked for.
    package var poll: Duration = .seconds(5)
    /// How often everything is read whatever the cheap look says.
    package var reread: Duration = .seconds(600)
    /// Where alerts are posted: a URL, or `$NAME` for the environment variable that holds it.
    package var webhook: String?
    /// A program and its arguments that gets each alert on its standard input.
    package var command: [String] = []
    /// Times in which nobody is told.
    package var maintenance: [MaintenanceWindow] = []
    /// Applications and roles by which changes are meant to be made.
    package var pipeline: [String] = []

    package init() {}

    enum Key: String, CaseIterable {
      case poll
      case reread
      case webhook
      case command
      case maintenance
      case pipeline
    }

    static func read(
      _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> Watch {
      var watch = Watch()
      guard entry.value.content != .null else { return watch }
      guard case .mapping(let facts) = entry.value.content else {
        throw wrongShape("poll, reread, webhook, command, maintenance or pipeline", at: entry.value.position)
      }
      for fact in facts {
        guard let key = Key(rawValue: fact.key) else {
          findings.append(unknown(fact, among: Key.allCases.map(\.rawValue)))
          continue
        }
        switch key {
        case .poll: watch.poll = try duration(of: fact) ?? watch.poll
        case .reread: watch.reread = try duration(of: fact) ?? watch.reread
        case .webhook: watch.webhook = try webhook(of: fact)
        case .command: watch.command = try texts(of: fact).map(\.text)
        case .pipeline: watch.pipeline = try texts(of: fact).map(\.text)
        case .maintenance:
          watch.maintenance = try texts(of: fact).map { (text, position) throws(DocumentError) in
            guard let window = MaintenanceWindow(text) else {
              throw wrongShape(MaintenanceWindow.form, at: position)
            }
            return window
          }
        }
      }
      return watch
    }

    private static func duration(of entry: YAMLNode.Entry) throws(DocumentError) -> Duration? {
      guard let text = try value(of: entry) else { return nil }
      guard let duration = DurationText.read(text) else {
        throw wrongShape(DurationText.form, at: entry.value.position)
      }
      return duration
    }

    private static func webhook(of entry: YAMLNode.Entry) throws(DocumentError) -> String? {
      guard let text = try value(of: entry) else { return nil }
      guard text.hasPrefix("$") && text.count > 1 || text.hasPrefix("https://") || text.hasPrefix("http://")
      else {
        throw wrongShape(
          "a URL that begins with https://, or $NAME for an environment variable with one",
          at: entry.value.position)
      }
      return text
    }

    /// A list of texts, or a single one.
    private static func texts(
      of entry: YAMLNode.Entry
    ) throws(DocumentError) -> [(text: String, position: YAMLNode.Position)] {
      guard case .sequence(let items) = entry.value.content else {
        return try value(of: entry).map { [($0, entry.value.position)] } ?? []
      }
      var texts: [(text: String, position: YAMLNode.Position)] = []
      for item in items {
        let single = YAMLNode.Entry(key: entry.key, position: item.position, value: item)
        guard let text = try value(of: single) else {
          throw wrongShape("a text for each of \"\(entry.key)\"", at: item.position)
        }
        texts.append((text, item.position))
      }
      return texts
    }
  }
}
