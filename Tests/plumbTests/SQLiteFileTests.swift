import Engines
import Foundation
import Glibc
import Testing

/// Paths that are given for a SQLite database and are none.
@Suite struct SQLiteFileTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write("blueprint/schema.json", Blueprints.empty.replacing("postgresql", with: "sqlite"))
  }

  static let commands = [["inspect"], ["init"], ["check"], ["backup"], ["drift"]]

  private func expectEach(
    _ location: String, _ headline: String, hint: String, as user: SystemUser? = nil
  ) throws {
    for command in Self.commands {
      try workplace.expectFailure(command + [location], headline, hint: hint, as: user)
    }
    #expect(!workplace.exists("plumb.yaml"))
  }

  @Test func `a missing file is named and never made`() throws {
    try expectEach("none.db", "there is no file none.db", hint: "Correct the path")
    #expect(!workplace.exists("none.db"))
  }

  @Test func `a text file is told from a database, and SQL text gets its own advice`() throws {
    try workplace.write("notes.db", "This is what we know about the shop.\n")
    try workplace.write("dump.db", "CREATE TABLE t (a);\n")
    let before = try workplace.read("notes.db")
    try expectEach(
      "notes.db",
      "notes.db is no SQLite database but some other file: its first bytes are not \"SQLite format 3\"",
      hint: "restore it from a backup")
    try expectEach("dump.db", "dump.db is no SQLite database but SQL text", hint: ".sql")
    #expect(try workplace.read("notes.db") == before)
  }

  @Test func `a file of unknown form has to be called what it is`() throws {
    try workplace.write("shop", "whatever")
    try expectEach("shop", "cannot tell what shop is", hint: "sqlite:shop")
  }

  @Test func `a truncated database is damaged, and stays as it is`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    truncate(shop.location, 8192)
    let before = try shop.state()
    try expectEach(
      shop.location, "\(shop.location) is no intact SQLite database: database disk image is malformed",
      hint: ".recover")
    #expect(try shop.state() == before)
  }

  @Test func `damage deep in a file is met when its rows are read, and no backup of it is kept`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    let file = try #require(FileHandle(forUpdatingAtPath: shop.location))
    // The root page of the orders: its first byte says what kind of page it is.
    let page = try #require(
      Int(try shop.run("SELECT rootpage FROM sqlite_schema WHERE name = 'orders'").dropLast()))
    try file.seek(toOffset: UInt64((page - 1) * 4096))
    try file.write(contentsOf: Data([0xFF, 0xFF, 0xFF, 0xFF]))
    try file.close()
    let before = try shop.state()
    try workplace.expectFailure(
      ["backup", shop.location], "backing up sqlite:\(shop.location): database disk image is malformed",
      hint: ".recover")
    try workplace.expectFailure(
      ["check", shop.location], "checking \(shop.location): database disk image is malformed",
      hint: ".recover")
    #expect(try shop.state() == before)
  }

  @Test func `a folder is no database`() throws {
    try workplace.write("shop.db/readme", "")
    try expectEach("sqlite:shop.db", "shop.db is a folder, not a database file", hint: "the file in it")
    for command in [["inspect"], ["init"]] {
      try workplace.expectFailure(
        command + ["shop.db"], "there is no .sql file in shop.db", hint: "folder of SQL files")
    }
    for command in [["check"], ["backup"], ["drift"]] {
      try workplace.expectFailure(
        command + ["shop.db"], "shop.db is no live database", hint: "Name a database")
    }
  }

  @Test func `an empty file is no database to read`() throws {
    try workplace.write("shop.db", "")
    try expectEach("shop.db", "shop.db is empty: 0 bytes", hint: "restore the file from a backup")
  }

  @Test(.enabled(if: SystemUser.isRoot, "only root can run the program as somebody else"))
  func `a file that may not be read is named, and so is a folder that may not be looked into`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    chmod(shop.location, 0o600)
    let before = try shop.state()
    let nobody = SystemUser.forServers
    for command in [["inspect"], ["check"], ["backup"]] {
      try workplace.expectFailure(
        command + ["shop.db"], "may not read shop.db", hint: "Run as a user who may read", as: nobody)
    }
    try workplace.write("private/shop.db", "")
    chmod(workplace.path("private"), 0o700)
    try workplace.expectFailure(
      ["inspect", "private/shop.db"], "may not look into the folders above private/shop.db",
      hint: "Run as a user who may read", as: nobody)
    #expect(try shop.state() == before)
  }

  @Test func `a database that another program has locked is named after five seconds`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    let other = try SQLiteConnection(opening: shop.location, .readWrite)
    try other.execute("BEGIN EXCLUSIVE")
    try workplace.expectFailure(
      ["backup", shop.location], "\(shop.location) is locked: database is locked",
      hint: "Another program holds a lock")
    try other.execute("ROLLBACK")
    #expect(try workplace.plumb("backup", shop.location).exitCode == 0)
  }
}
