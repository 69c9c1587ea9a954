import SchemaModel

/// The program age, which encrypts and decrypts.
enum Age {
  /// Runs it; a refusal is of kind `refused`, with its words.
  static func run(
    _ arguments: [String], input: Subprocess.Input = .nothing
  ) throws(EngineError) -> Subprocess.Completion {
    let completion = try translatingFailures(of: "age ran") {
      do {
        return try Subprocess("age", arguments, input: input).run(accepting: 0...255)
      } catch let error as SubprocessError where error.reason == .notFound {
        throw EngineError(
          .unsupported, "encryption needs age, which is not installed here", hint: "Install the package age.")
      }
    }
    guard completion.exitCode != 0 else { return completion }
    let lines = completion.diagnostics.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("age: ") && !$0.contains("report unexpected") }
    let words = lines.map { $0.replacing("age: error: ", with: "").replacing("age: ", with: "") }
    if words.contains(where: { $0.contains("no space left") }) {
      throw EngineError(
        .diskFull, "no room is left for the encrypted or decrypted file", detail: words,
        hint: "Free room on that disk, or set PLUMB_TMPDIR to a folder on a larger one, and run it again.")
    }
    throw EngineError(.refused, "age could not do it", detail: words)
  }
}
