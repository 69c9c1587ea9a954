/// What is planted in passwords and sensitive columns, and must never come out again.
enum Secret {
  /// A password that works nowhere.
  static let password = "hunter2"
  /// The domain of every address in the columns that are tagged `@sensitive`.
  static let domain = "secret.example"

  /// A key to a bucket.
  static let key = "wJalrXUtnFEMI"

  static let all = [password, domain, key]
}
