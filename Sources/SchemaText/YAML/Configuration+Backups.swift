import SchemaModel

extension Configuration {
  /// One of the places that keep backups.
  package struct BackupPlace: Hashable, Sendable {
    /// A folder of backups, or `pgbackrest:STANZA`.
    package var location: String
    /// The configuration file of the program that keeps them.
    package var configuration: String?

    package init(location: String, configuration: String? = nil) {
      self.location = location
      self.configuration = configuration
    }

    /// Whether it is a folder of ours and not the repository of another program.
    package var isFolder: Bool { !location.hasPrefix("pgbackrest:") }

    enum Key: String, CaseIterable {
      case location
      case config
    }
  }

  /// What is promised; a promise that is not kept is a finding.
  package struct Objectives: Hashable, Sendable {
    /// How old the newest backup may be.
    package var backupAge: Duration?
    /// How long ago it may be that a drill proved one.
    package var drillAge: Duration?

    package init() {}

    enum Key: String, CaseIterable {
      case backupAge = "backup-age"
      case drillAge = "drill-age"
    }
  }

  /// One location, or a list of locations; each may name its program's configuration file.
  static func backupPlaces(
    of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> [BackupPlace] {
    guard case .sequence(let items) = entry.value.content else {
      return try value(of: entry).map { [BackupPlace(location: $0)] } ?? []
    }
    var places: [BackupPlace] = []
    for item in items {
      guard case .mapping(let facts) = item.content else {
        let single = YAMLNode.Entry(key: entry.key, position: item.position, value: item)
        if let text = try value(of: single) { places.append(BackupPlace(location: text)) }
        continue
      }
      var place = BackupPlace(location: "")
      for fact in facts {
        guard let key = BackupPlace.Key(rawValue: fact.key) else {
          findings.append(unknown(fact, among: BackupPlace.Key.allCases.map(\.rawValue)))
          continue
        }
        switch key {
        case .location: place.location = try value(of: fact) ?? ""
        case .config: place.configuration = try value(of: fact)
        }
      }
      guard !place.location.isEmpty else {
        throw wrongShape("a location for each of \"\(entry.key)\"", at: item.position)
      }
      places.append(place)
    }
    return places
  }

  static func objectives(
    of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> Objectives {
    var objectives = Objectives()
    for fact in try facts(of: entry, form: "backup-age or drill-age") {
      guard let key = Objectives.Key(rawValue: fact.key) else {
        findings.append(unknown(fact, among: Objectives.Key.allCases.map(\.rawValue)))
        continue
      }
      switch key {
      case .backupAge: objectives.backupAge = try length(of: fact)
      case .drillAge: objectives.drillAge = try length(of: fact)
      }
    }
    return objectives
  }

  private enum RetentionKey: String, CaseIterable {
    case keepLast = "keep-last"
    case keepDaily = "keep-daily"
    case keepWeekly = "keep-weekly"
    case keepMonthly = "keep-monthly"
    case maxAge = "max-age"
  }

  static func retention(
    of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> RetentionRules {
    var rules = RetentionRules()
    for fact in try facts(of: entry, form: "keep-last, keep-daily, keep-weekly, keep-monthly or max-age") {
      guard let key = RetentionKey(rawValue: fact.key) else {
        findings.append(unknown(fact, among: RetentionKey.allCases.map(\.rawValue)))
        continue
      }
      switch key {
      case .keepLast: rules.last = try count(of: fact)
      case .keepDaily: rules.daily = try count(of: fact)
      case .keepWeekly: rules.weekly = try count(of: fact)
      case .keepMonthly: rules.monthly = try count(of: fact)
      case .maxAge: rules.greatestAge = try length(of: fact)
      }
    }
    return rules
  }

  private static func facts(
    of entry: YAMLNode.Entry, form: String
  ) throws(DocumentError) -> [YAMLNode.Entry] {
    switch entry.value.content {
    case .null: return []
    case .mapping(let facts): return facts
    case .scalar, .sequence: throw wrongShape(form, at: entry.value.position)
    }
  }

  private static func length(of entry: YAMLNode.Entry) throws(DocumentError) -> Duration? {
    guard let text = try value(of: entry) else { return nil }
    guard let duration = DurationText.read(text) else {
      throw wrongShape(DurationText.form, at: entry.value.position)
    }
    return duration
  }

  private static func count(of entry: YAMLNode.Entry) throws(DocumentError) -> Int? {
    guard let text = try value(of: entry) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw wrongShape("a whole number for \"\(entry.key)\"", at: entry.value.position)
    }
    return number
  }
}
