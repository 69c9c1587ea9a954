import SchemaModel

/// What makes one fact of an object that is there what another schema says.
enum Alteration {
  /// Statements without a closing semicolon; none when something else already does it.
  case statements([String])
  /// Statements that free it from what it is tied to, and those that tie it when everything is made and has its owner.
  case tie(freeing: [String], tying: [String])
  /// Statements that may only run by themselves, before a transaction begins.
  case apart([String])
  /// Statements that read all rows, and so run when everything else is done and nothing is locked.
  case afterwards([String])
  /// Only taking the object away and making it anew does it.
  case replacement
  /// No statement does it, and why.
  case impossible(String)

  static func statement(_ statement: String) -> Alteration { .statements([statement]) }
}

/// How an object is called outside of the statement that makes it.
struct UndoTarget {
  /// With its kind, as `DROP`, `ALTER` and `COMMENT ON` take it: `TABLE public.users`.
  let noun: String
  /// How `GRANT` calls it, where that differs.
  var grantNoun: String?
  /// What everybody may do with a new one.
  var everyone: [String]

  init(_ noun: String, grants grantNoun: String? = nil, everyone: [String] = []) {
    self.noun = noun
    self.grantNoun = grantNoun
    self.everyone = everyone
  }
}

/// An object of PostgreSQL that can be altered, taken away and made anew.
protocol Alterable: SchemaObject {
  /// - Parameter owner: the table or view it belongs to.
  func target(in owner: ObjectName?) -> UndoTarget
  /// What makes the fact of the found object what this one says; comments, owners and privileges are not asked.
  ///
  /// - Parameter noun: the target's.
  func alteration(of fact: String, from found: Self, _ noun: String, in owner: ObjectName?) -> Alteration
  /// What takes the object away, without a closing semicolon.
  func removal(_ noun: String, in owner: ObjectName?) -> [String]
}

extension Alterable {
  func removal(_ noun: String, in owner: ObjectName?) -> [String] { ["DROP \(noun)"] }

  func alteration(of fact: String, from found: Self, _ noun: String, in owner: ObjectName?) -> Alteration {
    .replacement
  }
}
