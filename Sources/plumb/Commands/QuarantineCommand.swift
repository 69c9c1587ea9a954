import Engines
import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb quarantine`: what restores set aside, and the way back.
struct QuarantineCommand: Command {
  let name = "quarantine"
  let summary = "List, show, export or return the rows that restores set aside."
  let discussion = """
    list tells per table and constraint how many rows there are, why, and since when. show prints rows; of columns \
    tagged @sensitive no value. export writes them whole, as lines of JSON or CSV. return puts those rows back that \
    satisfy every constraint by now, in one transaction, and says what stands against the others. It touches no other \
    row, and no trigger fires for what it returns.
    """
  let examples = [
    Example("plumb quarantine list postgres://localhost/shop", "What is there, and why."),
    Example("plumb quarantine show shop.db --table orders --limit 5", "Five rows of one table."),
    Example("plumb quarantine export shop.db --output aside.jsonl", "Everything, without loss."),
    Example("plumb quarantine return shop.db --dry-run", "What could go back now."),
  ]
  let group = CommandGroup.protect
  let exitMeanings: [ExitCode: String] = [
    .success: "nothing is set aside, or everything that was asked for was done",
    .findings: "rows are set aside, or could not be returned",
  ]

  /// What is done.
  enum Action: String, CaseIterable, CommandLineValue {
    case list, show, export
    case putBack = "return"
  }

  /// How it is printed.
  enum Form: String, CaseIterable, CommandLineValue {
    case text, json, csv
  }

  let action = Argument<Action>("action", "What to do: list, show, export or return.")
  let location = OptionalArgument<String>("location", "The database; plumb.yaml's when left out.")
  let table = OptionalOption<String>("table", value: "name", "Only rows of this table.")
  let constraint = OptionalOption<String>(
    "constraint", value: "name", "Only rows that this constraint brought out, as list calls it.")
  let limit = Option("limit", value: "count", default: 20, "show: so many rows of each table at most.")
  let output = OptionalOption<String>(
    "output", short: "o", value: "file", "export: write into this new file.")
  let dryRun = Flag("dry-run", "return: try it, tell the outcome, and take it back.")
  let deleted = Flag("deleted", "return: rows that the policy delete took out, too.")
  let format = Option(
    "format", short: "f", value: "form", default: Form.text,
    "Print it in this form; export writes lines of JSON unless it is csv.")

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let project = try Project.current(console)
    let location = try project.database(arguments[location])
    let place = try location.requiredLive()
    try refuseMisplaced(arguments)
    if arguments[action] == .putBack { return try putBack(place, arguments, on: console) }
    let record = try QuarantineRecord(of: try LiveDatabase.open(place, statementSeconds: 3600))
    switch arguments[action] {
    case .list, .putBack: return try list(record, of: place, arguments, on: console)
    case .show: return try show(record, arguments, on: console)
    case .export: return try export(record, arguments, on: console)
    }
  }

  /// Options that mean nothing for the action are no options at all: better to say so than to go on.
  private func refuseMisplaced(_ arguments: ParsedArguments) throws(UsageError) {
    let action = arguments[action]
    if action != .putBack, arguments[dryRun] || arguments[deleted] {
      throw .refused(
        "--dry-run and --deleted are for 'return'",
        hint: "Leave them out, or write 'plumb quarantine return'.")
    }
    if action != .export, arguments[output] != nil {
      throw .refused("--output is for 'export'", hint: "Leave it out, or write 'plumb quarantine export'.")
    }
    if action != .export, arguments[format] == .csv {
      throw .refused("csv is a form of 'export'", hint: "Use --format text or --format json.")
    }
  }

  private func list(
    _ record: QuarantineRecord, of place: LiveLocation, _ arguments: ParsedArguments, on console: Console
  ) throws -> ExitCode {
    let groups = try record.groups(of: arguments[table]).filter { group in
      arguments[constraint].map { $0 == group.constraint } ?? true
    }
    switch arguments[format] {
    case .json:
      try console.print(try QuarantineText.json(groups, of: place.displayName).withoutLastLineEnd)
    case .text, .csv:
      for line in QuarantineText.lines(groups, of: place.displayName, style: console.style) {
        try console.print(line)
      }
    }
    return groups.contains { $0.policy.takesRows } ? .findings : .success
  }

  private func show(
    _ record: QuarantineRecord, _ arguments: ParsedArguments, on console: Console
  ) throws -> ExitCode {
    let sensitive = QuarantineRecord.sensitiveColumns(in: try record.session.schema(printable: false))
    var isAny = false
    for entry in try record.entries(of: arguments[table]) {
      let hidden = sensitive[entry.table] ?? []
      var rows: [QuarantineRecord.Row] = []
      try record.forEachRow(
        of: entry, constraint: arguments[constraint], limit: max(0, arguments[limit])
      ) { row in
        var row = row
        for (place, column) in entry.columns.enumerated() where hidden.contains(column) {
          row.values[place] = row.values[place].map { _ in
            record.session.engine == .sqlite ? "'withheld'" : "withheld"
          }
        }
        rows.append(row)
      }
      guard !rows.isEmpty else { continue }
      isAny = true
      switch arguments[format] {
      case .json:
        for row in rows { try console.print(row.text(of: entry, in: record.session.engine).json) }
      case .text, .csv:
        for line in QuarantineText.lines(rows, of: entry, style: console.style) { try console.print(line) }
      }
    }
    if !isAny, arguments[format] == .text { try console.print("Nothing is set aside.") }
    return isAny ? .findings : .success
  }

  private func export(
    _ record: QuarantineRecord, _ arguments: ParsedArguments, on console: Console
  ) throws -> ExitCode {
    let entries = try record.entries(of: arguments[table])
    if arguments[format] == .csv, entries.count > 1 {
      throw UsageError.refused(
        "rows of \(entries.count) tables do not fit into one CSV",
        hint: "Name one with --table, or leave --format out for lines of JSON.")
    }
    let isCSV = arguments[format] == .csv
    let engine = record.session.engine
    let file = try arguments[output].map { try ExportFile(at: $0) }
    func write(_ line: String) throws {
      if let file { try file.write(line) } else { try console.print(line) }
    }
    var count = 0
    for entry in entries {
      if isCSV { try write(QuarantineRowText.csvHeader(entry.columns)) }
      try record.forEachRow(of: entry, constraint: arguments[constraint]) { row in
        let text = row.text(of: entry, in: engine)
        try write(isCSV ? text.csv : text.json)
        count += 1
      }
    }
    try file?.finish()
    if let path = arguments[output] { console.note("\(HumanText.count(count, "row")) written to \(path)") }
    return .success
  }

  private func putBack(
    _ place: LiveLocation, _ arguments: ParsedArguments, on console: Console
  ) throws -> ExitCode {
    let report = try QuarantineReturn(
      place, table: arguments[table], constraint: arguments[constraint], includesDeleted: arguments[deleted],
      isDryRun: arguments[dryRun]
    ).run()
    switch arguments[format] {
    case .json: try console.print(try RecordDocument.text(of: report).withoutLastLineEnd)
    case .text, .csv:
      for line in QuarantineText.lines(report, style: console.style) { try console.print(line) }
    }
    return report.left.isEmpty ? .success : .findings
  }
}

extension QuarantineRecord.Row {
  /// The row as it is exported.
  func text(of entry: QuarantineRecord.Entry, in engine: DatabaseEngine) -> QuarantineRowText {
    QuarantineRowText(
      evidence: [
        entry.table.description, constraint, policy.rawValue, reason, changedColumns.joined(separator: ","),
        time,
      ],
      columns: entry.columns, values: values, engine: engine)
  }
}
