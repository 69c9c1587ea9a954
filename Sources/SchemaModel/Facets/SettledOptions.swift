/// Options as they are compared, whatever order and spelling they were written in.
package enum SettledOptions {
  /// Storage parameters and options of views, `name=value`: in order, and `off` as the `false` it is.
  package static let of: @Sendable ([String]) -> [String] = { $0.map(settled).sorted() }

  /// The same for each of several lists.
  package static let ofEach: @Sendable ([String: [String]]) -> [String: [String]] = { $0.mapValues(of) }

  /// A list whose order says nothing.
  package static let ordered: @Sendable ([String]) -> [String] = { $0.sorted() }

  private static func settled(_ option: String) -> String {
    let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, truthValues.contains(parts[0]) else { return option }
    switch parts[1].lowercased() {
    case "on", "true", "yes", "1": return parts[0] + "=true"
    case "off", "false", "no", "0": return parts[0] + "=false"
    case _: return option
    }
  }

  /// The options that are on or off, and nothing else.
  private static let truthValues: Set<String> = [
    "autosummarize", "autovacuum_enabled", "deduplicate_items", "fastupdate", "security_barrier",
    "security_invoker", "user_catalog_table", "vacuum_truncate",
  ]
}
