import Engines
import Foundation
import Glibc
import Synchronization
import Testing
import TestSupport

/// An S3 server for tests, moto's: `scripts/object-storage` fetches it.
final class ObjectServer: Sendable {
  /// Where it listens.
  let endpoint: String
  private let count = Mutex(0)
  private let scratch: Scratch

  /// One that takes any key.
  static let shared = Result { try ObjectServer() }

  /// - Parameter freeActions: how many requests are answered before keys are looked at; `nil` for all of them.
  init(freeActions: Int? = nil) throws {
    let program = Repository.path(".build/object-storage/bin/moto_server")
    guard access(program, X_OK) == 0 else {
      throw NeverCameTrue(description: "there is no S3 server: run scripts/object-storage (\(program))")
    }
    let (probe, port) = try LoopbackSocket.bound()
    close(probe)
    endpoint = "http://127.0.0.1:\(port)"
    let added = freeActions.map { ["INITIAL_NO_AUTH_ACTION_COUNT": "\($0)"] } ?? [:]
    scratch = try Scratch()
    let script = "echo $$ > \"$0\" && exec \"$@\""
    let words = ["-c", script, scratch.path("pid"), program, "-H", "127.0.0.1", "-p", "\(port)"]
    let server = Subprocess("sh", words, environment: .inherited(adding: added))
    // It ends with the thread that started it, which ends with us.
    let thread = Thread { _ = try? server.run(accepting: 0...255) }
    thread.start()
    try eventually("the S3 server answers") { (try? ask("GET", "/")) != nil }
  }

  /// Ends it, as if the network were gone.
  func stop() throws {
    let text = try String(contentsOfFile: scratch.path("pid"), encoding: .utf8)
    kill(try #require(pid_t(text.prefix { $0.isNumber })), SIGKILL)
  }

  /// A new, empty bucket.
  func makeBucket() throws -> Bucket {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let bucket = Bucket(server: self, name: "plumb-test-\(number)")
    _ = try ask("PUT", "/\(bucket.name)")
    return bucket
  }

  /// Asks the server past rclone; the body of its answer.
  ///
  /// It wants to see a signature, and does not look at it.
  func ask(_ method: String, _ path: String, body: Data = Data()) throws -> Data {
    let script = """
      import sys, urllib.request as r
      q = r.Request(sys.argv[2], method=sys.argv[1], data=sys.stdin.buffer.read() or None)
      q.add_header("Content-Type", "application/octet-stream")
      q.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")
      sys.stdout.buffer.write(r.build_opener(r.ProxyHandler({})).open(q).read())
      """
    let answer = try Subprocess(
      "python3", ["-c", script, method, endpoint + path], input: .bytes([UInt8](body))
    ).run()
    return Data(answer.output)
  }
}

/// A bucket of the test's own.
struct Bucket {
  let server: ObjectServer
  let name: String

  /// The place of a store in it.
  var store: String { "s3://\(name)/shop" }

  /// What the program needs to get in.
  var environment: [String: String] {
    [
      "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": Secret.key,
      "AWS_ENDPOINT_URL": server.endpoint,
    ]
  }

  /// The same, over a line so slow that there is time to do something meanwhile.
  var slowEnvironment: [String: String] { environment.merging(["RCLONE_BWLIMIT": "64k"]) { $1 } }

  /// The keys of all objects, without `shop/`, sorted.
  func keys() throws -> [String] {
    let text = String(decoding: try server.ask("GET", "/\(name)?list-type=2"), as: UTF8.self)
    return text.components(separatedBy: "<Key>").dropFirst().compactMap {
      $0.components(separatedBy: "</Key>").first
    }.map { $0.replacingOccurrences(of: "shop/", with: "") }.sorted()
  }

  /// The ids of the backups that can be seen.
  func ids() throws -> [String] {
    try keys().filter { $0.hasSuffix("/manifest.json") }.map { String($0.dropLast("/manifest.json".count)) }
  }

  func read(_ key: String) throws -> Data { try server.ask("GET", "/\(name)/shop/\(key)") }
  func write(_ key: String, _ data: Data) throws {
    _ = try server.ask("PUT", "/\(name)/shop/\(key)", body: data)
  }
  func remove(_ key: String) throws { _ = try server.ask("DELETE", "/\(name)/shop/\(key)") }

  /// Changes a byte in the middle of an object.
  func flip(_ key: String) throws {
    var data = try read(key)
    try #require(!data.isEmpty)
    data[data.count / 2] ^= 0xFF
    try write(key, data)
  }
}
