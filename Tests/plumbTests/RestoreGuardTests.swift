import Engines
import Foundation
import Glibc
import Testing

/// What a restore refuses to overwrite, and what it leaves behind when it fails.
@Suite struct RestoreGuardTests {
  @Test(arguments: Engine.allCases)
  func `nothing that holds anything is replaced unless its name is confirmed`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    let other = try Workplace()
    let occupied = try Shop(engine, in: other, "INSERT INTO customers VALUES (99, 'the only copy', NULL);")
    let before = try occupied.state()
    let objects = engine == .postgres ? "6 objects" : "4 objects"
    let act = "replace \(objects) of '\(occupied.name)' with backup \(backup.id)"

    try workplace.expectFailure(
      ["restore", "latest", "--into", occupied.location], exit: 2,
      "this would \(act), and nobody is at the terminal to confirm it",
      hint: "Add '--confirm \(occupied.name)'")
    try workplace.expectFailure(
      ["restore", "latest", "--into", occupied.location, "--confirm", "shop"], exit: 2,
      "--confirm names 'shop', but this would \(act)", hint: "nothing was changed")
    #expect(try occupied.state() == before)

    let restore = try workplace.plumb(
      "restore", "latest", "--into", occupied.location, "--confirm", occupied.name)
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(restore.headline.hasPrefix("RESTORED \(backup.id) into "), "\(restore)")
    #expect(try occupied.rows() == backup.shop.rows())
    try workplace.expectNothingLeft()
  }

  @Test(arguments: Engine.allCases)
  func `the backup's own source is guarded like any other, and can be put back as it was`(
    engine: Engine
  ) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace, "-- its own\n")
    let rows = try backup.shop.rows()
    try backup.shop.run("DELETE FROM orders WHERE id > 10;")
    let before = try backup.shop.state()
    let refused = try workplace.plumb("restore", "latest", "--into", backup.shop.location)
    #expect(refused.exitCode == 2)
    #expect(try backup.shop.state() == before)
    let restore = try workplace.plumb(
      "restore", "latest", "--into", backup.shop.location, "--confirm", backup.shop.name)
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(try backup.shop.rows() == rows)
  }

  @Test(arguments: Engine.allCases)
  func `a new database is made, and its rows are those of the source`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace)
    let before = try backup.shop.state()
    let destination = try backup.newDestination()
    let restore = try workplace.plumb("restore", "latest", "--into", destination.location)
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(try destination.rows() == backup.shop.rows())
    #expect(try backup.shop.state() == before)
    try workplace.expectNothingLeft()
  }

  @Test func `on a terminal the name is asked for, and typing another changes nothing`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace, "-- its own\n")
    let before = try backup.shop.state()
    for (typed, code) in [("yes\n", Int32(2)), ("shop.db\n", 0)] {
      let terminal = try PseudoTerminal()
      let run = try workplace.start("restore", "latest", "--into", "shop.db", terminal: terminal)
      var shown = ""
      try eventually("the question is asked") {
        shown += terminal.read()
        return shown.contains("Type 'shop.db' to go ahead: ")
      }
      #expect(try backup.shop.state() == before)
      terminal.type(typed)
      #expect(try run.wait().exitCode == code)
    }
  }

  @Test func `Ctrl-C at the question ends the program at once and changes nothing`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace, "-- its own\n")
    let before = try backup.shop.state()
    let terminal = try PseudoTerminal()
    let run = try workplace.start("restore", "latest", "--into", "shop.db", terminal: terminal)
    var shown = ""
    try eventually("the question is asked") {
      shown += terminal.read()
      return shown.contains("go ahead: ")
    }
    run.signal(SIGINT)
    #expect(try run.wait().exitCode == 130)
    #expect(try backup.shop.state() == before)
  }

  @Test func `an archive is never restored over itself`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    let archive = "\(backup.folder)/archive.db"
    try workplace.expectFailure(
      ["restore", "latest", "--into", archive, "--confirm", "archive.db"],
      "\(archive) is the backup's own archive", hint: "Restore into another file")
    #expect(try workplace.plumb("drill").exitCode == 0)
  }

  @Test func `a database file beyond reading can be replaced, once that is confirmed`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    try workplace.write("shop.db", "what is left of a database after a disk went bad")
    try workplace.expectFailure(
      ["restore", "latest", "--into", "shop.db"], exit: 2,
      "this would replace the file 'shop.db', which is no readable database, with backup \(backup.id), "
        + "and nobody is at the terminal to confirm it", hint: "Add '--confirm shop.db'")
    #expect(try workplace.read("shop.db").hasPrefix("what is left"))
    #expect(
      try workplace.plumb("restore", "latest", "--into", "shop.db", "--confirm", "shop.db").exitCode == 0)
    #expect(try workplace.plumb("check", "shop.db").exitCode == 0)
  }

  @Test func `a replaced file keeps its rights, and a link stays a link`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace, "-- its own\n")
    chmod(backup.shop.location, 0o664)
    let link = workplace.path("current.db")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "shop.db")
    #expect(try workplace.plumb("restore", "latest", "--into", link, "--confirm", "current.db").exitCode == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "shop.db")
    var status = stat()
    stat(backup.shop.location, &status)
    #expect(status.st_mode & 0o777 == 0o664)
  }

  @Test func `a file that is no backup says what it is instead`() throws {
    let workplace = try Workplace()
    for (bytes, headline, hint) in [
      (Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1, 2]), "plumb: dump is packed with xz", "xz -dk"),
      (Data(), "plumb: the file dump is empty", "failed"),
      (Data("hello".utf8), "plumb: dump is no backup that can be read", ".sql"),
    ] {
      try bytes.write(to: URL(fileURLWithPath: workplace.path("dump")))
      let outcome = try workplace.plumb("restore", "dump", "--into", "new.db")
      #expect(outcome.exitCode == 3, "\(outcome)")
      #expect(outcome.headline == headline && outcome.hints.contains { $0.contains(hint) }, "\(outcome)")
    }
    #expect(!workplace.exists("new.db"))
  }

  @Test func `places that cannot be restored into are named`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    let database = try Shop(.postgres, in: workplace)
    try workplace.expectFailure(
      ["restore", "latest"], exit: 2, "nothing says where to restore", hint: "Add --into LOCATION")
    try workplace.expectFailure(
      ["restore", "latest", "--into", "no/shop.db"], "there is no folder no", hint: "make the folder first")
    try workplace.expectFailure(
      ["restore", "latest", "--into", "sqlite:backups"], "backups is a folder, not a database file",
      hint: "the file in it")
    try workplace.expectFailure(
      ["restore", "latest", "--into", database.location],
      "a backup of SQLite cannot be restored into \(database.displayName)", hint: "same engine")
    try workplace.expectFailure(
      ["restore", "monday", "--into", "new.db"], "there is no backup 'monday'", hint: "plumb backups backups")
    #expect(try workplace.stored() == [backup.id])
  }

  @Test func `a role that may not make or empty the database is told so, and nothing has changed`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .postgres, in: workplace)
    let role = try Roles.poor()
    let before = try backup.shop.state()
    let destination = try backup.newDestination()
    func asPoor(_ location: String) -> String { location.replacing("user=postgres", with: "user=\(role)") }
    try workplace.expectFailure(
      ["restore", "latest", "--into", asPoor(destination.location)], "permission denied to create database",
      hint: "Connect as a role that may do this")
    #expect(try !destination.exists())
    let outcome = try workplace.plumb(
      "restore", "latest", "--into", asPoor(backup.shop.location), "--confirm", backup.shop.name)
    #expect(outcome.exitCode == 3)
    #expect(outcome.headline == "plumb: must be owner of schema public", "\(outcome)")
    #expect(outcome.hints == ["Connect as a role that may do this, such as the owner or a superuser."])
    #expect(try backup.shop.state() == before)
  }

  @Test func `roles that the server lacks are named before anything is made`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .postgres, in: workplace)
    try backup.editManifest { $0["roles"] = ["postgres", "left_the_company"] }
    let destination = try backup.newDestination()
    try workplace.expectFailure(
      ["restore", "latest", "--into", destination.location],
      "the server lacks roles the backup names: left_the_company", hint: "--no-owner")
    #expect(try !destination.exists())
    #expect(
      try workplace.plumb("restore", "latest", "--into", destination.location, "--no-owner").exitCode == 0)
    #expect(try workplace.plumb("drill").exitCode == 0, "a drill makes the roles on its own server")
  }
}
