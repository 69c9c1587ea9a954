import SchemaModel

extension Configuration {
  /// One of the databases that a blueprint is held against.
  package struct Environment: Hashable, Sendable {
    package var name: String
    /// Where the database is.
    package var database: String?
    /// Its own blueprint, where it has one.
    package var blueprint: String?
    /// SQL text that is applied after the blueprint's: what is different here on purpose.
    package var overlay: String?

    package init(name: String) { self.name = name }

    enum Key: String, CaseIterable {
      case database
      case blueprint
      case overlay
    }

    static func read(
      _ entry: YAMLNode.Entry, findings: inout [DocumentFinding]
    ) throws(DocumentError) -> [Environment] {
      guard entry.value.content != .null else { return [] }
      guard case .mapping(let named) = entry.value.content else {
        throw wrongShape("the environments by name", at: entry.value.position)
      }
      var environments: [Environment] = []
      for item in named {
        var environment = Environment(name: item.key)
        if item.value.content != .null {
          guard case .mapping(let facts) = item.value.content else {
            throw wrongShape("keys with values for \"\(item.key)\"", at: item.value.position)
          }
          for fact in facts {
            guard let key = Key(rawValue: fact.key) else {
              findings.append(unknown(fact, among: Key.allCases.map(\.rawValue)))
              continue
            }
            let value = try value(of: fact)
            switch key {
            case .database: environment.database = value
            case .blueprint: environment.blueprint = value
            case .overlay: environment.overlay = value
            }
          }
        }
        environments.append(environment)
      }
      return environments
    }
  }
}
