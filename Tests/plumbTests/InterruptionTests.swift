import Engines
import Foundation
import Glibc
import Testing
import TestSupport

extension HeldUp {
  /// Ctrl-C, at many moments: exit code 130, nothing left, and the next run works.
  @Suite struct InterruptionTests {
    let workplace: Workplace

    init() throws { workplace = try Workplace() }

    private func expectInterrupted(
      _ run: BackgroundRun, by signal: Int32 = SIGINT, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      run.signal(signal)
      let outcome = try run.wait()
      workplace.expectDiscretion(outcome, sourceLocation: sourceLocation)
      #expect(outcome.exitCode == 130, "\(outcome)", sourceLocation: sourceLocation)
      #expect(
        outcome.complaints == ["plumb: interrupted; nothing half-done was left behind"],
        sourceLocation: sourceLocation)
      #expect(outcome.output == "", sourceLocation: sourceLocation)
      try workplace.expectNothingLeft(sourceLocation: sourceLocation)
    }

    @Test(arguments: SleepyBackup.Moment.allCases)
    func `a drill on PostgreSQL ends and takes its server with it`(moment: SleepyBackup.Moment) throws {
      let sleepy = try SleepyBackup(in: workplace)
      let source = try sleepy.backup.shop.state()
      try sleepy.rest(at: moment)
      let run = try workplace.start("drill")
      try eventually("the drill is at \(moment)") { try StagingServer(in: workplace)?.isAsleep ?? false }
      try expectInterrupted(run)
      #expect(!workplace.exists(".plumb"))
      #expect(try sleepy.backup.shop.state() == source)
    }

    @Test func `a drill whose server is only being made ends too, and the next one works`() throws {
      _ = try SleepyBackup(in: workplace)
      let run = try workplace.start("drill")
      try eventually("the server is being made") {
        try FileManager.default.contentsOfDirectory(atPath: workplace.temporary) != []
      }
      try expectInterrupted(run)
      #expect(try workplace.plumb("drill").exitCode == 0)
    }

