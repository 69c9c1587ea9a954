import SchemaModel

/// What makes a found database what another schema says: a draft, to be read before it is run.
package struct UndoScript: Hashable, Sendable {
  package let engine: DatabaseEngine
  /// In the order in which they run, section after section.
  package let statements: [UndoStatement]
  /// What differs and stays so.
  package let notUndoable: [NotUndoable]

  /// - Parameters:
  ///   - found: the database as it is.
  ///   - expected: what it is to become; both must be of one engine and able to say everything.
  package init(making found: Schema, into expected: Schema) {
    engine = found.engine
    switch found.engine {
    case .postgreSQL:
      var undo = PostgresUndo(making: found, into: expected)
      (statements, notUndoable) = undo.result()
    case .sqlite:
      let undo = SQLiteUndo(making: found, into: expected)
      (statements, notUndoable) = (undo.statements, undo.notUndoable)
    }
  }

  /// Whether there is nothing to do and nothing that cannot be done.
  package var isEmpty: Bool { statements.isEmpty && notUndoable.isEmpty }

  /// The script.
  ///
  /// - Parameters:
  ///   - title: lines that say what is made into what, without the `--`.
  ///   - includesLosses: whether statements that lose data are there to be run, not only to be read.
  package func text(title: [String] = [], includingLosses includesLosses: Bool = false) -> String {
    let withheld = includesLosses ? 0 : statements.filter(\.risk.isWithheld).count
    var paragraphs = [comment(title + head(withheld))]
    for section in UndoStatement.Section.allCases {
      let statements = statements.filter { $0.section == section }
      guard !statements.isEmpty else { continue }
      let texts = statements.map { text(of: $0, includingLosses: includesLosses) }
      switch section {
      case .before:
        paragraphs.append(
          "-- Each of these takes effect at once: what they make can only be used by a later transaction.")
        paragraphs += texts
      case .inTransaction: paragraphs += [opening] + texts + [closing]
      case .after:
        paragraphs.append(
          "-- Each of these by itself: they read whole tables, and nothing has to wait for them.")
        paragraphs += texts
      }
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private func head(_ withheld: Int) -> [String] {
    if isEmpty { return ["Nothing differs, so there is nothing to do."] }
    var lines = [
      "Read it before you run it: it is a draft, made from the two structures alone, and nobody tried it."
    ]
    if withheld > 0 {
      lines.append(
        "Statements that lose data stand in comments (\(withheld)), with what only works along with them.")
    }
    if !notUndoable.isEmpty {
      lines.append("What no statement can undo, and what stays different:")
      lines += notUndoable.map { "  \($0.object): \($0.fact): \($0.reason)" }
    }
    return lines
  }

  private func comment(_ lines: [String]) -> String {
    lines.map { "-- " + CommentSQL.oneLine($0) }.joined(separator: "\n")
  }

  private func text(of statement: UndoStatement, includingLosses: Bool) -> String {
    guard !includingLosses else { return statement.sql }
    let why: String
    switch statement.risk {
    case .none: return statement.sql
    case .losesData(let what): why = "Would lose \(what):"
    case .follows(let object): why = "Only along with what would lose data of \(object):"
    }
    let lines = statement.sql.split(separator: "\n", omittingEmptySubsequences: false)
    return "-- \(CommentSQL.oneLine(why))\n" + lines.map { "-- \($0)" }.joined(separator: "\n")
  }

  private var opening: String {
    switch engine {
    case .postgreSQL:
      """
      BEGIN;
      SET LOCAL lock_timeout = '5s';
      SET LOCAL check_function_bodies = false;
      SET LOCAL client_min_messages = warning;
      SET LOCAL search_path = '';
      """
    case .sqlite: "PRAGMA foreign_keys = OFF;\nPRAGMA legacy_alter_table = ON;\nBEGIN IMMEDIATE;"
    }
  }

  private var closing: String {
    switch engine {
    case .postgreSQL: "COMMIT;"
    case .sqlite: "COMMIT;\nPRAGMA legacy_alter_table = OFF;"
    }
  }
}
