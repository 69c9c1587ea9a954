import Foundation
import SchemaModel

/// A place in object storage: a bucket of S3 or of what speaks its language, or a remote of the user's own rclone.
///
/// rclone does the talking. Keys reach it by the environment or by its own configuration, never as arguments.
package struct ObjectStorage: Hashable, Sendable {
  /// What cannot be told by a location; the usual variables of AWS's tools stand in for what is `nil`.
  package struct Settings: Hashable, Sendable {
    /// The address of a service that is not Amazon's: `https://minio.example:9000`.
    package var endpoint: String?
    package var region: String?

    package init(endpoint: String? = nil, region: String? = nil) {
      self.endpoint = endpoint
      self.region = region
    }
  }

  /// Who knows the keys.
  enum Access: Hashable, Sendable {
    /// The `AWS_*` variables and files.
    case s3(bucket: String)
    /// A section of rclone's configuration file.
    case remote(String)
  }

  /// As it is typed: `s3://BUCKET/PREFIX` or `rclone:REMOTE:PATH`, without a slash at the end.
  package let location: String
  let access: Access
  let settings: Settings
  /// The place in rclone's words.
  private let root: String

  /// Whether a text speaks of object storage and not of a folder.
  package static func isOne(_ text: String) -> Bool {
    text.hasPrefix(s3Prefix) || text.hasPrefix(remotePrefix)
  }

  /// Reads a location.
  ///
  /// - Throws: `EngineError` of kind `refused` when it is of neither form, or holds a secret.
  package init(_ text: String, settings: Settings = Settings()) throws(EngineError) {
    var text = text
    while text.hasSuffix("/"), text != Self.s3Prefix { text.removeLast() }
    location = text
    self.settings = settings
    if text.hasPrefix(Self.s3Prefix) {
      let path = text.dropFirst(Self.s3Prefix.count)
      let bucket = path.prefix { $0 != "/" }
      guard !bucket.contains("@") else {
        throw EngineError(
          .refused, "the location of a bucket holds no keys",
          hint:
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, and write s3://BUCKET/PREFIX.")
      }
      guard !bucket.isEmpty, bucket.allSatisfy(Self.isOrdinary), !path.contains("//"), !Self.climbs(path)
      else {
        throw Self.malformed(text)
      }
      access = .s3(bucket: String(bucket))
      root = "\(Self.ownRemote):\(path)"
    } else {
      let parts = text.dropFirst(Self.remotePrefix.count).split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      // A name that begins with a colon would be a connection string, which may hold keys that everybody on the machine sees.
      guard text.hasPrefix(Self.remotePrefix), parts.count == 2, let name = parts.first, !name.isEmpty,
        name.allSatisfy({ Self.isOrdinary($0) || $0 == " " }), !name.hasPrefix("-"), !Self.climbs(parts[1])
      else { throw Self.malformed("\(text.prefix { $0 != ":" }):") }
      access = .remote(String(name))
      root = "\(name):\(parts[1])"
    }
  }

  /// Another place below this one, in rclone's words.
  func path(_ name: String) -> String {
    name.isEmpty ? root : root.hasSuffix(":") ? root + name : "\(root)/\(name)"
  }

  /// The environment rclone runs in.
  func environment(from own: [String: String]) -> [String: String] {
    var variables = own
    variables["RCLONE_ASK_PASSWORD"] = "false"
    // rclone's own HTTP client cannot be given certificates in AWS's way, and then refuses to start.
    if let bundle = variables.removeValue(forKey: "AWS_CA_BUNDLE"), variables["RCLONE_CA_CERT"] == nil {
      variables["RCLONE_CA_CERT"] = bundle
    }
    guard case .s3 = access else { return variables }
    func first(_ names: String...) -> String? {
      names.lazy.compactMap { own[$0] }.first { !$0.isEmpty }
    }
    let endpoint = settings.endpoint ?? first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    var facts = ["TYPE": "s3", "ENV_AUTH": "true", "NO_CHECK_BUCKET": "true"]
    facts["PROVIDER"] = endpoint == nil ? "AWS" : "Other"
    facts["ENDPOINT"] = endpoint
    facts["REGION"] = settings.region ?? first("AWS_REGION", "AWS_DEFAULT_REGION")
    for (name, value) in facts { variables["RCLONE_CONFIG_\(Self.ownRemote.uppercased())_\(name)"] = value }
    return variables
  }

  /// Where it is, for people who look for a fault.
  var endpointWords: String {
    let own = ProcessInfo.processInfo.environment
    let endpoint = [settings.endpoint, own["AWS_ENDPOINT_URL_S3"], own["AWS_ENDPOINT_URL"]]
      .compactMap(\.self).first { !$0.isEmpty }
    return switch access {
    case .s3: "the endpoint is \(endpoint.map(Self.withoutUser) ?? "Amazon's")"
    case .remote(let name): "by rclone's remote \(name)"
    }
  }

  /// An address without what stands before its host, which may be a secret.
  private static func withoutUser(_ address: String) -> String {
    guard let start = address.firstRange(of: "://")?.upperBound else { return address }
    let rest = address[start...]
    let host = rest.prefix { $0 != "/" }
    return "\(address[..<start])\(host.split(separator: "@").last ?? "")\(rest.dropFirst(host.count))"
  }

  private static let s3Prefix = "s3://"
  private static let remotePrefix = "rclone:"
  private static let ownRemote = "plumb"

  private static func isOrdinary(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
  }

  private static func climbs(_ path: some StringProtocol) -> Bool {
    path.split(separator: "/").contains { $0 == ".." || $0 == "." }
  }

  private static func malformed(_ text: String) -> EngineError {
    EngineError(
      .refused, "this is no place in object storage: \(text)",
      hint: "Write s3://BUCKET/PREFIX, or rclone:REMOTE:PATH for a remote of rclone's configuration file.")
  }
}
