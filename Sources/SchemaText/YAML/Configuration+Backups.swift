import SchemaModel

extension Configuration {
  /// One of the places that keep backups.
  package struct BackupPlace: Hashable, Sendable {
    /// A folder of backups, `s3://BUCKET/PREFIX`, `rclone:REMOTE:PATH`, or `pgbackrest:STANZA`.
    package var location: String
    /// The configuration file of the program that keeps them.
    package var configuration: String?
    /// Where the log is archived of the server whose folders of pg_basebackup are in it.
    package var logFolder: String?
    /// The address of an object storage that is not Amazon's.
    package var endpoint: String?
    /// The region of an object storage.
    package var region: String?

    package init(location: String, configuration: String? = nil) {
      self.location = location
      self.configuration = configuration
    }

    /// Whether it is a store of ours and not the repository of another program.
    package var isStore: Bool { !location.hasPrefix("pgbackrest:") }

    /// Whether there is more to it than its location.
    var hasSettings: Bool { configuration != nil || logFolder != nil || endpoint != nil || region != nil }

    enum Key: String, CaseIterable {
      case location
      case config
      case logFolder = "wal-archive"
      case endpoint
      case region
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

  /// One location, or a list of locations; each may bring its program's configuration file, or an endpoint and a region.
  static func backupPlaces(
    of entry: YAMLNode.Entry, findings: inout [DocumentFinding]
  ) throws(DocumentError) -> [BackupPlace] {
    switch entry.value.content {
    case .null, .scalar: return try value(of: entry).map { [BackupPlace(location: $0)] } ?? []
    case .mapping(let facts):
      return [try backupPlace(of: facts, key: entry.key, at: entry.value.position, findings: &findings)]
    case .sequence(let items):
      var places: [BackupPlace] = []
      for item in items {
        if case .mapping(let facts) = item.content {
          places.append(try backupPlace(of: facts, key: entry.key, at: item.position, findings: &findings))
        } else {
          let single = YAMLNode.Entry(key: entry.key, position: item.position, value: item)
          if let text = try value(of: single) { places.append(BackupPlace(location: text)) }
        }
      }
      return places
    }
  }

  private static func backupPlace(
    of facts: [YAMLNode.Entry], key: String, at position: YAMLNode.Position,
    findings: inout [DocumentFinding]
  ) throws(DocumentError) -> BackupPlace {
    var place = BackupPlace(location: "")
    for fact in facts {
      guard let key = BackupPlace.Key(rawValue: fact.key) else {
        findings.append(unknown(fact, among: BackupPlace.Key.allCases.map(\.rawValue)))
        continue
      }
      switch key {
      case .location: place.location = try value(of: fact) ?? ""
      case .config: place.configuration = try value(of: fact)
      case .logFolder: place.logFolder = try value(of: fact)
      case .endpoint: place.endpoint = try value(of: fact)
      case .region: place.region = try value(of: fact)
      }
    }
    guard !place.location.isEmpty else { throw wrongShape("a location for each of \"\(key)\"", at: position) }
    return place
  }

  /// One public key, or a list of them; a secret one is refused.
  static func recipients(of entry: YAMLNode.Entry) throws(DocumentError) -> [String] {
    var keys: [String] = []
    if case .sequence(let items) = entry.value.content {
      for item in items {
        let single = YAMLNode.Entry(key: entry.key, position: item.position, value: item)
        if let key = try value(of: single) { keys.append(key) }
      }
    } else if let key = try value(of: entry) {
      keys.append(key)
    }
    guard !keys.contains(where: { $0.hasPrefix("AGE-SECRET-KEY-") }) else {
      throw DocumentError(
        "\(fileName) holds a secret key", detail: ["line \(entry.position.line): \(entry.key)"],
        hint: "Write the public key, age1…, and make a new pair if the file was ever committed.")
    }
    return keys
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
