import FoundationEssentials
import Glibc

/// A program to run and wait for.
///
/// No shell is involved. The program speaks English, has no terminal, sees none of our open files, and is ended
/// when we are: on an interruption by SIGTERM and, five seconds later, SIGKILL; if we die ourselves, by SIGTERM.
package struct Subprocess: Sendable {
  /// What the program reads from its standard input.
  package enum Input: Hashable, Sendable {
    case nothing
    case bytes([UInt8])
    case file(path: String)
  }

  /// What the program sees of the environment; English messages are added to both.
  package enum Environment: Hashable, Sendable {
    /// Ours, with these variables added or replaced. Passwords belong here, never among the arguments.
    case inherited(adding: [String: String])

    /// These variables, PATH, and nothing of ours.
    case only([String: String])
  }

  /// What an interruption means for the program.
  package enum WhenInterrupted: Hashable, Sendable {
    /// It is ended, or not even started, and the caller gets ``Interrupted``.
    case terminate

    /// It runs to its end: for cleaning up.
    case finish
  }

  /// A path, or a name to be looked for in PATH.
  package var program: String
  package var arguments: [String]
  package var environment: Environment
  package var input: Input

  /// Who runs it, if we are root and may choose; nil is us.
  package var user: SystemUser?

  /// Where it starts; nil is where we are.
  ///
  /// Must be open to ``user``: many programs insist on knowing it.
  package var directory: String?
  package var whenInterrupted: WhenInterrupted

  package init(
    _ program: String, _ arguments: [String] = [], environment: Environment = .inherited(adding: [:]),
    input: Input = .nothing, user: SystemUser? = nil, directory: String? = nil,
    whenInterrupted: WhenInterrupted = .terminate
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.user = user
    self.directory = directory
    self.whenInterrupted = whenInterrupted
  }

  /// How a program ended that ended well.
  package struct Completion: Hashable, Sendable {
    package var exitCode: Int32

    /// Standard output, where it was captured.
    package var output: [UInt8]

    /// The end of standard error, at most 64 KiB.
    package var diagnostics: String

    /// Standard output as text.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
  }

  /// A line the program wrote, without its end.
  package enum Line: Hashable, Sendable {
    /// To standard output.
    case output(String)

    /// To standard error, where most programs report progress.
    case diagnostic(String)
  }

  /// Runs the program and captures its standard output.
  ///
  /// - Throws: ``SubprocessError``; ``Interrupted``.
  package func run(accepting codes: ClosedRange<Int32> = 0...0) throws -> Completion {
    var output: [UInt8] = []
    var completion = try execute(accepting: codes, outputPath: nil) { stream, bytes in
      if stream == .output { output += bytes }
    }
    completion.output = output
    return completion
  }

  /// Runs the program with its standard output going to a file, which is created or overwritten.
  ///
  /// - Throws: ``SubprocessError``; ``Interrupted``. The file then holds what was written so far.
  package func run(accepting codes: ClosedRange<Int32> = 0...0, outputTo path: String) throws -> Completion {
    try execute(accepting: codes, outputPath: path) { _, _ in }
  }

  /// Runs the program and hands on its lines as they come.
  ///
  /// - Throws: ``SubprocessError``; ``Interrupted``; what `each` throws, after the program has been ended.
  package func run(
    accepting codes: ClosedRange<Int32> = 0...0, eachLine each: (Line) throws -> Void
  ) throws -> Completion {
    var output = LineSplitter()
    var errors = LineSplitter()
    let completion = try execute(accepting: codes, outputPath: nil) { stream, bytes in
      switch stream {
      case .output: try output.add(bytes) { try each(.output($0)) }
      case .errors: try errors.add(bytes) { try each(.diagnostic($0)) }
      }
    }
    try output.finish { try each(.output($0)) }
    try errors.finish { try each(.diagnostic($0)) }
    return completion
  }

  private func execute(
    accepting codes: ClosedRange<Int32>, outputPath: String?,
    receive: (ChildStreams.Name, ArraySlice<UInt8>) throws -> Void
  ) throws -> Completion {
    if whenInterrupted == .terminate { try Interruption.check() }
    var tail = StreamTail(byteCount: 64 << 10)
    let streams = try start(outputPath: outputPath)
    let end = try streams.readToEnd(isInterruptible: whenInterrupted == .terminate) { stream, bytes in
      if stream == .errors { tail.add(bytes) }
      try receive(stream, bytes)
    }
    switch end {
    case .exited(let code) where codes.contains(code):
      return Completion(exitCode: code, output: [], diagnostics: tail.text)
    case .exited(let code):
      throw failure(.exited(code), diagnostics: tail.text)
    case .killed(let signal):
      throw failure(.killed(signal: signal), diagnostics: tail.text)
    }
  }

  private func start(outputPath: String?) throws(SubprocessError) -> ChildStreams {
    let launch = try launch()
    do throws(SystemError) {
      let source =
        switch input {
        case .nothing: try Descriptor.opening("/dev/null", O_RDONLY)
        case .bytes(let bytes): try Descriptor.holding(bytes)
        case .file(let path): try Descriptor.opening(path, O_RDONLY)
        }
      let output = try PipeEnds.make()
      let errors = try PipeEnds.make()
      if let outputPath {
        let file = try Descriptor.opening(outputPath, O_WRONLY | O_CREAT | O_TRUNC)
        let child = try ChildProcess(launch, input: source, output: file, errors: errors.writeEnd)
        return ChildStreams(of: child, output: output.closingWriteEnd(), errors: errors.closingWriteEnd())
      }
      let child = try ChildProcess(launch, input: source, output: output.writeEnd, errors: errors.writeEnd)
      return ChildStreams(of: child, output: output.closingWriteEnd(), errors: errors.closingWriteEnd())
    } catch {
      throw failure(.notStarted(error))
    }
  }

  private func launch() throws(SubprocessError) -> ChildProcess.Launch {
    let variables = environment.variables
    guard let path = ProgramSearch.path(of: program, in: variables["PATH"] ?? "") else {
      throw failure(.notFound)
    }
    let privileges = PrivilegeChange(user: user, whenParentDies: "TERM")
    guard let command = privileges.command(path, arguments) else {
      throw SubprocessError(program: "setpriv", reason: .notFound, diagnostics: "")
    }
    return ChildProcess.Launch(
      program: command.program, arguments: command.arguments,
      environment: variables.map { "\($0.key)=\($0.value)" }, directory: directory)
  }

  private func failure(_ reason: SubprocessError.Reason, diagnostics: String = "") -> SubprocessError {
    SubprocessError(program: program, reason: reason, diagnostics: diagnostics)
  }
}

extension Subprocess.Environment {
  /// The whole environment, by name.
  var variables: [String: String] {
    var variables: [String: String]
    switch self {
    case .inherited(let added):
      variables = ProcessInfo.processInfo.environment.merging(added) { $1 }
    case .only(let wanted):
      variables = ["PATH": "/usr/bin:/bin"].merging(wanted) { $1 }
    }
    // LANGUAGE wins over every locale but "C" itself.
    variables["LANGUAGE"] = nil
    variables["LC_ALL"] = "C.UTF-8"
    return variables
  }
}
