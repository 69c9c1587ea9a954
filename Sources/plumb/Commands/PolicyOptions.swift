import Analysis
import Operations
import SchemaModel
import SchemaText
import Terminal

/// What is done with rows that violate constraints: `--policy`, plumb.yaml, and tags in comments.
struct PolicyOptions: ParameterGroup {
  let policy = RepeatedOption<PolicyWord>(
    "policy", value: "policy[:name]",
    "What to do with violating rows: quarantine, phantom, delete, null or keep; for all constraints, or one, or a table's."
  )

  /// Settles the policies, before anything is touched.
  ///
  /// - Parameter blueprint: whose tags go before the backup's own.
  /// - Throws: ``UsageError`` for a name that means nothing, and for what is impossible.
  func policies(
    _ arguments: ParsedArguments, for backup: StoredBackup, blueprint: Schema?, _ project: Project,
    _ console: Console
  ) throws -> RestorePolicies {
    let subjects = PolicySubjects(of: backup.schema, blueprint: blueprint)
    for tag in subjects.unreadableTags { console.warn("\(tag); it is passed over") }
    let rules = project.configuration.restore.policies + arguments[policy].map(\.rule)
    do {
      return try RestorePolicies(rules, for: subjects.all)
    } catch {
      throw error.usage
    }
  }
}

/// A policy as it is typed: `delete`, `null:public.orders.orders_customer_id_fkey`.
struct PolicyWord: CommandLineValue {
  let rule: PolicyRule

  init(commandLine text: String) throws(UsageError) {
    guard let rule = PolicyText.read(text, origin: .commandLine) else {
      let word = text.split(separator: ":").first.map(String.init) ?? ""
      throw .unsuitableValue(
        text, expected: "\(HumanText.alternatives(PolicyText.words)), or one with :NAME behind it",
        nearest: PolicyText.words.contains(word) ? nil : PolicyText.nearest(to: word, among: PolicyText.words)
      )
    }
    self.rule = rule
  }
}

extension PolicyMistake {
  /// The mistake with what to do about it.
  fileprivate var usage: UsageError {
    switch self {
    case .unknown(let name, let place, let known):
      .refused(
        "\(place) names '\(name)', but the backup has no such constraint, table or domain",
        hint: PolicyText.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
          ?? "'plumb inspect' on the backup's schema.json lists what there is.")
    case .impossible(let policy, let name, let place, let reason):
      .refused(
        "\(place) asks for '\(policy.rawValue)' where that cannot be: \(name)",
        hint: "\(reason.capitalisedFirst). Choose another policy; 'quarantine' always works.")
    }
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
