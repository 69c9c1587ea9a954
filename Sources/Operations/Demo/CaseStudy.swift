import SchemaModel

/// The shipped example: a multi-tenant service's database, and the incident that Plumbline was founded on.
package struct CaseStudy: Hashable, Sendable {
  package let engine: DatabaseEngine

  package init(_ engine: DatabaseEngine) { self.engine = engine }

  /// The structure as production has it.
  package var schema: String {
    switch engine {
    case .postgreSQL: CaseStudyTextPostgreSQL.schema
    case .sqlite: CaseStudyTextSQLite.schema
    }
  }

  /// The structure as the wiki's diagram drew it: wrong in the three classic ways.
  package var wikiSchema: String {
    switch engine {
    case .postgreSQL: CaseStudyTextPostgreSQL.wiki
    case .sqlite: CaseStudyTextSQLite.wiki
    }
  }

  /// Statements that turn fresh rows into the incident's production: keys lost, orphans planted.
  package var damage: String {
    switch engine {
    case .postgreSQL: CaseStudyTextPostgreSQL.damage
    case .sqlite: CaseStudyTextSQLite.damage
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
      case .postgreSQL: CaseStudyTextPostgreSQL.generator
      case .sqlite: CaseStudyTextSQLite.generator
      }
    return text.replacing(":rows", with: String(taskCount)).replacing(":seed", with: String(seed))
  }
}
