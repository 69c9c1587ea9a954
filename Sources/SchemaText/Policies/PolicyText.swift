import SchemaModel

/// Policies as people write them.
package enum PolicyText {
  /// What can be written, for messages.
  package static let form = "POLICY or POLICY:NAME, such as null:public.orders.orders_customer_id_fkey"
  /// The policies' names.
  package static let words = ViolationPolicy.allCases.map(\.rawValue)

  /// Reads `delete` or `null:public.orders.*`; `nil` when the word before the colon is no policy.
  package static func read(_ text: String, origin: PolicyRule.Origin) -> PolicyRule? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let policy = parts.first.flatMap({ ViolationPolicy(rawValue: String($0)) }) else { return nil }
    guard parts.count > 1 else { return PolicyRule(policy, origin: origin) }
    return parts[1].isEmpty ? nil : PolicyRule(policy, for: NamePattern(String(parts[1])), origin: origin)
  }

  /// The name that was most likely meant.
  package static func nearest(to name: String, among known: [String]) -> String? {
    NearestSpelling.of(name, among: known)
  }
}
