import Engines
import Foundation
import Glibc
import Testing
import TestSupport

extension HeldUp {
  /// Servers that go away while the program works with them.
  @Suite struct DyingServerTests {
    let workplace: Workplace

    init() throws { workplace = try Workplace() }

    /// A server of the test's own, to be killed, and the place of a database in it.
    private func doomedServer(_ more: String = "") throws -> (ThrowawayServer, place: String) {
      let server = try ThrowawayServer(ThrowawayServer.Options(memory: .small, usesTemplate: true))
      try TemporaryPostgres.run(
        """
        CREATE TABLE customers (id integer PRIMARY KEY);
        CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers);
        """ + more, in: server.conninfo)
      return (server, server.conninfo)
    }

    @Test(arguments: [("backup", 1), ("check", 2)])
    func `a source that dies in the middle is named, and no half backup is kept`(
      command: String, connectionCount: Int
    ) throws {
      let (server, place) = try doomedServer()
      let session = try PostgresConnection(PostgresConnectionString(place), for: .staging)
      try session.execute(
        "BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE".replacing("orders", with: "public.orders"))
      let run = try workplace.start(command, place)
      try eventually("the program waits for the lock") {
        try session.rows("SELECT 1 FROM pg_locks WHERE NOT granted") != []
      }
      // What a server says to a connection that is just being made, libpq prints before anybody can ask it not to.
      try eventually("each of its connections has asked something") {
        // Within a transaction the server shows what it has shown before.
        _ = try session.rows("SELECT pg_stat_clear_snapshot()")
        return try session.rows(
          """
          SELECT 1 FROM pg_stat_activity
          WHERE application_name = 'plumb' AND query <> '' AND pid <> pg_backend_pid()
          """
        ).count == connectionCount
      }
      server.crash()
      let outcome = try run.wait()
      workplace.expectDiscretion(outcome)
      #expect(outcome.exitCode == 3)
      #expect(outcome.headline == "plumb: the connection to \(session.displayName) was lost", "\(outcome)")
      #expect(outcome.hints == ["Look into the server's log for the reason, and run it again."])
      #expect(try workplace.stored() == [])
      try workplace.expectNothingLeft()
    }

    @Test(arguments: [SleepyBackup.Moment.loading, .restoringTheRest])
    func `a staging server that dies says nothing of the backup`(moment: SleepyBackup.Moment) throws {
      let sleepy = try SleepyBackup(in: workplace)
      let source = try sleepy.backup.shop.state()
      try sleepy.rest(at: moment)
      let run = try workplace.start("drill")
      var staging: StagingServer?
      try eventually("the drill is at \(moment)") {
        staging = try StagingServer(in: workplace)
        return staging?.isAsleep ?? false
      }
      try staging?.crash()
      let outcome = try run.wait()
      workplace.expectDiscretion(outcome)
      #expect(outcome.exitCode == 3)
      #expect(outcome.headline.hasPrefix("plumb: the drill could not be done: "), "\(outcome)")
      #expect(outcome.headline.hasSuffix(" was lost"), "\(outcome)")
      #expect(outcome.errors.contains("this says nothing of the backup"))
      #expect(outcome.hints != [])
      #expect(!workplace.exists(".plumb"))
      #expect(try sleepy.backup.shop.state() == source)
      try workplace.expectNothingLeft()
    }

    @Test func `a server that dies under a restore leaves a message that says what is there now`() throws {
      let sleepy = try SleepyBackup(in: workplace)
      let (server, place) = try doomedServer()
      try sleepy.rest(at: .indexing)
      let run = try workplace.start("restore", "latest", "--into", place, "--confirm", "postgres")
      try eventually("the restore builds indexes") { SleepyBackup.isAsleep(in: place) }
      server.crash()
      let outcome = try run.wait()
      workplace.expectDiscretion(outcome)
      #expect(outcome.exitCode == 3)
      #expect(outcome.headline.hasSuffix(" was lost"), "\(outcome)")
      #expect(outcome.errors.contains("the database postgres is left incomplete"), "\(outcome)")
      #expect(outcome.hints.contains { $0.contains("--confirm postgres") }, "\(outcome)")
      try workplace.expectNothingLeft()
    }

    @Test(arguments: SleepyBackup.Moment.allCases)
    func `a restore whose server died goes on when the server is back`(moment: SleepyBackup.Moment) throws {
      let sleepy = try SleepyBackup(in: workplace)
      let (server, place) = try doomedServer()
      try sleepy.rest(at: moment)
      let run = try workplace.start(
        "restore", "latest", "--into", server.conninfo(database: "again"), "--no-owner")
      try eventually("the restore is at \(moment)") { SleepyBackup.isAsleep(in: place) }
      server.crash()
      let outcome = try run.wait()
      #expect(outcome.exitCode == 3)
      #expect(outcome.errors.contains("the database again is left incomplete"), "\(outcome)")
      SleepyBackup.wake()

      let revived = try Self.revive(server)
      let again = revived.conninfo(database: "again")
      let second = try workplace.plumb("restore", "latest", "--into", again, "--no-owner")
      #expect(second.exitCode == 0, "\(second)")
      #expect(
        second.complaints.first?.hasPrefix("going on with the interrupted restore into 'again'") == true,
        "\(second)")
      let census =
        "SELECT (SELECT count(*) FROM public.orders), (SELECT sum(id) FROM public.customers), (SELECT count(*) FROM public.sleepers)"
      #expect(
        try TemporaryPostgres.run(census, in: again)
          == TemporaryPostgres.run(census, in: sleepy.backup.shop.location))
    }

    /// A server with the files that a crashed one left.
    private static func revive(_ crashed: ThrowawayServer) throws -> ThrowawayServer {
      try ThrowawayServer(ThrowawayServer.Options(origin: .files, memory: .small)) { home, user in
        _ = try Subprocess("/bin/cp", ["-a", "\(crashed.directory)/data", "\(home)/data"]).run()
        for (name, text) in [
          ("postgresql.conf", ""), ("pg_hba.conf", "local all all trust\n"), ("pg_ident.conf", ""),
        ] {
          try Data(text.utf8).write(to: URL(fileURLWithPath: "\(home)/\(name)"))
          chown("\(home)/\(name)", user.userID, user.groupID)
        }
      }
    }
  }
}
