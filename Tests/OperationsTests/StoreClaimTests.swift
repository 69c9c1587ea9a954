import Foundation
import Testing

@testable import Operations

/// Notes that runs leave in object storage.
@Suite struct StoreClaimTests {
  let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test func `a run on this machine is believed for as long as its process lives`() {
    var claim = StoreClaim(on: "shop", at: now)
    #expect(!claim.isStale(at: now.addingTimeInterval(86_400)))
    // The number was given to another process since.
    claim.processBegan = "1"
    #expect(claim.isStale(at: now))
    claim = StoreClaim(on: "shop", at: now)
    claim.process = 4_194_305
    #expect(claim.isStale(at: now))
  }

  @Test func `a run elsewhere is believed for six hours after it last renewed its note`() {
    var claim = StoreClaim(on: "shop", at: now)
    claim.system = "another machine"
    claim.process = 4_194_305
    #expect(!claim.isStale(at: now.addingTimeInterval(6 * 3600)))
    #expect(claim.isStale(at: now.addingTimeInterval(6 * 3600 + 1)))
  }
}
