import Foundation
import Glibc
import Testing

/// A server that lets everybody in, says which version it is, and knows nothing else.
///
/// It speaks as much of PostgreSQL's protocol 3 as a client needs to see itself connected.
final class OldServer {
  /// What a client connects to.
  let conninfo: String
  private let listener: Int32

  /// - Parameter folder: where its socket is made; a short path.
  init(version: String, in folder: String) throws {
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try #require(listener >= 0)
    conninfo = "host=\(folder) user=shop dbname=shop"
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("\(folder)/.s.PGSQL.5432".utf8)
    try #require(path.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
    }
    try #require(bound == 0 && listen(listener, 8) == 0)
    let greeting = Self.greeting(version)
    Thread.detachNewThread { [listener] in
      while case let client = accept(listener, nil, nil), client >= 0 {
        Self.serve(client, greeting)
        close(client)
      }
    }
  }

  deinit {
    // The thread wakes up, sees that nobody can come any more, and ends.
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func serve(_ client: Int32, _ greeting: [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    // The first packet is the start-up; every other message, a query or a farewell, ends the conversation.
    guard read(client, &buffer, buffer.count) > 0 else { return }
    _ = send(client, greeting, greeting.count, Int32(MSG_NOSIGNAL))
    _ = read(client, &buffer, buffer.count)
  }

  /// AuthenticationOk, the version as a parameter's status, and ReadyForQuery.
  private static func greeting(_ version: String) -> [UInt8] {
    func message(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
      let length = UInt32(body.count + 4)
      return Array(String(kind).utf8) + withUnsafeBytes(of: length.bigEndian) { Array($0) } + body
    }
    return message("R", [0, 0, 0, 0]) + message("S", Array("server_version\0\(version)\0".utf8))
      + message("Z", Array("I".utf8))
  }
}
