import Analysis
import Engines
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// Runs the script that undoes a difference, and looks what is left of it.
enum UndoProof {
  /// What still differs once the script has run; each difference is one that the script says it cannot undo.
  ///
  /// - Parameters:
  ///   - conninfo: a database that the test no longer needs.
  ///   - found: its structure.
  ///   - expected: what it is to become.
  ///   - refusal: what the server is to say to the script, when it cannot run it here.
  static func differencesLeft(
    making conninfo: String, _ found: Schema, into expected: Schema, refusal: String?
  ) throws -> [String] {
    let script = UndoScript(making: found, into: expected)
    #expect(script.isEmpty == (found == expected || Diff.compare(from: expected, to: found).verdict == .same))
    if refusal == nil { try expectWithoutLosses(script, runsIn: conninfo) }
    let text = script.text(includingLosses: true)
    do {
      try TemporaryPostgres.run(text, in: conninfo)
      #expect(refusal == nil)
    } catch {
      if let refusal, "\(error)".contains(refusal) { return [] }
      Issue.record("\(error)\n\(text)")
      return []
    }
    let result = try PostgresConnection(
      PostgresConnectionString(conninfo), for: .reading(statementSeconds: 60)
    ).schema()
    let left = Diff.compare(from: expected, to: result).differences.map(line)
    let announced = script.notUndoable.map { "\($0.object) | \($0.fact)" }
    #expect(left.sorted() == announced.sorted(), "\(text)")
    #expect((Fingerprint(of: result) == Fingerprint(of: expected)) == left.isEmpty)
    return left
  }

  /// What is left of a script when nothing may be lost must run too, and is taken back here.
  private static func expectWithoutLosses(_ script: UndoScript, runsIn conninfo: String) throws {
    guard script.statements.contains(where: \.risk.isWithheld),
      !script.statements.contains(where: { $0.section == .before })
    else { return }
    let text = script.text()
    let transaction = text.prefix(upTo: text.firstRange(of: "\nCOMMIT;")?.lowerBound ?? text.endIndex)
    do {
      try TemporaryPostgres.run(transaction + "\nROLLBACK;\n", in: conninfo)
    } catch {
      Issue.record("\(error)\n\(text)")
    }
  }

  private static func line(_ difference: SchemaDifference) -> String {
    switch difference.change {
    case .missing: "\(difference.object) | missing"
    case .unexpected: "\(difference.object) | unexpected"
    case .changed(let fact, _, _): "\(difference.object) | \(fact)"
    }
  }
}
