import Glibc
import SchemaModel

/// A file with secret keys, which opens what was encrypted to one of them.
package struct AgeIdentity: Hashable, Sendable {
  package let path: String

  /// - Throws: `EngineError` of kind `notFound` or `permission` when the file cannot be read.
  package init(_ path: String) throws(EngineError) {
    self.path = path
    guard access(path, R_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      throw EngineError(
        errno == ENOENT ? .notFound : .permission, "cannot read the identity file \(path)", detail: [reason],
        hint: "Name the file with the secret key with --identity or PLUMB_AGE_IDENTITY.")
    }
  }

  /// Writes a file as it was before it was encrypted.
  ///
  /// - Throws: `EngineError` of kind `authentication` when this is not the key, `damaged` when it is not what was written.
  package func decrypt(_ path: String, to other: String) throws(EngineError) {
    do throws(EngineError) {
      _ = try Age.run(["--decrypt", "--identity", self.path, "--output", other, "--", path])
    } catch {
      guard error.kind == .refused else { throw error }
      let words = error.detail.joined(separator: " ")
      if words.contains("no identity matched") || words.contains("incorrect identity") {
        throw EngineError(
          .authentication, "the backup was not encrypted to the key in \(self.path)",
          hint: "Name the file with the right secret key with --identity; the manifest names the public keys."
        )
      }
      if words.contains("identity") || words.contains("passphrase") || words.contains(self.path) {
        throw EngineError(
          .authentication, "the identity file cannot be used: \(self.path)", detail: error.detail,
          hint: "It must hold a line AGE-SECRET-KEY-1…, or be an OpenSSH private key without a passphrase.")
      }
      throw EngineError(
        .damaged, "a file of the backup cannot be decrypted: \(path)", detail: error.detail,
        hint: "Use another backup: 'plumb backups' lists them.")
    }
  }
}
