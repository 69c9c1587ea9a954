/// How libpq's connection strings are written.
package enum ConnectionText {
  /// `keyword='value'` pairs, in the order in which they are given.
  package static func pairs(_ parameters: [(keyword: String, value: String)]) -> String {
    parameters.map { keyword, value in
      "\(keyword)='\(value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }.joined(separator: " ")
  }
}
