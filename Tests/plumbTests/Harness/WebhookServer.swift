import Foundation
import Glibc
import Synchronization

/// A web server that takes what is posted to it, and answers as it is told.
final class WebhookServer: Sendable {
  /// What was posted, bodies only.
  private let posted = Mutex<[String]>([])
  private let descriptor: Int32
  /// Where it listens.
  let url: String

  /// - Parameter answers: the status of each answer; 200 when there are no more.
  init(answering answers: [Int] = []) throws {
    let (listening, port) = try LoopbackSocket.bound()
    guard listen(listening, 8) == 0 else { throw NeverCameTrue(description: "a server that listens") }
    descriptor = listening
    url = "http://127.0.0.1:\(port)/hook/T0PSECRET"
    let thread = Thread { [weak self] in
      var answers = answers[...]
      while true {
        let connection = accept(listening, nil, nil)
        guard connection >= 0 else { return }
        let body = Self.readBody(from: connection)
        let status = answers.popFirst() ?? 200
        if status == 200 { self?.posted.withLock { $0.append(body) } }
        let answer = Array("HTTP/1.1 \(status) x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        _ = write(connection, answer, answer.count)
        close(connection)
      }
    }
    thread.start()
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// What has been taken so far.
  var bodies: [String] { posted.withLock { $0 } }

  private static func readBody(from connection: Int32) -> String {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return text }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
      let length = text[..<end.lowerBound].split(separator: "\r\n").lazy
        .filter { $0.lowercased().hasPrefix("content-length:") }
        .compactMap { Int($0.dropFirst("content-length:".count).filter(\.isNumber)) }.first
      let body = text[end.upperBound...]
      if body.utf8.count >= length ?? 0 { return String(body) }
    }
  }
}
