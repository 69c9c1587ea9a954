/// A pattern for names: `*` stands for any text, `?` for one character, everything else for itself.
package struct NamePattern: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }

  /// Whether the whole name fits; linear in the product of both lengths at worst.
  package func matches(_ name: String) -> Bool {
    let pattern = Array(text.unicodeScalars)
    let name = Array(name.unicodeScalars)
    var (place, at) = (0, 0)
    // The last star, and how much of the name it stands for.
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }

  /// Whether it fits an object's own name, or that with its schema.
  package func fits(_ name: ObjectName) -> Bool { matches(name.name) || matches(name.description) }
}
