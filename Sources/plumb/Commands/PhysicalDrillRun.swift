import Analysis
import Engines
import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

extension DrillCommand {
  /// Rehearses with a copy of a server's files.
  func runPhysical(
    _ location: PhysicalLocation, _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
    var options = PhysicalDrill.Options()
    options.target = try physical.target(arguments)
    options.databases = arguments[databases]
    options.pages =
      switch arguments[pages] {
      case .none: .none
      case .indexes: .indexes
      case .full: .full
      }
    options.smoke = project.configuration.drill.smoke
    options.verifies = !arguments[noVerify]
    options.workers = Project.workers
    let named = arguments[blueprint]
    let progress = RestoreProgressText(console)
    if arguments[selfTest] {
      let report = try SelfTest.run(location, options: options, now: { Date() }) { progress.tell($0) }
      progress.finish()
      return try tell(report, arguments, on: console)
    }
    let plan = try location.plan(for: options.target)
    for warning in plan.warnings { console.warn(warning) }
    let drill = PhysicalDrill(
      location, options: options,
      blueprint: { database, isOnly in
        try project.blueprint(named, ofDatabase: database, isOnly: isOnly, on: console)
      }, now: { Date() })
    let record = try drill.run(plan) { progress.tell($0) }
    progress.finish()
    return try tell(record, arguments, in: project, on: console)
  }
}

extension Project {
  /// The blueprint of a database of a recovered server; `nil` when there is none, or it is another database's.
  func blueprint(
    _ named: String?, ofDatabase database: String, isOnly: Bool, on console: Console
  ) throws -> Schema? {
    let configured = try configuration.database.flatMap { text -> String? in
      guard case .postgres(let place)? = try SchemaLocation(text).live else { return nil }
      return place["dbname"]
    }
    guard configured == database || isOnly && (named != nil || configured == nil) else { return nil }
    guard named != nil || FileManager.default.fileExists(atPath: configuration.blueprint) else { return nil }
    let location = try SchemaLocation(named ?? configuration.blueprint)
    let reading = try SchemaReader(assumedEngine: .postgreSQL).reading(at: location)
    SourceOptions.warn(reading, of: location, on: console)
    return reading.schema
  }
}
