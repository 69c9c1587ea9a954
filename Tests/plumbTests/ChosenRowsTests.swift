import Foundation
import TestSupport
import Testing

/// Restores of what belongs to some rows, such as one customer's: by the program, in both engines.
@Suite struct ChosenRowsTests {
  /// Beside the shop's customers and orders: what belongs to a customer's rows, what they need, and what neither.
  private static let more = """
    CREATE TABLE company (id integer PRIMARY KEY, name text);
    CREATE TABLE product (id integer PRIMARY KEY, company_id integer REFERENCES company);
    CREATE TABLE line (order_id integer NOT NULL REFERENCES orders, product_id integer NOT NULL REFERENCES product,
      PRIMARY KEY (order_id, product_id));
    CREATE TABLE line_note (order_id integer, product_id integer, text text,
      FOREIGN KEY (order_id, product_id) REFERENCES line);
    CREATE TABLE message (id integer PRIMARY KEY, author integer NOT NULL REFERENCES customers,
      reader integer REFERENCES customers, answers integer REFERENCES message);
    CREATE TABLE review (product_id integer REFERENCES product, stars integer);
    CREATE TABLE note (id integer PRIMARY KEY);
    INSERT INTO company VALUES (1, 'of product 1'), (2, 'of product 2'), (3, 'of product 3');
    INSERT INTO product VALUES (1, 1), (2, 2), (3, 3);
    INSERT INTO line VALUES (3, 3), (4, 1), (4, 2), (24, 2);
    INSERT INTO line_note VALUES (3, 3, 'of another'), (4, 1, 'of the one'), (4, NULL, 'of none');
    INSERT INTO message VALUES (1, 5, 6, NULL), (2, 7, 8, 1), (3, 7, 8, 2), (4, 9, 9, NULL);
    INSERT INTO review VALUES (1, 5);
    INSERT INTO note VALUES (1), (2);
    """

  /// What there is of customer 5: its orders and their lines, its message and what answers that, and whom these need.
  private static let belonging: [(query: String, answer: String)] = [
    ("SELECT id FROM customers ORDER BY id;", "5 6 7 8"),
    ("SELECT id FROM orders ORDER BY id;", "4 24 44 64 84"),
    ("SELECT product_id FROM line ORDER BY order_id, product_id;", "1 2 2"),
    ("SELECT text FROM line_note;", "of the one"),
    ("SELECT id FROM message ORDER BY id;", "1 2 3"),
    ("SELECT id FROM product ORDER BY id;", "1 2"),
    ("SELECT id FROM company ORDER BY id;", "1 2"),
    ("SELECT count(*) FROM review;", "0"),
    ("SELECT count(*) FROM note;", "0"),
  ]

  @Test(arguments: Engine.allCases)
  func `one customer is restored with all that belongs to it and all that this needs`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace, Self.more)
    let destination = try backup.newDestination()
    let choice = "customers where id = 5"
    let plan = try workplace.plumb(
      "restore", "latest", "--into", destination.location, "--plan", "--only", choice)
    let schema = engine == .postgres ? "public." : ""
    #expect(plan.output.contains("all that do not belong to \(schema)customers where id = 5"), "\(plan)")
    let restore = try workplace.plumb("restore", "latest", "--into", destination.location, "--only", choice)
    #expect(restore.exitCode == 0, "\(restore)")
    #expect(
      restore.output.contains(
        "rows that belong to \(schema)customers where id = 5: 2 of 3 of \(schema)company, "),
      "\(restore)")
    for (query, answer) in Self.belonging {
      let found = try destination.run(query).split(separator: "\n").joined(separator: " ")
      #expect(found == answer, "\(query)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `what was left out is told by table, and nothing of it is in the files`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace, Self.more)
    let destination = try backup.newDestination()
    let restore = try workplace.plumb(
      "restore", "latest", "--into", destination.location, "--format", "json",
      "--only", "orders WHERE note = 'order 4' OR id = 24", "--only", "note")
    #expect(restore.exitCode == 0, "\(restore)")
    let document = try restore.document()
    let leftOut = try #require(document["leftOut"] as? [[String: Any]])
    let orders = leftOut.first { ($0["table"] as? [String: Any])?["name"] as? String == "orders" }
    #expect(orders?["rowCount"] as? Int == 98)
    #expect(orders?["keptRowCount"] as? Int == 2)
    #expect(document["restoredRowCount"] as? Int == 2 + 1 + 3 + 1 + 2 + 2 + 2)
    #expect(try destination.run("SELECT count(*) FROM note;") == "2\n")
    if engine == .sqlite {
      let file = try #require(FileManager.default.contents(atPath: destination.location))
      #expect(file.range(of: Data("order 24".utf8)) != nil)
      #expect(file.range(of: Data("order 25".utf8)) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a condition that the database does not understand is refused before a row is loaded`(
    engine: Engine
  ) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: engine, in: workplace, "")
    let destination = try backup.newDestination()
    let schema = engine == .postgres ? "public." : ""
    try workplace.expectFailure(
      ["restore", "latest", "--into", destination.location, "--only", "customers where identity = 5"],
      exit: 3,
      "the condition on \(schema)customers means nothing to the database", hint: "It must be a condition")
    try workplace.expectFailure(
      ["restore", "latest", "--into", destination.location, "--only", "* where id = 5"], exit: 2,
      "a condition is for one table, and \(schema)customers, \(schema)orders fit *", hint: "Write an --only")
    try workplace.expectFailure(
      [
        "restore", "latest", "--into", destination.location, "--only", "customers where id = 5", "--only",
        "orders",
      ], exit: 2,
      "a condition on \(schema)customers says nothing: all of its rows are needed by tables that are restored whole",
      hint: "Leave out the --only without a condition")
    try workplace.expectNothingLeft()
  }
}
