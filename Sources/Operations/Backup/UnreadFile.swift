import Foundation

/// A file that is no backup we can read, and what it is instead.
enum UnreadFile {
  /// What to say of the file at a path; `nil` when there is none.
  static func error(at path: String) -> OperationError? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let file = FileHandle(forReadingAtPath: path)
    else { return nil }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: 32), !head.isEmpty else {
      return OperationError(
        "the file \(path) is empty",
        hint: "Look at what was to write it: a dump that failed leaves such a file.")
    }
    guard let form = forms.first(where: { head.starts(with: $0.signature) }) else {
      return OperationError(
        "\(path) is no backup that can be read",
        detail: ["it is neither an archive of pg_dump, nor SQL text, nor a database of SQLite"],
        hint: "If it is SQL text, give it a name that ends in .sql.")
    }
    return OperationError("\(path) is packed with \(form.program)", hint: form.hint)
  }

  /// How files begin that others packed.
  private static let forms: [(signature: [UInt8], program: String, hint: String)] = [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "Unpack it first: xz -dk FILE."),
    (Array("BZh".utf8), "bzip2", "Unpack it first: bzip2 -dk FILE."),
    (Array("PK\u{3}\u{4}".utf8), "zip", "Unpack it first: unzip FILE."),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7-Zip", "Unpack it first: 7z x FILE."),
    (Array("age-encryption.org/".utf8), "age", "Decrypt it first: age -d -i KEYFILE FILE."),
  ]
}
