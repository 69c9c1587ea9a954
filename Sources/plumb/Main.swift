import Engines
import Foundation
import Terminal

/// The program `plumb`.
@main
enum Main {
  static func main() {
    // From the first moment on, Ctrl-C unwinds and cleans up instead of leaving servers and half-written files.
    do {
      try Interruption.install()
    } catch {
      FileHandle.standardError.write(Data("plumb: signals cannot be caught: \(error)\n".utf8))
    }
    let words = Array(CommandLine.arguments.dropFirst())
    exit(Plumb.application.run(words, in: .ofProcess(waitForInput: Interruption.waitForInput(on:))).rawValue)
  }
}
