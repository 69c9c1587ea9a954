import Foundation
import Testing
import TestSupport

/// The documentation of the facts is made from the facet tables; `make facts` runs this test to write it.
@Suite struct FactsDocumentTests {
  @Test func `the documentation lists every fact of every kind`() throws {
    let path = Repository.path(FactsDocument.path)
    if ProcessInfo.processInfo.environment["PLUMB_GENERATE"] != nil {
      try FactsDocument.text().write(toFile: path, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      lineDifferences(
        from: written.split(separator: "\n").map(String.init),
        to: FactsDocument.text().split(separator: "\n").map(String.init)) == [], "run make facts")
  }
}
