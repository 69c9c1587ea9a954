import SchemaModel

/// The shipped example: a multi-tenant service's database, and the incident that Plumbline was founded on.
package struct CaseStudy: Hashable, Sendable {
  package let engine: DatabaseEngine

  package init(_ engine: DatabaseEngine) { self.engine = engine }

  /// The structure as production has it.
  package var schema: String {
    switch engine {
    case .postgreSQL: CaseStudyText.postgreSQLSchema
    case .sqlite: CaseStudyText.sqliteSchema
    }
  }

  /// The structure as the wiki's diagram drew it: wrong in the three classic ways.
  package var wikiSchema: String {
    switch engine {
    case .postgreSQL: CaseStudyText.postgreSQLWiki
    case .sqlite: CaseStudyText.sqliteWiki
    }
  }

  /// Statements that turn fresh rows into the incident's production: keys lost, orphans planted.
  package var damage: String {
    switch engine {
    case .postgreSQL: CaseStudyText.postgreSQLDamage
    case .sqlite: CaseStudyText.sqliteDamage
    }
  }

  /// Statements that fill the tables.
  ///
  /// - Parameters:
  ///   - taskCount: how many tasks; the other tables have rows in proportion.
  ///   - seed: the same seed gives the same rows.
  package func generator(taskCount: Int, seed: Int) -> String {
    let text =
      switch engine {
      case .postgreSQL: CaseStudyText.postgreSQLGenerator
      case .sqlite: CaseStudyText.sqliteGenerator
      }
    return text.replacing(":rows", with: String(taskCount)).replacing(":seed", with: String(seed))
  }
}
