import Analysis
import Engines
import Foundation
import Ledger
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb backups`: lists, keeps and prunes backups.
struct BackupsCommand: Command {
  let name = "backups"
  let summary =
    "List the backups there are: age, size, and whether a drill has proven them; verify, pin and prune them."
  let discussion = """
    One list over the store's archives, folders of pg_basebackup beside them, and the stanzas of pgBackRest that plumb.yaml \
    names below 'backups:'. An objective of plumb.yaml (objectives: backup-age, drill-age) that is not kept is a \
    finding.

    'backups prune' removes what no rule of plumb.yaml keeps (retention: keep-last, keep-daily, keep-weekly, \
    keep-monthly, max-age). Whatever the rules say, it never removes the newest, the last proven, one that is in \
    use or pinned, or one that another is built on. pgBackRest's own are removed by its 'expire'. In object storage \
    it also removes what killed runs have left.

    'backups verify' compares every file of a backup with its SHA-256; of an encrypted one no key is needed.
    """
  let examples = [
    Example("plumb backups", "The places that plumb.yaml names, else ./backups."),
    Example("plumb backups s3://backups/shop", "A bucket."),
    Example("plumb backups verify shop-20261121T020000Z", "Whether its files are what was written."),
    Example("plumb backups prune --dry-run", "What would go, and why the others stay."),
    Example("plumb backups pin shop-20261121T020000Z --reason 'before the upgrade'", "Keep one."),
  ]
  let group = CommandGroup.protect
  let exitMeanings: [ExitCode: String] = [
    .findings:
      "a backup is damaged or failed its last drill, a place cannot be read, or an objective is not kept"
  ]

  let place = OptionalArgument<String>(
    "store", "The folder or bucket that holds the backups; or prune, verify, pin or unpin.")
  let backup = OptionalArgument<String>(
    "backup", "The backup to verify, pin or unpin, by its id; verify takes its folder, too.")
  let store = OptionalOption<String>(
    "store", value: "place", "The folder or bucket that holds the backups, with prune, verify, pin or unpin.")
  let dryRun = Flag("dry-run", "prune: only say what would go.")
  let reason = Option("reason", value: "words", default: "", "pin: why it is kept.")
  let configuration = OptionalOption<String>(
    "pgbackrest-config", value: "file", "pgBackRest's configuration file.")
  let format = Option(
    "format", short: "f", value: "form", default: ReportFormat.text, "Print it in this form.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    switch arguments[place] {
    case "prune": return try prune(arguments, in: project, on: console)
    case "verify": return try verify(arguments, in: project, on: console)
    case "pin", "unpin": return try pin(arguments, in: project, on: console)
    case let named:
      if arguments[backup] != nil {
        throw UsageError.refused(
          "'\(named ?? "")' is nothing that can be done with a backup",
          hint: "Write prune, verify, pin or unpin.")
      }
      if let named, let store = arguments[store], named != store {
        throw UsageError.refused(
          "both '\(named)' and '\(store)' are to be listed",
          hint: "Name one place, or none for those of plumb.yaml.")
      }
      return try list(named ?? arguments[store], arguments, in: project, on: console)
    }
  }

  private func list(
    _ named: String?, _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
    let places = project.places(named, configuration: arguments[configuration])
    let (backups, troubles) = try places.catalog(drills: project.lastDrills(console)).entries()
    let breaches = project.objectives.breaches(of: backups, now: Date())
    for trouble in troubles { console.warn(trouble.summary) }
    switch arguments[format] {
    case .json:
      try console.print(BackupsText.json(backups, breaches: breaches).withoutLastLineEnd)
    case .text:
      let lines = BackupsText.lines(
        backups, breaches: breaches, place: places.names, now: Date(), style: console.style)
      for line in lines { try console.print(line) }
    }
    let isTroubled = !troubles.isEmpty || !breaches.isEmpty || backups.contains { !$0.isUsable }
    return isTroubled ? .findings : .success
  }

  private func pin(
    _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
    let places = project.places(arguments[store], configuration: arguments[configuration])
    guard let id = arguments[backup] else {
      throw UsageError.refused("no backup is named", hint: "'plumb backups' lists their ids.")
    }
    let known = try places.catalog(drills: [:]).entries().backups
    if arguments[place] == "unpin" {
      let wasPinned = try places.pins.unpin(id)
      try console.print(wasPinned ? "\(id) is no longer pinned." : "\(id) was not pinned.")
      return .success
    }
    guard known.contains(where: { $0.id == id }) else {
      throw OperationError("there is no backup '\(id)'", hint: "'plumb backups' lists what there is.")
    }
    try places.pins.pin(id, reason: arguments[reason])
    try console.print("\(id) is pinned: prune leaves it alone until it is unpinned.")
    return .success
  }

  private func verify(
    _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
    guard let id = arguments[backup] else {
      throw UsageError.refused("no backup is named", hint: "'plumb backups' lists their ids.")
    }
    let progress = TransferProgressText(console)
    defer { progress.finish() }
    let opening = BackupOpening(
      workers: Project.workers, progress: { progress.tell($0, done: $1, total: $2) })
    let stores = project.places(arguments[store], configuration: arguments[configuration]).stores
    let (named, name) = project.place(of: id, in: stores[0])
    let candidates = ObjectStorage.isOne(id) ? [named] : stores
    guard let found = try candidates.lazy.compactMap({ try $0.verify(name, opening: opening) }).first else {
      throw OperationError("there is no backup '\(id)'", hint: "'plumb backups' lists what there is.")
    }
    progress.finish()
    switch arguments[format] {
    case .json: try console.print(VerificationText.json(found).withoutLastLineEnd)
    case .text:
      for line in VerificationText.lines(found, named: id) { try console.print(line) }
    }
    return found.problems.isEmpty ? .success : .findings
  }

  private func prune(
    _ arguments: ParsedArguments, in project: Project, on console: Console
  ) throws -> ExitCode {
    guard !project.configuration.retention.saysNothing else {
      throw UsageError.refused(
        "nothing says which backups to keep",
        hint:
          "Write 'retention:' into plumb.yaml, with keep-last, keep-daily, keep-weekly, keep-monthly or max-age."
      )
    }
    let places = project.places(arguments[store], configuration: arguments[configuration])
    let (backups, troubles) = try places.catalog(drills: project.lastDrills(console)).entries()
    for trouble in troubles { console.warn(trouble.summary) }
    let retention = Retention(of: backups, by: project.configuration.retention, now: Date())
    let isDry = arguments[dryRun]
    let prune = Prune(
      retention, stores: places.stores, stanzas: places.stanzas, pins: places.pins, now: { Date() })
    let outcomes = isDry ? [] : try prune.run()
    let leftovers = isDry ? [] : try prune.removeLeftovers()
    for place in leftovers { console.warn("what an unfinished run had left is removed: \(place)") }
    switch arguments[format] {
    case .json:
      try console.print(
        PruneText.json(retention, outcomes: outcomes, leftovers: leftovers, isDry: isDry)
          .withoutLastLineEnd)
    case .text:
      for line in PruneText.lines(retention, outcomes: outcomes, isDry: isDry, style: console.style) {
        try console.print(line)
      }
    }
    let isWhole = outcomes.allSatisfy { $0.outcome == .removed } && troubles.isEmpty
    return isWhole ? .success : .findings
  }
}

/// The places backups are kept in, as plumb.yaml and the command line name them.
struct BackupPlaces {
  let stores: [BackupStore]
  let stanzas: [PgBackRest]

  var pins: BackupPins { BackupPins(of: stores.first ?? BackupStore(path: "backups")) }

  /// The places for people.
  var names: String { (stores.map(\.path) + stanzas.map(\.displayName)).joined(separator: ", ") }

  func catalog(drills: [String: DrillRecord]) -> BackupCatalog {
    BackupCatalog(stores: stores, stanzas: stanzas, drills: drills, now: { Date() })
  }
}

extension Project {
  /// The place that was named, else all that are configured.
  func places(_ named: String?, configuration file: String?) -> BackupPlaces {
    let locations = named.map { [Configuration.BackupPlace(location: $0)] } ?? configuration.backupPlaces
    let stanzas = locations.filter { !$0.isStore }.map { place in
      PgBackRest(
        stanza: String(place.location.dropFirst("pgbackrest:".count)),
        configuration: pgBackRestConfiguration(for: place.location, file))
    }
    var stores = locations.filter(\.isStore).map { store(at: $0.location) }
    // Pins lie in a store even where all backups are pgBackRest's.
    if stores.isEmpty { stores = [store(nil)] }
    return BackupPlaces(stores: stores, stanzas: stanzas)
  }

  /// What plumb.yaml promises of backups.
  var objectives: BackupObjectives {
    BackupObjectives(
      backupAge: configuration.objectives.backupAge, drillAge: configuration.objectives.drillAge)
  }

  /// The newest drill of each backup; none while there is no ledger, or none that can be read.
  func lastDrills(_ console: Console) -> [String: DrillRecord] {
    guard FileManager.default.fileExists(atPath: ledgerPath) else { return [:] }
    do {
      return try Ledger(path: ledgerPath).lastDrills()
    } catch {
      console.warn("drills are not shown: \(error.summary)")
      return [:]
    }
  }
}
