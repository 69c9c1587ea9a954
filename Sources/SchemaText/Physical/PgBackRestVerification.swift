/// What `pgbackrest verify --output=text --verbose` says of a repository.
///
/// Its exit code is 0 whatever it found (seen with 2.45; the source of 2.59.1 reads the same), so only its words count.
package struct PgBackRestVerification: Hashable, Sendable {
  /// Whether the last word is `ok`; `nil` when the text is no answer at all.
  package var isWell: Bool?
  /// What is wrong with a backup, by its label.
  package var damagedBackups: [String: String] = [:]
  /// What is wrong with archived log, each in one line.
  package var damagedArchives: [String] = []
  /// Labels that were looked at.
  package var checkedBackups: Set<String> = []

  /// Reads the text.
  package init(_ text: String) {
    var subject: Subject?
    for line in text.split(separator: "\n") {
      let words = String(line.drop { $0 == " " })
      if let status = words.value(after: "status: ") {
        isWell = status == "ok"
      } else if let rest = words.value(after: "archiveId: ") {
        let id = String(rest.prefix { $0 != "," })
        subject = .archive(id)
        if let checked = rest.number(after: "total WAL checked: "),
          let valid = rest.number(after: "total valid WAL: "), checked != valid
        {
          damagedArchives.append("archive \(id): \(checked - valid) of \(checked) segments are not valid")
        }
      } else if let rest = words.value(after: "backup: ") {
        let label = String(rest.prefix { $0 != "," })
        subject = .backup(label)
        checkedBackups.insert(label)
        if let state = rest.firstRange(of: "status: ").map({ rest[$0.upperBound...].prefix { $0 != "," } }),
          state != "valid"
        {
          damagedBackups[label] = "pgBackRest calls it \(state)"
        }
      } else if words.hasPrefix("missing: ") || words.contains("invalid: ") {
        add(counts: words, of: subject)
      }
    }
  }

  private enum Subject {
    case archive(String)
    case backup(String)
  }

  private mutating func add(counts words: String, of subject: Subject?) {
    let counts = words.split(separator: ",").map { $0.drop { $0 == " " } }.filter { !$0.hasSuffix(": 0") }
    guard !counts.isEmpty, let subject else { return }
    let told = counts.joined(separator: ", ")
    switch subject {
    case .archive(let id): damagedArchives.append("archive \(id): \(told)")
    case .backup(let label): damagedBackups[label] = told
    }
  }
}

extension String {
  fileprivate func value(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  fileprivate func number(after words: String) -> Int? {
    firstRange(of: words).flatMap { Int(self[$0.upperBound...].prefix { $0.isNumber }) }
  }
}
