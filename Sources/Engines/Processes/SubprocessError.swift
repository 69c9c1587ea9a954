/// A program that could not be run, or did not end well.
package struct SubprocessError: Error, Hashable, CustomStringConvertible {
  /// What went wrong.
  package enum Reason: Hashable, Sendable {
    /// There is no such program.
    case notFound

    /// The system could not start it, or could not connect its streams.
    case notStarted(SystemError)

    /// It returned this exit code, which its caller did not accept.
    case exited(Int32)

    /// This signal killed it.
    case killed(signal: Int32)
  }

  /// The name or path it was asked for by; never its arguments, which may say too much.
  package var program: String

  package var reason: Reason

  /// The end of what it wrote to standard error, at most 64 KiB.
  package var diagnostics: String

  /// The fact, in one line.
  package var message: String {
    switch reason {
    case .notFound: "program \(program) not found"
    case .notStarted(let error): "\(program) could not be run: \(error)"
    case .exited(let code): "\(program) failed with exit code \(code)"
    case .killed(let signal): "\(program) was killed by signal \(signal)"
    }
  }

  /// What the program itself said; nil when it said nothing.
  package var detail: String? {
    let end = diagnostics.lastIndex { !$0.isWhitespace }
    return end.map { String(diagnostics[...$0]) }
  }

  /// What to do about it, where that does not depend on the program.
  package var hint: String? {
    switch reason {
    case .notFound: "Install it, or add the folder it is in to PATH."
    case .killed(signal: 9): "The system may have run out of memory: look for \"oom\" in the kernel's log."
    case .notStarted, .exited, .killed: nil
    }
  }

  package var description: String {
    ([message] + [detail, hint.map { "hint: \($0)" }].compactMap(\.self)).joined(separator: "\n")
  }
}
