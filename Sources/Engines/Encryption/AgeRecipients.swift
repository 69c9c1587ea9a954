import Glibc
import SchemaModel

/// Who will be able to read what is encrypted: public keys for age.
package struct AgeRecipients: Hashable, Sendable {
  /// As they were given: `age1…`, `ssh-ed25519 …`, `ssh-rsa …`.
  package let keys: [String]

  /// Takes the keys and tries them, so that a wrong one is told before any work is done.
  ///
  /// - Throws: `EngineError` of kind `refused` for a key age does not take, `unsupported` without age.
  package init(_ keys: [String]) throws(EngineError) {
    self.keys = keys
    for key in keys {
      guard !key.hasPrefix("AGE-SECRET-KEY-") else {
        throw EngineError(
          .refused, "a recipient is a secret key", detail: ["whoever has it can read every backup"],
          hint:
            "Name its public key instead (age-keygen -y FILE), and make a new pair if others have seen it.")
      }
      guard ["age1", "ssh-ed25519 ", "ssh-rsa "].contains(where: { key.hasPrefix($0) }) else {
        throw Self.unfit(key, detail: [])
      }
    }
    do throws(EngineError) {
      _ = try Age.run(arguments, input: .bytes([]))
    } catch {
      guard error.kind == .refused else { throw error }
      throw Self.unfit(keys.joined(separator: ", "), detail: error.detail)
    }
  }

  /// The program and its version, for a manifest.
  package static func tool() throws(EngineError) -> String {
    let text = try Age.run(["--version"]).outputText.filter { !$0.isNewline }
    return "age \(text.hasPrefix("v") ? String(text.dropFirst()) : text)"
  }

  /// Writes a file that only the recipients can read.
  package func encrypt(_ path: String, to other: String) throws(EngineError) {
    _ = try Age.run(arguments + ["--output", other, "--", path])
  }

  private var arguments: [String] { ["--encrypt"] + keys.flatMap { ["--recipient", $0] } }

  private static func unfit(_ key: String, detail: [String]) -> EngineError {
    EngineError(
      .refused, "this is no recipient for age: \(key)", detail: detail,
      hint: "Write a public key: age1… (age-keygen prints it), or a whole line ssh-ed25519 ….")
  }
}
