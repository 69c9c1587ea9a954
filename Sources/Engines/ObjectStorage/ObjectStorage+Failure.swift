import SchemaModel

extension ObjectStorage {
  /// What rclone's last words mean; `nil` when they only say that there is nothing, where that is no trouble.
  func failure(of doing: String, log: RcloneLog, code: Int32) -> EngineError? {
    let text = log.messages.joined(separator: "\n")
    let place = location
    let detail = Array(log.messages.prefix(4)) + [endpointWords]
    func error(_ kind: EngineError.Kind, _ message: String, _ hint: String) -> EngineError {
      EngineError(kind, message, detail: detail, hint: hint)
    }
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if doing.hasPrefix("removing"), says("doesn't exist") { return nil }
    let isMissing = says("directory not found") || code == 3
    switch access {
    case .s3(let bucket) where says("NoSuchBucket") || isMissing && !doing.hasPrefix("renaming"):
      return error(
        .notFound, "there is no bucket \(bucket)",
        "Make it first, or correct the name; the endpoint is AWS_ENDPOINT_URL, or 'endpoint:' in plumb.yaml.")
    case .remote where isMissing && !doing.hasPrefix("renaming"): return nil
    case .s3, .remote: break
    }
    if says("NoCredentialProviders", "no valid providers in chain") {
      return error(
        .authentication, "no keys for \(place) are known",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.")
    }
    if says("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "AuthFailure") {
      return error(
        .authentication, "\(place) refuses the keys",
        "Compare AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN with what its owner gave you, and the clock with the time."
      )
    }
    if says("AccessDenied", "Forbidden", "status code: 403") {
      return error(
        .permission, "these keys may not do this: \(doing), at \(place)",
        "They need to list, read, write and delete below that prefix (s3:ListBucket, GetObject, PutObject, DeleteObject)."
      )
    }
    if says("no space left on device") {
      return error(
        .diskFull, "no room is left on this machine's disk while \(doing)",
        "Free room, or set PLUMB_TMPDIR to a folder on a larger disk, and run it again.")
    }
    if says("didn't find section in config file") {
      return error(
        .notFound, "rclone knows no remote of that name: \(place)",
        "'rclone listremotes' lists them; RCLONE_CONFIG names another configuration file.")
    }
    let network = [
      "connection refused", "no such host", "i/o timeout", "no route to host", "network is unreachable",
      "connection reset", "RequestError", "deadline exceeded", "EOF", "TLS handshake", "x509",
      "server misbehaving",
    ]
    if network.contains(where: { text.contains($0) }) {
      return error(
        .unreachable, "\(place) cannot be reached",
        "Look at the network and the endpoint (AWS_ENDPOINT_URL, or 'endpoint:' in plumb.yaml), and run it again."
      )
    }
    if says("object not found", "NoSuchKey") || isMissing {
      return error(
        .notFound, "an object of \(place) is gone",
        "Somebody may be removing it: 'plumb backups' lists what there is.")
    }
    return error(.refused, "\(doing) failed at \(place)", "rclone's words above say why.")
  }
}
