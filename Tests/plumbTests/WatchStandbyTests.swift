import Engines
import Foundation
import Glibc
import TestSupport
import Testing

/// `plumb watch` on a hot standby: nothing can be installed or listened to there.
@Suite struct WatchStandbyTests {
  @Test func `a change is found there without event triggers, and with them also who made it`() throws {
    let workplace = try Workplace()
    let servers = try StandbyServer()
    let primary = servers.primary.conninfo
    try workplace.write("blueprint/schema.json", Blueprints.empty)
    try workplace.write("plumb.yaml", "watch:\n  poll: 1s\n")
    let run = try workplace.watch(servers.conninfo, "--blueprint", "blueprint")
    try TemporaryPostgres.run("CREATE TABLE one (i int);", in: primary)
    try run.waitForLine("drift: table public.one is not expected")
    #expect(try workplace.plumb("watch", primary, "--install").exitCode == 0)
    try run.waitForComplaint("now looking every 1s, for a standby cannot be listened on")
    try TemporaryPostgres.run("CREATE TABLE two (i int);", in: primary)
    #expect(try run.waitForLine("public.two").hasSuffix("by postgres with psql: CREATE TABLE two (i int)"))
    #expect(try run.end() == 130)
    let refused = try workplace.plumb("watch", servers.conninfo, "--install")
    #expect(refused.exitCode == 3)
    #expect(refused.headline.hasSuffix("is a standby: nothing can be changed there"))
    #expect(refused.hints.contains { $0.contains("Do it on the primary") })
  }
}
