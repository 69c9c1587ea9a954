import Engines
import Foundation
import Testing

/// A backup that the program took, to be tampered with.
struct TakenBackup {
  let workplace: Workplace
  let shop: Shop
  /// Its name.
  let id: String

  /// Where it is, as seen from the workplace.
  var folder: String { "backups/\(id)" }

  /// Makes a shop and backs it up.
  ///
  /// - Parameter isShared: several tests use its shop, so that stays to the end.
  init(of engine: Engine, in workplace: Workplace, _ more: String, isShared: Bool = false) throws {
    self.workplace = workplace
    shop = try Shop(engine, in: workplace, more, isShared: isShared)
    let outcome = try workplace.plumb("backup", shop.location)
    try #require(outcome.exitCode == 0, "\(outcome)")
    id = try #require(try workplace.stored().first)
  }

  /// A copy of a backup that all tests share; its shop is shared as well, and must not be changed.
  init(of engine: Engine, in workplace: Workplace) throws {
    let original = try Self.originals[engine].map { try $0.get() }
    try self.init(copyOf: #require(original), in: workplace)
  }

  /// A copy of a backup; its shop is shared, and must not be changed.
  init(copyOf original: TakenBackup, in workplace: Workplace) throws {
    self.workplace = workplace
    id = original.id
    shop = original.shop
    try FileManager.default.copyItem(
      atPath: original.workplace.path("backups"), toPath: workplace.path("backups"))
  }

  private static let originals = Dictionary(
    uniqueKeysWithValues: Engine.allCases.map { engine in
      (engine, Result { try TakenBackup(of: engine, in: Workplace(), "", isShared: true) })
    })

  /// A file of it.
  func path(_ name: String) -> String { workplace.path("\(folder)/\(name)") }

  /// The archive's files, relative to the backup's folder; the largest of a PostgreSQL archive that holds rows first.
  func archiveFiles() throws -> [String] {
    guard shop.engine == .postgres else { return ["archive.db"] }
    let names = try FileManager.default.contentsOfDirectory(atPath: path("archive")).filter {
      $0.hasSuffix(".gz")
    }
    return names.sorted().map { "archive/\($0)" } + ["archive/toc.dat"]
  }

  /// Changes a few bytes in the middle of a file.
  func flip(_ name: String, at offset: Int? = nil) throws {
    var bytes = try #require(FileManager.default.contents(atPath: path(name)))
    let middle = offset ?? bytes.count / 2
    for position in middle..<min(middle + 8, bytes.count) { bytes[position] ^= 0xFF }
    try bytes.write(to: URL(fileURLWithPath: path(name)))
  }

  /// Changes the manifest.
  func editManifest(_ edit: (inout [String: Any]) throws -> Void) throws {
    let url = URL(fileURLWithPath: path("manifest.json"))
    var document = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    try edit(&document)
    try JSONSerialization.data(withJSONObject: document).write(to: url)
  }

  /// Makes the manifest vouch for the files as they are now.
  func vouchForFiles() throws {
    try editManifest { manifest in
      let files = try #require(manifest["files"] as? [[String: Any]])
      manifest["files"] = try files.map { file in
        let digest = try FileDigest.sha256(ofFile: path(try #require(file["path"] as? String)))
        return file.merging(["byteCount": digest.byteCount, "sha256": digest.sha256]) { $1 }
      }
    }
  }

  /// A database that does not exist yet, to restore into.
  func newDestination() throws -> Shop { try Shop(missing: shop.engine, in: workplace) }
}
