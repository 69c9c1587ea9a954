extension Configuration {
  /// A new `plumb.yaml` with these values and what they mean.
  package var text: String {
    """
    # What plumb keeps true, and where. Paths are relative to this file.

    # The live database: postgresql://user@host/name, service=NAME, or sqlite:PATH.
    # Never a password: it belongs into ~/.pgpass or a service file.
    \(Self.line(.database, database))

    # The folder of the blueprint: schema.sql, schema.json and ERD.md.
    \(Self.line(.blueprint, blueprint))

    # The folder that keeps the backups, or s3://BUCKET/PREFIX (keys in the usual AWS_ variables, never here).
    \(Self.line(.backups, backups))

    # The public key that backups are encrypted to (age-keygen makes a pair): age1...
    \(Self.line(.encrypt, recipients.first))

    # The record of backups and drills: a SQLite file, or a PostgreSQL database that a team shares.
    \(Self.line(.ledger, ledger))

    """
  }

  private static func line(_ key: Key, _ value: String?) -> String {
    value.map { "\(key.rawValue): \(scalar($0))" } ?? "# \(key.rawValue):"
  }

  /// The text as a YAML scalar: plain where nobody could read it as anything else.
  private static func scalar(_ text: String) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    let isPlain =
      text.first.map { (letters + "/.").contains($0) } == true && text.last != ":"
      && text.allSatisfy { (letters + "0123456789_/.:@~+=?&%-").contains($0) }
    let isWord = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    return isPlain && !isWord ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where !scalar.properties.isPrintable:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Unicode.Scalar.Properties {
  /// Whether the character shows, so that it may stand in a text as it is.
  fileprivate var isPrintable: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
