import Glibc

/// How much disk a directory takes.
enum DirectorySize {
  /// The bytes allocated to all files below `path` (`st_blocks`); files that vanish meanwhile count as nothing.
  static func byteCount(of path: String) -> Int {
    guard let directory = opendir(path) else { return 0 }
    defer { closedir(directory) }
    var total = 0
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      guard name != ".", name != "..", lstat("\(path)/\(name)", &status) == 0 else { continue }
      total += Int(status.st_blocks) * 512
      if status.st_mode & S_IFMT == S_IFDIR { total += byteCount(of: "\(path)/\(name)") }
    }
    return total
  }
}
