import Engines
import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server, sees each query before the server does, and can spoil it.
///
/// It speaks as much of PostgreSQL's protocol 3 as it takes to tell one message from the next.
package final class PostgresProxy: Sendable {
  /// What becomes of a query.
  package enum Fate: Hashable, Sendable {
    case passed
    /// The server never sees it; the client is told of an error with that SQLSTATE.
    case refused(sqlState: String)
    /// The connection is gone.
    case lost
  }

  private let target: String
  private let folder: String
  private let listener: Int32
  private let fate: @Sendable (_ number: Int, _ query: String) -> Fate
  private let seen = Mutex<[String]>([])

  /// - Parameters:
  ///   - folder: where its socket is made; a short path.
  ///   - fate: asked for each query, over all connections, from 1; on a thread of the connection.
  package init(
    before server: ThrowawayServer, in folder: String,
    fate: @escaping @Sendable (_ number: Int, _ query: String) -> Fate
  ) throws {
    target = "\(server.directory)/.s.PGSQL.5432"
    self.folder = folder
    self.fate = fate
    listener = Self.makeSocket()
    try Self.withAddress("\(folder)/.s.PGSQL.5432") { [listener] address, size in
      guard bind(listener, address, size) == 0, listen(listener, 16) == 0 else {
        throw Failure(description: "cannot listen in \(folder): \(String(cString: strerror(errno)))")
      }
    }
    let (listener, connections) = (
      listener, Connections(target: target, answer: { [weak self] in self?.answer($0) })
    )
    Thread.detachNewThread {
      while case let client = accept(listener, nil, nil), client >= 0 { connections.serve(client) }
    }
  }

  deinit {
    // The thread that waits for clients wakes up, and ends.
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// How to reach a database of the server through it.
  package func conninfo(database: String) -> String {
    "host=\(folder) port=5432 user=\(ThrowawayServer.superuser) dbname=\(database)"
  }

  /// The queries seen so far, in order.
  package var queries: [String] { seen.withLock { $0 } }

  private func answer(_ query: String) -> Fate {
    let number = seen.withLock { seen in
      seen.append(query)
      return seen.count
    }
    return fate(number, query)
  }

  /// Why there is no proxy.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  fileprivate static func makeSocket() -> Int32 { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }

  fileprivate static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
  ) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw Failure(description: "\(path) is too long for a socket")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

/// The connections of a proxy, each with two threads.
private struct Connections: Sendable {
  let target: String
  /// What becomes of a query; `nil` when the proxy is gone.
  let answer: @Sendable (String) -> PostgresProxy.Fate?

  func serve(_ client: Int32) {
    let server = PostgresProxy.makeSocket()
    do {
      try PostgresProxy.withAddress(target) { address, size in
        guard connect(server, address, size) == 0 else { throw PostgresProxy.Failure(description: target) }
      }
    } catch {
      close(client)
      close(server)
      return
    }
    let backward = DispatchGroup()
    backward.enter()
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = Glibc.read(server, &buffer, buffer.count), count > 0 {
        guard Self.write(Array(buffer[..<count]), to: client) else { break }
      }
      shutdown(client, Int32(SHUT_RDWR))
      backward.leave()
    }
    Thread.detachNewThread {
      forward(from: client, to: server)
      shutdown(server, Int32(SHUT_RDWR))
      shutdown(client, Int32(SHUT_RDWR))
      backward.wait()
      close(server)
      close(client)
    }
  }

  private func forward(from client: Int32, to server: Int32) {
    // The first message has no kind: a start, or a request to cancel.
    guard let start = Self.message(from: client, hasKind: false), Self.write(start, to: server) else {
      return
    }
    while let message = Self.message(from: client, hasKind: true) {
      // A simple query, or one that is parsed first.
      guard message[0] == UInt8(ascii: "Q") || message[0] == UInt8(ascii: "P") else {
        guard Self.write(message, to: server) else { return }
        continue
      }
      switch answer(String(decoding: message.dropFirst(5).prefix { $0 != 0 }, as: UTF8.self)) {
      case .passed?:
        guard Self.write(message, to: server) else { return }
      case .refused(let sqlState)?:
        guard Self.write(Self.refusal(sqlState), to: client) else { return }
      case .lost?, nil: return
      }
    }
  }

  /// ErrorResponse and ReadyForQuery.
  private static func refusal(_ sqlState: String) -> [UInt8] {
    let fields = "SERROR\0VERROR\0C\(sqlState)\0Mspoiled on purpose\0\0"
    return framed("E", Array(fields.utf8)) + framed("Z", Array("I".utf8))
  }

  private static func framed(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
    Array(String(kind).utf8) + withUnsafeBytes(of: UInt32(body.count + 4).bigEndian) { Array($0) } + body
  }

  private static func message(from socket: Int32, hasKind: Bool) -> [UInt8]? {
    guard let head = read(hasKind ? 5 : 4, from: socket) else { return nil }
    let length = head.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    guard let body = read(length - 4, from: socket) else { return nil }
    return head + body
  }

  private static func read(_ count: Int, from socket: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: max(count, 0))
    var position = 0
    while position < bytes.count {
      let taken = bytes[position...].withUnsafeMutableBytes { Glibc.read(socket, $0.baseAddress, $0.count) }
      guard taken > 0 else { return nil }
      position += taken
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var position = 0
    while position < bytes.count {
      let taken = bytes[position...].withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard taken > 0 else { return false }
      position += taken
    }
    return true
  }
}
