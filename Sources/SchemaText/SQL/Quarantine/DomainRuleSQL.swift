import SchemaModel

/// Statements that take rules off a domain and put them back (PostgreSQL), without a closing semicolon.
package enum DomainRuleSQL {
  private static let dialect = SQLDialect.postgreSQL

  /// Removes a check, or with `nil` the NOT NULL.
  package static func drop(check: String?, of domain: ObjectName) -> String {
    alter(domain, check.map { "DROP CONSTRAINT \(dialect.identifier($0))" } ?? "DROP NOT NULL")
  }

  /// Adds a check; validating it reads every column of the domain.
  package static func add(_ check: CheckConstraint, to domain: ObjectName, isValidated: Bool) -> String {
    alter(domain, "ADD \(ConstraintSQL.clause(check, in: dialect))" + (isValidated ? "" : " NOT VALID"))
  }

  package static func setNotNull(_ domain: ObjectName) -> String { alter(domain, "SET NOT NULL") }

  /// Enters a NOT NULL the server cannot check itself, in arrays and composite values; for superusers.
  package static func vouchForNotNull(_ domain: ObjectName) -> String {
    "UPDATE pg_catalog.pg_type SET typnotnull = true WHERE oid = \(oid(of: domain))"
  }

  /// Enters that a check was found to hold where the server cannot look itself; for superusers.
  package static func vouch(forCheck check: String, of domain: ObjectName) -> String {
    """
    UPDATE pg_catalog.pg_constraint SET convalidated = true
    WHERE contypid = \(oid(of: domain)) AND conname = \(dialect.literal(check))
    """
  }

  package static func comment(_ comment: Comment, onCheck check: String, of domain: ObjectName) -> String {
    """
    COMMENT ON CONSTRAINT \(dialect.identifier(check)) ON DOMAIN \(dialect.name(domain)) \
    IS \(dialect.literal(comment.text))
    """
  }

  private static func oid(of domain: ObjectName) -> String {
    "\(dialect.literal(dialect.name(domain)))::pg_catalog.regtype"
  }

  private static func alter(_ domain: ObjectName, _ action: String) -> String {
    "ALTER DOMAIN \(dialect.name(domain)) \(action)"
  }
}
