import CCurl
import Engines
import Foundation
import SchemaText

/// Somebody who gets alerts besides those who read the output.
package enum AlertReceiver: Hashable, Sendable {
  /// A URL to POST to.
  case webhook(String)
  /// A program with its arguments.
  case command([String])

  /// Those that plumb.yaml names.
  ///
  /// - Throws: ``OperationError`` when the environment variable that holds the URL is not set.
  package static func all(
    of settings: Configuration.Watch, environment: [String: String]
  ) throws -> [AlertReceiver] {
    var receivers: [AlertReceiver] = settings.command.isEmpty ? [] : [.command(settings.command)]
    if let webhook = settings.webhook {
      receivers.append(.webhook(webhook.hasPrefix("$") ? try url(in: environment, webhook) : webhook))
      guard shim_curl_start() == CURLE_OK else {
        throw OperationError("libcurl cannot be used", hint: "Install libcurl4 anew.")
      }
    }
    return receivers
  }

  private static func url(in environment: [String: String], _ reference: String) throws -> String {
    let name = String(reference.dropFirst())
    guard let url = environment[name], !url.isEmpty else {
      throw OperationError(
        "the environment variable \(name) is not set",
        detail: ["plumb.yaml names it as the webhook of 'watch:'"],
        hint: "Set it to the URL that alerts are posted to, or take 'webhook:' out of plumb.yaml.")
    }
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      throw OperationError(
        "the environment variable \(name) holds no URL", hint: "It has to begin with https:// or http://.")
    }
    return url
  }

  /// What people call it; a webhook's path is often a secret.
  package var name: String {
    switch self {
    case .webhook(let url):
      "the webhook at \(url.split(separator: "/").dropFirst().first?.split(separator: "@").last ?? "?")"
    case .command(let words): "the command \(words.first ?? "")"
    }
  }

  /// Why something did not arrive.
  struct Refusal: Error {
    var reason: String
    /// Whether another attempt may succeed.
    var isPassing: Bool
  }

  /// Hands a document over; returns when it has been taken.
  func deliver(_ document: String) throws(Refusal) {
    switch self {
    case .webhook(let url): try Self.post(document, to: url)
    case .command(let words): try Self.run(words, reading: document)
    }
  }

  /// The limits in seconds: for a connection, for a whole POST, for a command.
  private static let (connectSeconds, postSeconds, commandSeconds) = (5, 10, 30)

  private static func post(_ document: String, to url: String) throws(Refusal) {
    guard let handle = curl_easy_init() else { throw Refusal(reason: "no memory", isPassing: true) }
    defer { curl_easy_cleanup(handle) }
    let headers = curl_slist_append(nil, "Content-Type: application/json")
    defer { curl_slist_free_all(headers) }
    _ = shim_curl_set_text(handle, CURLOPT_URL, url)
    // Not to a file or another protocol, wherever a proxy or a typo may lead.
    _ = shim_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = shim_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
    _ = shim_curl_set_text(handle, CURLOPT_USERAGENT, "plumb")
    _ = shim_curl_set_number(handle, CURLOPT_POSTFIELDSIZE, document.utf8.count)
    _ = shim_curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, document)
    _ = shim_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, connectSeconds)
    _ = shim_curl_set_number(handle, CURLOPT_TIMEOUT, postSeconds)
    // Signals are for the main thread.
    _ = shim_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    _ = shim_curl_discard_answer(handle)
    let code = curl_easy_perform(handle)
    guard code == CURLE_OK else {
      throw Refusal(reason: String(cString: curl_easy_strerror(code)), isPassing: true)
    }
    let answer = shim_curl_response_code(handle)
    guard (200..<300).contains(answer) else {
      throw Refusal(
        reason: "it answered \(answer)", isPassing: answer >= 500 || [408, 425, 429].contains(answer))
    }
  }

  /// Under `timeout(1)`, which ends the program and what it started.
  private static func run(_ words: [String], reading document: String) throws(Refusal) {
    let limited = Subprocess(
      "timeout", ["--kill-after=5", "\(commandSeconds)"] + words, input: .bytes(Array("\(document)\n".utf8)))
    do {
      _ = try limited.run()
    } catch let error as SubprocessError {
      switch error.reason {
      case .exited(124): throw Refusal(reason: "it took longer than \(commandSeconds) s", isPassing: false)
      case .exited(let code) where code == 126 || code == 127:
        throw Refusal(reason: "it could not be started", isPassing: false)
      case .exited(let code): throw Refusal(reason: "it ended with exit code \(code)", isPassing: true)
      case .killed, .notStarted, .notFound: throw Refusal(reason: "\(error)", isPassing: true)
      }
    } catch {
      throw Refusal(reason: "\(error)", isPassing: false)
    }
  }
}
