/// The words after a command's name, read and checked against its declarations.
///
/// Reading a parameter cannot fail: whatever could be wrong has been thrown by `init`.
package struct ParsedArguments: Sendable {
  /// Keyed by the declaration's label.
  private var readings: [String: any Sendable] = [:]

  /// Reads `--name value`, `--name=value`, `-n value`, `-nvalue`, `-qn value`, with options and arguments in
  /// any order; `--` ends the options, and a lone `-` is an argument.
  ///
  /// The options every command understands are accepted as well.
  package init(parsing words: [String], as group: some ParameterGroup) throws(UsageError) {
    let parameters = group.parameters + GeneralOptions().parameters
    let texts = try Self.texts(in: words, for: parameters.map(\.declaration))
    for parameter in parameters {
      let label = parameter.declaration.label
      do throws(UsageError) {
        readings[label] = try parameter.reading(of: texts[label] ?? [])
      } catch {
        throw error.naming(label)
      }
    }
  }

  /// What was given for a parameter of the command these arguments were parsed as.
  package subscript<Reading>(_ parameter: some Parameter<Reading>) -> Reading {
    // Two steps: one cast would take an absent reading for a `nil` one.
    guard let held = readings[parameter.declaration.label], let reading = held as? Reading else {
      // Every declared parameter got its reading in `init`, so this one was never declared.
      preconditionFailure("\(parameter.declaration.label) is not a parameter of this command")
    }
    return reading
  }

  /// Returns the texts given for each label; a flag given is one empty text.
  private static func texts(
    in words: [String], for declarations: [Declaration]
  ) throws(UsageError) -> [String: [String]] {
    var reader = WordReader(words: words[...], declarations: declarations)
    while let word = reader.words.popFirst() {
      if word == "--" {
        for argument in reader.words { try reader.takeArgument(argument) }
        break
      } else if word.hasPrefix("--") {
        try reader.takeLongOption(word)
      } else if word.hasPrefix("-"), word != "-" {
        try reader.takeShortOptions(word)
      } else {
        try reader.takeArgument(word)
      }
    }
    return reader.texts
  }
}

/// The words still to be read, and what has been made of those before.
private struct WordReader {
  var words: ArraySlice<String>
  let declarations: [Declaration]
  var texts: [String: [String]] = [:]

  mutating func takeArgument(_ word: String) throws(UsageError) {
    let next = declarations.first { declaration in
      if case .argument = declaration.kind { texts[declaration.label] == nil } else { false }
    }
    guard let next else { throw .unexpectedArgument(word) }
    texts[next.label] = [word]
  }

  mutating func takeLongOption(_ word: String) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let labels = declarations.map(\.label)
    guard let option = declarations.first(where: { $0.label == parts[0] }) else {
      throw .unknownOption(parts[0], nearest: Spelling.nearest(to: parts[0], among: labels))
    }
    try take(option, attached: parts.count == 2 ? parts[1] : nil)
  }

  mutating func takeShortOptions(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = declarations.first(where: { $0.short == letter }) else {
        throw .unknownOption("-\(letter)", nearest: nil)
      }
      switch option.kind {
      case .flag, .argument:
        try take(option, attached: nil)
      case .option:
        let attached = letters.first == "=" ? letters.dropFirst() : letters
        return try take(option, attached: letters.isEmpty ? nil : String(attached))
      }
    }
  }

  private mutating func take(_ option: Declaration, attached: String?) throws(UsageError) {
    switch option.kind {
    case .flag, .argument:
      guard attached == nil else { throw .unexpectedValue(option: option.label) }
      texts[option.label] = [""]
    case .option(_, _, let isRepeatable):
      guard isRepeatable || texts[option.label] == nil else { throw .repeatedOption(option.label) }
      let text = if let attached { attached } else { try nextValue(of: option) }
      texts[option.label, default: []].append(text)
    }
  }

  /// A word that looks like an option is not taken for a value: `--into --quiet` has lost its directory.
  private mutating func nextValue(of option: Declaration) throws(UsageError) -> String {
    guard let word = words.first, word == "-" || !word.hasPrefix("-") else {
      throw .missingValue(option: option.label, form: "\(option.label)=\(option.placeholder)")
    }
    return words.removeFirst()
  }
}
