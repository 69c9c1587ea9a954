/// Another database's SQL, which neither PostgreSQL nor SQLite takes.
package enum ForeignDialect: String, CaseIterable, Sendable {
  case mySQL = "MySQL"
  case sqlServer = "SQL Server"
  case oracle = "Oracle"

  /// What to do with a script in it.
  package var hint: String {
    "This looks like SQL for \(rawValue); plumb reads SQL for PostgreSQL and SQLite."
  }

  /// The database that a script was most likely written for; `nil` when nothing speaks for one of these.
  package static func of(_ script: [UInt8]) -> ForeignDialect? {
    let text = String(decoding: script.prefix(1 << 16), as: UTF8.self).lowercased()
    return allCases.first { dialect in dialect.marks.contains(where: text.contains) }
  }

  private var marks: [String] {
    switch self {
    case .mySQL:
      [
        "-- mysql dump", "-- mariadb dump", "engine=innodb", "engine = innodb", "auto_increment", "table `",
        "/*!4",
      ]
    case .sqlServer: ["[dbo].", "\ngo\n", "\ngo\r\n", "identity(1,1)", "nvarchar("]
    case .oracle: ["varchar2(", " number(", "\n/\n"]
    }
  }
}
