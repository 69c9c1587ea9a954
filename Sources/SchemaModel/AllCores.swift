import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// How many elements are worth a core's while.
  private static var share: Int { 500 }

  /// What comes of each element, worked out on all cores where there are many.
  package func mapOnAllCores<Output: Sendable>(_ transform: @Sendable (Element) -> Output) -> [Output] {
    guard count > Self.share else { return map(transform) }
    let parts = Mutex([Int: [Output]]())
    DispatchQueue.concurrentPerform(iterations: Self.shares(of: count)) { number in
      let part = self[Self.places(ofShare: number, of: count)].map(transform)
      parts.withLock { $0[number] = part }
    }
    return parts.withLock { parts in (0..<parts.count).flatMap { parts[$0] ?? [] } }
  }

  /// Whether the elements of both are equal, compared where they stand: to take each out of its list would copy it.
  package func equalsOnAllCores(_ other: [Element]) -> Bool where Element: Equatable {
    guard count == other.count else { return false }
    let differ = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: Self.shares(of: count)) { number in
      guard !differ.load(ordering: .relaxed) else { return }
      let areSame = withUnsafeBufferPointer { one in
        other.withUnsafeBufferPointer { other in
          Self.places(ofShare: number, of: one.count).allSatisfy { one[$0] == other[$0] }
        }
      }
      if !areSame { differ.store(true, ordering: .relaxed) }
    }
    return !differ.load(ordering: .relaxed)
  }

  private static func shares(of count: Int) -> Int { (count + share - 1) / share }

  private static func places(ofShare number: Int, of count: Int) -> Range<Int> {
    number * share..<Swift.min((number + 1) * share, count)
  }
}
