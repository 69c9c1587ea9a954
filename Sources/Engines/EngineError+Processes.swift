import SchemaModel

/// Runs `body` and translates what programs, servers and folders of ours report into ``EngineError``.
///
/// - Parameter doing: what was being done, for an error of no known kind.
package func translatingFailures<Value>(
  of doing: String, _ body: () throws -> Value
) throws(EngineError) -> Value {
  do {
    return try body()
  } catch let error as EngineError {
    throw error
  } catch is Interrupted {
    throw EngineError(.interrupted, "interrupted while \(doing)")
  } catch let error as SubprocessError {
    throw EngineError(error.kind, error.message, detail: error.detail.map { [$0] } ?? [], hint: error.hint)
  } catch let error as ServerBinariesError {
    throw EngineError(.unsupported, error.message, detail: [error.detail], hint: error.hint)
  } catch let error as ThrowawayServerError {
    throw EngineError(.unreachable, error.message, detail: error.detail.map { [$0] } ?? [], hint: error.hint)
  } catch let error as TemporaryDirectoryError {
    throw EngineError(.diskFull, error.message, hint: error.hint)
  } catch {
    throw EngineError(.refused, "\(doing) failed", detail: ["\(error)"])
  }
}

extension SubprocessError {
  /// A program that is missing or was killed says nothing about what it worked on.
  fileprivate var kind: EngineError.Kind {
    switch reason {
    case .notFound: .unsupported
    case .notStarted: .unreachable
    case .killed: .connectionLost
    case .exited: .refused
    }
  }
}
