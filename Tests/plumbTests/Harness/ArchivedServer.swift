import Engines
import Foundation
import Glibc
import Testing
import TestSupport

/// A server whose log pgBackRest archives, with a full and an incremental backup, and folders of pg_basebackup.
///
/// Its databases: `shop`, where everything holds, and `dirty`, where keys are believed to hold that do not. All tests share it
/// and change only copies.
final class ArchivedServer: Sendable {
  /// pgBackRest's configuration file.
  let configuration: String
  let repository: String
  /// A folder of pg_basebackup with plain files.
  let plain: String
  /// The same, packed and compressed.
  let packed: String
  /// A time at which `shop` held 200 customers, between the incremental backup and the restore point `late`.
  let moment: String
  /// The labels of the full and the incremental backup.
  let labels: [String]

  private let scratch: Scratch
  private let server: ThrowawayServer

  static let shared = Result { try ArchivedServer() }

  private init() throws {
    let scratch = try Scratch()
    let folder = try scratch.makeOpenFolder("archived")
    let stanza = BackRestStanza(in: folder)
    let repository = "\(folder)/repo"
    let plain = "\(folder)/plain"
    let packed = "\(folder)/packed"
    var options = ThrowawayServer.Options(memory: .small, usesTemplate: true)
    options.settings = stanza.serverSettings
    let server = try ThrowawayServer(options)
    try stanza.write(repositories: ["repo1-path=\(repository)"], server: server)
    let conninfo = server.conninfo
    try stanza.run("stanza-create")
    try TemporaryPostgres.run("CREATE DATABASE shop;", in: conninfo)
    try TemporaryPostgres.run("CREATE DATABASE dirty;", in: conninfo)
    let shop = server.conninfo(database: "shop")
    try TemporaryPostgres.run(
      Self.tables + "INSERT INTO customer SELECT n, n || '@example.org', n FROM generate_series(1, 100) n;",
      in: shop)
    try TemporaryPostgres.run(Self.tables + Self.dirt, in: server.conninfo(database: "dirty"))
    for (path, form) in [(plain, ["--format=plain"]), (packed, ["--format=tar", "--gzip"])] {
      _ = try Subprocess(
        "\(server.binaries.directory)/pg_basebackup",
        ["--pgdata=\(path)", "--dbname=\(conninfo)", "--checkpoint=fast", "--no-sync"] + form,
        user: .forServers,
        directory: "/"
      ).run()
    }
    try stanza.run("--type=full", "backup")
    try TemporaryPostgres.run(
      """
      INSERT INTO customer SELECT n, n || '@example.org', n FROM generate_series(101, 150) n;
      SELECT pg_create_restore_point('early');
      INSERT INTO customer SELECT n, n || '@example.org', n FROM generate_series(151, 200) n;
      SELECT pg_switch_wal();
      """, in: shop)
    try stanza.run("--type=incr", "backup")
    let moment = try TemporaryPostgres.run("SELECT clock_timestamp();", in: shop).split(separator: "\n").map(
      String.init)[0]
    try TemporaryPostgres.run(
      """
      INSERT INTO customer SELECT n, n || '@example.org', n FROM generate_series(201, 300) n;
      SELECT pg_create_restore_point('late'); SELECT pg_switch_wal();
      """, in: shop)
    let last = try TemporaryPostgres.run("SELECT pg_walfile_name(pg_switch_wal());", in: shop)
    try eventually("the log is archived") {
      let archived = try TemporaryPostgres.run("SELECT last_archived_wal FROM pg_stat_archiver;", in: shop)
      return archived >= last
    }
    labels = try FileManager.default.contentsOfDirectory(atPath: "\(repository)/backup/main")
      .filter { $0.first?.isNumber == true }.sorted()
    self.scratch = scratch
    self.server = server
    configuration = stanza.configuration
    self.repository = repository
    self.plain = plain
    self.packed = packed
    self.moment = moment
  }

  /// A copy of the repository in a workplace, and the configuration file that leads to it.
  func copyOfRepository(in workplace: Workplace) throws -> (repository: String, configuration: String) {
    let copy = workplace.path("repo")
    _ = try Subprocess("cp", ["-a", repository, copy]).run()
    chmod(workplace.folder, 0o755)
    let stanza = BackRestStanza(in: workplace.folder)
    try stanza.write(repositories: ["repo1-path=\(copy)"], server: server)
    return (copy, stanza.configuration)
  }

  /// A copy of a folder of pg_basebackup in a workplace; its path.
  func copy(of folder: String, in workplace: Workplace) throws -> String {
    let copy = workplace.path("base")
    _ = try Subprocess("cp", ["-a", folder, copy]).run()
    return copy
  }

  private static let tables = """
    CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL UNIQUE, credit numeric CHECK (credit >= 0));
    CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer ON DELETE RESTRICT);
    CREATE TABLE line (purchase_id integer REFERENCES purchase ON DELETE CASCADE, position integer,
      PRIMARY KEY (purchase_id, position));
    CREATE TABLE visit (id integer NOT NULL, day date NOT NULL, customer_id integer, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
    CREATE TABLE visit_2020 PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
    CREATE TABLE visit_2021 PARTITION OF visit FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
    ALTER TABLE visit ADD CONSTRAINT visitor FOREIGN KEY (customer_id) REFERENCES customer;

    """

  /// 5 purchases of a customer who is gone, each with 3 lines; 2 visits of theirs; and 10 customers in debt, by a check that was cheated.
  private static let dirt = """
    INSERT INTO customer SELECT n, n || '@example.org', n FROM generate_series(1, 100) n;
    INSERT INTO purchase SELECT n, n % 100 + 1 FROM generate_series(1, 500) n;
    INSERT INTO line SELECT n, p FROM generate_series(1, 500) n, generate_series(1, 3) p;
    INSERT INTO visit SELECT n, date '2020-06-01' + n, n % 100 + 1 FROM generate_series(1, 300) n WHERE n % 100 <> 6 OR n < 200;
    SET session_replication_role = replica;
    DELETE FROM customer WHERE id = 7;
    ALTER TABLE customer DROP CONSTRAINT customer_credit_check;
    UPDATE customer SET credit = -1 WHERE id > 90;
    ALTER TABLE customer ADD CONSTRAINT customer_credit_check CHECK (credit >= 0) NOT VALID;
    UPDATE pg_constraint SET convalidated = true WHERE conname = 'customer_credit_check';

    """
}
