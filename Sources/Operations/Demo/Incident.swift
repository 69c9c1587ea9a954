import Engines
import Foundation
import SchemaModel

/// A production database as the founding incident found it, in a throw-away place.
package final class Incident {
  /// How `plumb` is told where it is.
  package let location: String
  /// The wiki's blueprint as a SQL file, relative to the folder.
  package let wikiPath = "wiki.sql"
  /// A folder of its own to run commands in.
  package let folder: String
  /// The engine as the option `--engine` names it.
  package var engineName: String { engine == .postgreSQL ? "postgres" : "sqlite" }
  private let engine: DatabaseEngine
  private let dispose: () -> Void

  private init(
    _ engine: DatabaseEngine, location: String, folder: String, dispose: @escaping () -> Void
  ) {
    self.engine = engine
    self.location = location
    self.folder = folder
    self.dispose = dispose
  }

  deinit { dispose() }

  /// With fewer tasks there are not enough rows to plant the incident's damage in.
  package static let fewestTasks = 1_000

  /// Makes the database, fills it and damages it.
  ///
  /// - Parameter taskCount: how many tasks; the other tables have rows in proportion.
  package static func stage(on engine: DatabaseEngine, taskCount: Int, seed: Int) throws -> Incident {
    let home = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "demo")
    }
    let study = CaseStudy(engine)
    try Data(study.wikiSchema.utf8).write(to: URL(fileURLWithPath: "\(home.path)/wiki.sql"))
    let texts = [study.schema, study.generator(taskCount: taskCount, seed: seed), study.damage]
    switch engine {
    case .sqlite:
      let path = "\(home.path)/production.db"
      let session = try SQLiteConnection(opening: path, .create)
      for text in texts { try session.execute(text) }
      session.close()
      return Incident(engine, location: "production.db", folder: home.path, dispose: { home.remove() })
    case .postgreSQL:
      let server = try translatingFailures(of: "a throw-away server was started") { try ThrowawayServer() }
      do {
        let place = try PostgresConnectionString(server.conninfo)
        _ = try PostgresDatabaseSetup.createDatabase("production", locale: nil, on: place)
        let production = place.setting("dbname", to: "production")
        let session = try PostgresConnection(production, for: .staging)
        // As a user's own session has it: the example's text does not qualify its names.
        try session.execute("RESET search_path")
        for text in texts { try session.execute(text) }
        return Incident(
          engine, location: production.uri, folder: home.path,
          dispose: {
            server.stop()
            home.remove()
          })
      } catch {
        server.stop()
        throw error
      }
    }
  }
}
