import Foundation
import Testing

/// How a run of the program ended and what it printed.
struct Outcome {
  var exitCode: Int32
  /// Standard output.
  var output: String
  /// Standard error.
  var errors: String

  /// Standard error without the lines that tell the progress, whose number depends on the speed.
  var complaints: [String] {
    errors.split(separator: "\n").filter { !$0.contains(#/^[a-z ]+: \d+%, /#) }.map(String.init)
  }

  /// The first line of standard error that is no progress, or of standard output when there is none.
  var headline: String {
    complaints.first ?? output.split(separator: "\n").first.map(String.init) ?? ""
  }

  /// What follows `hint:` on either stream.
  var hints: [String] {
    (errors + output).split(separator: "\n").compactMap { line in
      let line = line.drop { $0 == " " }
      return line.hasPrefix("hint: ") ? String(line.dropFirst("hint: ".count)) : nil
    }
  }
}

extension Outcome {
  /// The one JSON document on standard output.
  func document(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(object as? [String: Any], "\(self)", sourceLocation: sourceLocation)
  }
}
