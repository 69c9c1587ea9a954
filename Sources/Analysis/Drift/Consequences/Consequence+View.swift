extension Consequence {
  /// The sentence for a view or a materialized view.
  static func view(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such view: whoever reads it by the blueprint fails today."
    case .unexpected: "a restore from this blueprint leaves the view out: queries that read it fail."
    case .changed("definition", _, _):
      "queries on the view get the blueprint's answer after a restore, and not production's."
    case .changed("columns", _, _): "queries that name the view's columns work on one side only."
    case .changed("materialized", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore the view shows what it held when it was last refreshed, and must be "
          + "refreshed once."
        : "after a restore the view is computed at every reading, which production does ahead of time."
    case .changed("populated", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "production's materialized view was never filled: whoever reads it fails today."
        : "after a restore the materialized view cannot be read until it is refreshed."
    case .changed("options", _, _): "who may see which rows through the view can differ after a restore."
    case .changed("column comments", _, _):
      "a restore from this blueprint brings back the blueprint's comments on the view's columns."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
