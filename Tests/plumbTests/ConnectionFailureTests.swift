import Engines
import Foundation
import Testing
import TestSupport

/// Databases that cannot be reached: the first thing that goes wrong at night.
@Suite struct ConnectionFailureTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// Every command that opens a database, given one.
  static let commands = [
    ["inspect"], ["init"], ["check"], ["backup"], ["drift", "--blueprint", "blueprint"],
  ]

  private func expectEach(_ location: String, _ headline: String, hint: String) throws {
    try workplace.write("blueprint/schema.json", Blueprints.empty)
    for command in Self.commands {
      let words = [command[0], location] + command.dropFirst()
      try workplace.expectFailure(words, headline, hint: hint)
    }
    #expect(!workplace.exists("backups"))
  }

  @Test func `a port nobody listens on is named, with what to check`() throws {
    try expectEach(
      "postgres://shop@127.0.0.1:1/shop", "cannot connect to postgresql://shop@127.0.0.1:1/shop",
      hint: "Check host and port")
  }

  @Test func `a socket folder that is not there is named`() throws {
    try expectEach(
      "host=/nowhere user=shop dbname=shop", "cannot connect to postgresql://shop@/shop?host=/nowhere",
      hint: "Check host and port")
  }

  @Test func `a wrong password is refused without being repeated`() throws {
    let server = try TemporaryPostgres.server()
    let role = try Roles.locked()
    try expectEach(
      "host=\(server.directory) user=\(role) password=\(Secret.password) dbname=postgres",
      "the server refuses to let us in: postgresql://\(role)@/postgres?host=\(server.directory)",
      hint: "~/.pgpass")
  }

  @Test func `a missing password is not asked for where nobody can type it`() throws {
    let server = try TemporaryPostgres.server()
    let role = try Roles.locked()
    try expectEach(
      "host=\(server.directory) user=\(role) dbname=postgres",
      "the server refuses to let us in: postgresql://\(role)@/postgres?host=\(server.directory)",
      hint: "~/.pgpass")
  }

  @Test func `an unknown database is named`() throws {
    let server = try TemporaryPostgres.server()
    try expectEach(
      server.conninfo(database: "nowhere"),
      "there is no such database: postgresql://postgres@/nowhere?host=\(server.directory)&port=5432",
      hint: "psql -l")
  }

  @Test func `an unknown role is named`() throws {
    let server = try TemporaryPostgres.server()
    try expectEach(
      "host=\(server.directory) user=nobody_here dbname=postgres",
      "the server refuses to let us in: postgresql://nobody_here@/postgres?host=\(server.directory)",
      hint: "pg_hba.conf")
  }

  @Test func `a server older than what is read is refused, and which are read is told`() throws {
    let server = try OldServer(version: "13.23 (Debian 13.23-1)", in: workplace.temporary)
    try workplace.write("blueprint/schema.json", Blueprints.empty)
    for command in Self.commands {
      let outcome = try workplace.run([command[0], server.conninfo] + command.dropFirst())
      #expect(outcome.exitCode == 3, "\(outcome)")
      #expect(outcome.headline == "plumb: PostgreSQL 13.23 is older than Plumbline reads")
      #expect(outcome.hints.contains { $0.contains("PostgreSQL 14 and later") }, "\(outcome)")
    }
    #expect(!workplace.exists("backups"))
    withExtendedLifetime(server) {}
  }

  @Test func `a server to restore into, or to read SQL text with, fails in the same words`() throws {
    try workplace.write("schema.sql", "CREATE TABLE t (a integer);")
    try workplace.expectFailure(
      ["init", "schema.sql", "--engine", "postgres", "--scratch", "postgres://127.0.0.1:1/x"],
      "cannot connect to postgresql://127.0.0.1:1/x", hint: "Check host and port")
    #expect(!workplace.exists("plumb.yaml"))
    let database = try Shop(.postgres, in: workplace)
    #expect(try workplace.plumb("backup", database.location).exitCode == 0)
    try workplace.expectFailure(
      ["restore", "latest", "--into", "postgres://127.0.0.1:1/x"],
      "cannot connect to postgresql://127.0.0.1:1/x",
      hint: "Check host and port")
  }

  @Test(arguments: ["backup", "check", "drift", "inspect"])
  func `a location that is nothing gets the list of what a location may be`(command: String) throws {
    let words = command == "drift" ? [command, "nothing", "--blueprint", "nothing"] : [command, "nothing"]
    try workplace.expectFailure(words, "there is nothing at nothing", hint: "postgres://user@host/database")
  }
}
