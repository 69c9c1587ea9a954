/// The order in which the SQL files of a folder are applied.
///
/// By the numbers in their names, so `2_b.sql` comes before `10_a.sql`. Understands Flyway (`V2__x.sql`, `R__x.sql`
/// last, `U2__x.sql` never), files in pairs (`x.up.sql` and `x.down.sql`), and a folder for each migration
/// (`*/migration.sql`, `*/up.sql`).
package enum MigrationOrder {
  /// - Parameter paths: relative to the folder; others than SQL files are left out.
  package static func files(among paths: [String]) -> [String] {
    let files = paths.filter { path in
      let parts = path.split(separator: "/")
      guard let name = parts.last?.lowercased(), name.hasSuffix(".sql") else { return false }
      switch parts.count {
      case 1: return backwards.isDisjoint(with: name.split(separator: "."))
      case 2: return name == "migration.sql" || name == "up.sql"
      case _: return false
      }
    }
    let flyway = files.compactMap(FlywayName.init)
    guard !flyway.isEmpty else { return files.sorted(by: isBefore) }
    return flywayOrder(flyway, files)
  }

  /// Parts of the names of files that take a migration back: `1_a.down.sql`, `001.undo.sql`.
  private static let backwards: Set<Substring> = ["down", "revert", "rollback", "undo"]

  /// A name such as `V1.2__add_users.sql`.
  private struct FlywayName {
    var path: String
    var kind: Character
    var version: String

    init?(_ path: String) {
      guard let kind = path.first, "VURB".contains(kind), let separator = path.firstRange(of: "__") else {
        return nil
      }
      version = String(path[path.index(after: path.startIndex)..<separator.lowerBound])
      guard version.allSatisfy({ $0.isNumber || $0 == "." || $0 == "_" }),
        kind == "R" ? version.isEmpty : !version.isEmpty
      else { return nil }
      self.kind = kind
      self.path = path
    }
  }

  private static func flywayOrder(_ names: [FlywayName], _ files: [String]) -> [String] {
    func isOlder(_ one: FlywayName, _ other: FlywayName) -> Bool {
      one.version == other.version ? one.path < other.path : isBefore(one.version, other.version)
    }
    // The newest baseline stands for every version up to its own.
    let baseline = names.filter { $0.kind == "B" }.max(by: isOlder)
    let versions = names.filter { name in
      name.kind == "V" && (baseline.map { isBefore($0.version, name.version) } ?? true)
    }
    let known = Set(names.map(\.path))
    return (baseline.map { [$0.path] } ?? []) + versions.sorted(by: isOlder).map(\.path)
      + names.filter { $0.kind == "R" }.map(\.path).sorted()
      + files.filter { !known.contains($0) }.sorted(by: isBefore)
  }

  /// Compares digits as numbers and everything else letter by letter.
  static func isBefore(_ one: String, _ other: String) -> Bool {
    var (left, right) = (one[...], other[...])
    while let first = left.first, let second = right.first {
      if first.isASCIIDigit, second.isASCIIDigit {
        let (number, otherNumber) = (takeDigits(&left), takeDigits(&right))
        let (short, otherShort) = (number.drop { $0 == "0" }, otherNumber.drop { $0 == "0" })
        if short.count != otherShort.count { return short.count < otherShort.count }
        if short != otherShort { return short < otherShort }
      } else if first != second {
        return first < second
      } else {
        left = left.dropFirst()
        right = right.dropFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return one < other
  }

  private static func takeDigits(_ text: inout Substring) -> Substring {
    let digits = text.prefix(while: \.isASCIIDigit)
    text = text.dropFirst(digits.count)
    return digits
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
