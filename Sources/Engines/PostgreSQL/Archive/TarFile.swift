import SchemaText

/// The members of a tar file of pg_dump.
enum TarFile {
  /// Where each member's bytes are, by name.
  static func members(of path: String) throws(EngineError) -> [String: Range<Int>] {
    var members: [String: Range<Int>] = [:]
    var position = 0
    let byteCount = PostgresArchive.byteCount(ofFile: path)
    while position + TarContents.blockByteCount <= byteCount {
      let range = position..<position + TarContents.blockByteCount
      let header = try FileBytes(path, range: range).prefix(range.count)
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
}
