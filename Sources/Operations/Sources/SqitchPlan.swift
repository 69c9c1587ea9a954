/// The order of changes that a `sqitch.plan` gives.
package enum SqitchPlan {
  /// The files below `deploy`, in the order in which they are applied.
  ///
  /// A change that is planned again after a tag has its earlier script under the tag's name: `users@v1.sql`.
  package static func files(_ plan: String) -> [String] {
    var files: [String] = []
    var places: [String: Int] = [:]
    var firstTagBehind: [Int: String] = [:]
    for line in plan.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("%"), !first.hasPrefix("#"), !first.hasPrefix("-")
      else {
        continue
      }
      if first.hasPrefix("@") {
        for place in files.indices where firstTagBehind[place] == nil {
          firstTagBehind[place] = String(first)
        }
        continue
      }
      let name = String(first.hasPrefix("+") ? first.dropFirst() : first)
      if let earlier = places[name], let tag = firstTagBehind[earlier] {
        files[earlier] = "\(name)\(tag).sql"
      }
      places[name] = files.count
      files.append("\(name).sql")
    }
    return files
  }
}