    @Test func `a drill that counts what only the blueprint demands ends too`() throws {
      let sleepy = try SleepyBackup(in: workplace)
      // A demand that the restored database does not make is counted on its rows.
      let shop = try Shop(
        .postgres, in: workplace,
        """
        CREATE FUNCTION drowsy(moment text, id integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
        ALTER TABLE orders ADD CONSTRAINT more CHECK (public.drowsy('restoringTheRest', id + 0));
        """)
      try workplace.write(
        "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
      let run = try workplace.start("drill")
      // Not before that view has been filled.
      try eventually("the blueprint is compared") {
        guard let staging = try StagingServer(in: workplace) else { return false }
        if staging.holds("sleepers", in: sleepy.backup.shop.name) { try sleepy.rest(at: .restoringTheRest) }
        return staging.isAsleep
      }
      try expectInterrupted(run)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a backup of PostgreSQL ends with its sessions`(signal: Int32) throws {
      let shop = try Shop(.postgres, in: workplace)
      let before = try shop.state()
      let lock = try HeldLock(on: "orders", of: shop)
      let run = try workplace.start("backup", shop.location)
      try lock.waitForWaiter()
      try expectInterrupted(run, by: signal)
      #expect(try workplace.stored() == [])
      try shop.waitUntilDeserted()
      try lock.release()
      #expect(try shop.state() == before)
      #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
    }

    @Test func `a count of check ends on the server too`() throws {
      let sleepy = try SleepyBackup(in: workplace)
      let shop = sleepy.backup.shop
      try sleepy.rest(at: .loading)
      let run = try workplace.start("check", shop.location)
      try eventually("check counts") { SleepyBackup.isAsleep(in: shop.location, database: shop.name) }
      try expectInterrupted(run)
      try shop.waitUntilDeserted()
      SleepyBackup.wake()
      #expect(try workplace.plumb("check", shop.location).exitCode == 0)
    }

    @Test func `a count that takes too long is told apart from one that found nothing`() throws {
      let sleepy = try SleepyBackup(in: workplace)
      let shop = sleepy.backup.shop
      try sleepy.rest(at: .loading)
      let check = try workplace.plumb("check", shop.location, "--timeout", "1")
      #expect(check.exitCode == 3)
      #expect(check.output.hasPrefix("COULD NOT TELL: 1 constraint of "), "\(check)")
      #expect(
        check.output.contains(
          "check constraint wakeful of public.orders: a statement took longer than it may"))
      #expect(check.hints.contains { $0.contains("--timeout") })
      let document = try workplace.plumb("check", shop.location, "--timeout", "1", "--format", "json")
        .document()
      let unchecked = try #require(document["unchecked"] as? [[String: Any]])
      #expect(unchecked.map { $0["name"] as? String } == ["wakeful"])
      try shop.waitUntilDeserted()
    }

    @Test(arguments: [SIGHUP, SIGKILL], SleepyBackup.Moment.allCases)
    func `a restore into a new database that is interrupted goes on in the next run`(
      signal: Int32, moment: SleepyBackup.Moment
    ) throws {
      let sleepy = try SleepyBackup(in: workplace)
      let backup = sleepy.backup
      try sleepy.rest(at: moment)
      let destination = try backup.newDestination()
      let run = try workplace.start("restore", "latest", "--into", destination.location)
      try eventually("the restore is at \(moment)") {
        SleepyBackup.isAsleep(in: backup.shop.location, database: destination.name)
      }
      run.signal(signal)
      let outcome = try run.wait()
      if signal == SIGHUP {
        #expect(outcome.exitCode == 130)
        #expect(
          outcome.headline == "plumb: interrupted; the database \(destination.name) is left incomplete",
          "\(outcome)")
        #expect(
          outcome.hints == [
            "Run the same command again to go on from here, or with '--confirm \(destination.name)' to start over."
          ])
      }
      SleepyBackup.wake()
      let second = try workplace.plumb("restore", "latest", "--into", destination.location)
      #expect(second.exitCode == 0, "\(second)")
      #expect(
        second.complaints.first?.hasPrefix("going on with the interrupted restore into '\(destination.name)'")
          == true,
        "\(second)")
      #expect(try destination.rows() == backup.shop.rows())
      #expect(try workplace.plumb("diff", backup.shop.location, destination.location).exitCode == 0)
    }

    @Test func `a restore over a database says that it is incomplete, and can be repeated`() throws {
      let sleepy = try SleepyBackup(in: workplace)
      let backup = sleepy.backup
      let occupied = try Shop(.postgres, in: workplace)
      try sleepy.rest(at: .indexing)
      let words = ["restore", "latest", "--into", occupied.location, "--confirm", occupied.name]
      let run = try workplace.start(words[0], words[1], words[2], words[3], words[4], words[5])
      try eventually("the restore builds indexes") {
        SleepyBackup.isAsleep(in: backup.shop.location, database: occupied.name)
      }
      run.signal(SIGINT)
      let outcome = try run.wait()
      #expect(outcome.exitCode == 130)
      #expect(
        outcome.headline == "plumb: interrupted; the database \(occupied.name) is left incomplete",
        "\(outcome)")
      #expect(
        outcome.hints == [
          "Run the same command again to go on from here, or with '--confirm \(occupied.name)' to start over."
        ])
      try workplace.expectNothingLeft()
      SleepyBackup.wake()
      #expect(try workplace.run(words).exitCode == 0)
      #expect(try occupied.rows() == backup.shop.rows())
    }

    @Test func `reading SQL text ends with the throw-away server that reads it`() throws {
      try workplace.write("schema.sql", "CREATE TABLE t (a integer); SELECT pg_sleep(600);")
      let run = try workplace.start("init", "schema.sql", "--engine", "postgres")
      try eventually("the text is read") { try StagingServer(in: workplace)?.isAsleep ?? false }
      try expectInterrupted(run)
      #expect(!workplace.exists("blueprint") && !workplace.exists("plumb.yaml"))
      try workplace.write("schema.sql", "CREATE TABLE t (a integer);")
      #expect(try workplace.plumb("init", "schema.sql", "--engine", "postgres").exitCode == 0)
      try workplace.expectNothingLeft()
    }

    @Test func `reading SQL text on a server of the user's drops the database made for it`() throws {
      let server = try ThrowawayServer(ThrowawayServer.Options(memory: .small, usesTemplate: true))
      try workplace.write("schema.sql", "CREATE TABLE t (a integer); SELECT pg_sleep(600);")
      let run = try workplace.start(
        "init", "schema.sql", "--engine", "postgres", "--scratch", server.conninfo)
      try eventually("the text is read") { SleepyBackup.isAsleep(in: server.conninfo, database: "plumb%") }
      try expectInterrupted(run)
      let databases = try TemporaryPostgres.run(
        "SELECT datname FROM pg_database WHERE datname NOT LIKE 'template%'", in: server.conninfo)
      #expect(databases == "postgres\n")
    }

    /// Checks that take long for each row, and let an interruption in between two.
    static let slowChecks = """
      PRAGMA ignore_check_constraints = ON;
      CREATE TABLE slow (
        id INTEGER PRIMARY KEY, CHECK (length(replace(hex(zeroblob(1000000 + id)), '00', 'a')) > id));
      WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 5000) INSERT INTO slow SELECT n FROM s;
      """

    @Test func `check, drill and restore of SQLite end in the middle of a statement`() throws {
      let backup = try TakenBackup(of: .sqlite, in: workplace, Self.slowChecks)
      let before = try backup.shop.state()

      let check = try workplace.start("check", backup.shop.location)
      try eventually("check has the database open") { try Self.hasOpen(backup.shop.location, check) }
      try expectInterrupted(check)

      let drill = try workplace.start("drill")
      try eventually("the drill has a copy") {
        let names = try FileManager.default.subpathsOfDirectory(atPath: workplace.temporary)
        return names.contains { $0.hasSuffix("/shop.db") }
      }
      try expectInterrupted(drill)
      #expect(!workplace.exists(".plumb"))

      let restore = try workplace.start("restore", "latest", "--into", "shop.db", "--confirm", "shop.db")
      try eventually("the restore has a copy") { workplace.exists("shop.db.restoring") }
      try expectInterrupted(restore)
      #expect(try backup.shop.state() == before)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: workplace.folder).sorted() == [
          "backups", "shop.db",
        ])
    }

    @Test func `a backup of SQLite ends without a trace`() throws {
      let shop = try Shop(
        .sqlite, in: workplace,
        """
        CREATE TABLE many (id INTEGER PRIMARY KEY, a, b, c);
        WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 500000)
        INSERT INTO many SELECT n, n, n, n FROM s;
        """)
      let before = try shop.state()
      let run = try workplace.start("backup", shop.location)
      try eventually("the backup has begun") { try workplace.stored() != [] }
      try expectInterrupted(run)
      #expect(try workplace.stored() == [])
      #expect(try shop.state() == before)
    }

    private static func hasOpen(_ path: String, _ run: BackgroundRun) throws -> Bool {
      let folder = "/proc/\(run.processIdentifier)/fd"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.contains {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
      }
    }
  }
}
