/// Drift that is accepted on purpose, from `ignore:` in `plumb.yaml`.
///
/// A rule ignores what all of its conditions hold for; one it does not state holds for everything.
package struct IgnoreRule: Hashable, Sendable {
  /// The kind of object in words, as reports print it: `index`; or of something seen and not compared: `large objects`.
  package var kind: String?
  /// The object's path; `*` stands for any text, `?` for one character.
  package var name: NamePattern?
  /// The fact, as reports print it; `missing` and `unexpected` for whole objects.
  package var fact: String?
  /// The environments it is for; empty for all.
  package var environments: [String] = []
  /// The last day it holds, `YYYY-MM-DD`.
  package var until: String?
  /// Why the drift is accepted, for people.
  package var reason: String
  /// The line of `plumb.yaml` it begins on, from 1.
  package var line: Int

  package init(reason: String, line: Int) {
    self.reason = reason
    self.line = line
  }

  /// Whether it no longer holds on that day (`YYYY-MM-DD`).
  package func hasExpired(on today: String) -> Bool { until.map { $0 < today } ?? false }

  /// Whether it is for that environment; outside of any, only rules for all hold.
  package func isFor(_ environment: String?) -> Bool {
    environments.isEmpty || environment.map(environments.contains) ?? false
  }
}
