/// What is large and of use until the very end.
///
/// The system takes memory back at once when the program ends; given back before, piece by piece, the memory of two schemas of
/// 10,000 tables takes a twentieth of the time in which they were read and compared.
final class KeptUntilExit<Value> {
  private let value: Value

  private init(_ value: Value) { self.value = value }

  static func keep(_ value: Value) { _ = Unmanaged.passRetained(KeptUntilExit(value)) }
}
