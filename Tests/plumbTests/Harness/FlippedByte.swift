import Foundation

/// Changes the byte in the middle of a file.
func flipByte(of path: String) throws {
  var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
  bytes[bytes.count / 2] ^= 0xFF
  let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  try file.write(contentsOf: bytes)
  try file.close()
}
