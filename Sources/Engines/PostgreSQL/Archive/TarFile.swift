import Foundation
import SchemaText

/// The members of a tar file of pg_dump.
enum TarFile {
  /// Where each member's bytes are, by name.
  static func members(of path: String) throws(EngineError) -> [String: Range<Int>] {
    var members: [String: Range<Int>] = [:]
    var position = 0
    let byteCount = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    while position + TarContents.blockByteCount <= byteCount {
      let header = try header(of: path, at: position)
      do {
        guard let member = try TarContents.member(header, at: position) else { return members }
        guard member.range.upperBound <= byteCount else { throw EngineError.cutOff(path) }
        members[member.name] = member.range
        position = TarContents.position(after: member)
      } catch let damage as ArchiveDamage {
        throw .damagedFile(path, because: "at byte \(damage.position): \(damage.reason)")
      } catch let error as EngineError {
        throw error
      } catch {
        throw .damagedFile(path, because: "\(error)")
      }
    }
    // A whole tar file ends with two blocks of zeros.
    throw .cutOff(path)
  }

  private static func header(of path: String, at position: Int) throws(EngineError) -> [UInt8] {
    let file = try FileBytes(path, range: position..<position + TarContents.blockByteCount)
    var header = [UInt8](repeating: 0, count: TarContents.blockByteCount)
    let outcome = header.withUnsafeMutableBytes { bytes -> Result<Int, EngineError> in
      do throws(EngineError) {
        return .success(try file.read(into: bytes))
      } catch {
        return .failure(error)
      }
    }
    _ = try outcome.get()
    return header
  }
}
