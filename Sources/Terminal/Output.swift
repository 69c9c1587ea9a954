import Glibc

/// A stream text is written to: a file descriptor, or memory in a test.
package struct Output: Sendable {
  /// Whether a person is likely to read it at once.
  package let isTerminal: Bool
  /// In cells, as the terminal says; `nil` for anything else.
  package let width: Int?
  private let sink: @Sendable ([UInt8]) throws(OutputError) -> Void

  /// Makes a stream of anything that takes bytes.
  package init(
    isTerminal: Bool, width: Int?, sink: @escaping @Sendable ([UInt8]) throws(OutputError) -> Void
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.sink = sink
  }

  /// Writes to an open descriptor by `write(2)`, unbuffered.
  package init(fileDescriptor: Int32) {
    var size = winsize()
    let isSizeKnown = ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    self.init(isTerminal: isatty(fileDescriptor) == 1, width: isSizeKnown ? Int(size.ws_col) : nil) {
      (bytes) throws(OutputError) in
      try Self.write(bytes, to: fileDescriptor)
    }
  }

  /// Writes all of the text, as it is.
  package func write(_ text: String) throws(OutputError) {
    try sink(Array(text.utf8))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count < 0 else {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR:
        continue
      case EAGAIN:
        // Someone sharing the terminal made it non-blocking.
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&poller, 1, -1)
      case EPIPE:
        throw .readerGone
      case let number:
        throw .failed(errno: number)
      }
    }
  }
}

/// Output that could not be written.
package enum OutputError: PresentableError, Hashable, Sendable {
  /// Whoever read the pipe has seen enough; the application ends quietly, after the usual clean-up.
  case readerGone
  /// `errno` of `write(2)`, such as a full disk behind a redirection.
  case failed(errno: Int32)

  package var message: String {
    switch self {
    case .readerGone: "cannot write the output: nobody reads it any more"
    case .failed(let errno): "cannot write the output: " + String(cString: strerror(errno))
    }
  }

  package var hint: String? {
    switch self {
    case .readerGone: nil
    case .failed: "Check where the output is redirected to."
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .readerGone: .brokenPipe
    case .failed: .failure
    }
  }
}
