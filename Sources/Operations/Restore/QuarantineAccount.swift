import SchemaModel
import SchemaText

/// What was done with rows that violate constraints: what a report tells of, and what another run goes on from.
struct QuarantineAccount: Codable {
  /// Rows that were moved out of their tables.
  private(set) var moved: [SetAsideRows] = []
  /// Rows that stayed by a policy.
  private(set) var handled: [PolicyOutcome] = []
  /// Policies that could not be followed, each in one line.
  var notes: [String] = []
  /// Constraints that are to stay NOT VALID, because rows that violate them are kept or cannot be judged.
  var kept: Set<ConstraintReference> = []
  /// Tables with rows that were made, and for which keys.
  var phantoms: [ObjectName: Set<ConstraintReference>] = [:]
  /// Keys for which rows were made that then had to go: making them again would turn in a circle.
  private(set) var exhausted: Set<ConstraintReference> = []
  /// Violations that are there no more.
  var settledCount = 0

  /// Rows in which a column was set to NULL.
  var nulledCount: Int { handled.reduce(0) { $0 + ($1.policy == .null ? $1.rowCount : 0) } }

  /// How many rows of each table were moved or changed.
  var changedRowCounts: [ObjectName: Int] {
    let nulled = handled.filter { $0.policy == .null }.map { ($0.table, $0.rowCount) }
    return Dictionary(moved.map { ($0.table, $0.rowCount) } + nulled, uniquingKeysWith: +)
  }

  /// Sorts what was moved by table; of one table it stays in the order in which it was done.
  mutating func sortByTable() {
    moved = moved.enumerated()
      .sorted { ($0.element.table, $0.offset) < ($1.element.table, $1.offset) }.map(\.element)
  }

  /// Adds to what was moved; later rounds of one constraint count with the first.
  mutating func record(
    _ count: Int, of table: Table, into quarantine: ObjectName, violating query: ViolationQuery,
    policy: ViolationPolicy
  ) {
    exhausted.formUnion(phantoms[table.name] ?? [])
    guard count > 0 else { return }
    settledCount += count
    let known = moved.firstIndex {
      $0.table == table.name && $0.constraint == query.constraint.name && $0.policy == policy
    }
    if let known {
      moved[known].rowCount += count
    } else {
      moved.append(
        SetAsideRows(
          table: table.name, constraint: query.constraint.name, constraintKind: query.constraint.kind.label,
          reason: query.reason, rowCount: count, quarantine: quarantine, policy: policy))
    }
  }

  /// Changes what a policy came to for one constraint.
  mutating func update(
    _ query: ViolationQuery, _ policy: ViolationPolicy, _ change: (inout PolicyOutcome) -> Void
  ) {
    let known = handled.firstIndex {
      $0.table == query.constraint.table && $0.constraint == query.constraint.name && $0.policy == policy
    }
    guard let known else {
      var outcome = PolicyOutcome(
        table: query.constraint.table, constraint: query.constraint.name,
        constraintKind: query.constraint.kind.label, policy: policy, reason: query.reason, rowCount: 0)
      change(&outcome)
      return handled.append(outcome)
    }
    change(&handled[known])
  }
}
