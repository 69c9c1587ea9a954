import Analysis
import Foundation
import Testing

/// `Documentation/Drawings.md` lists what an informal type stands for.
@Suite struct FamiliesDocumentTests {
  @Test func `every informal word stands in one row of the table`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Documentation/Drawings.md")
    let rows = try String(contentsOf: path.standardizedFileURL, encoding: .utf8).split(separator: "\n").filter
    {
      $0.hasPrefix("| `")
    }
    for word in LooseType.families.keys where !word.contains("(") {
      #expect(rows.filter { $0.contains("`\(word)`") }.count == 1, "\(word)")
    }
  }
}
