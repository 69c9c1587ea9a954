import FoundationEssentials
import SchemaText
import TestSupport
import Testing

/// The table of contents of real archives, whole and damaged.
@Suite struct ArchiveContentsTests {
  private static let objects = """
    CREATE SCHEMA "Odd ""S"; CREATE EXTENSION citext WITH SCHEMA "Odd ""S";
    CREATE TABLE parent (id integer PRIMARY KEY, name text UNIQUE);
    CREATE TABLE "Odd ""S"."two
    lines" (id integer REFERENCES parent, parent_id integer CONSTRAINT "a b" REFERENCES parent NOT NULL);
    COMMENT ON TABLE parent IS 'x'; COMMENT ON CONSTRAINT parent_pkey ON parent IS 'y';
    CREATE INDEX parent_name ON parent (lower(name)); COMMENT ON INDEX parent_name IS 'z';
    CREATE VIEW v AS SELECT id FROM parent; CREATE MATERIALIZED VIEW m AS SELECT id FROM parent; CREATE INDEX ON m (id);
    CREATE SEQUENCE s; GRANT SELECT ON parent TO PUBLIC; GRANT UPDATE (name) ON parent TO PUBLIC;
    CREATE TRIGGER tr BEFORE UPDATE ON parent FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
    CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
    SELECT lo_create(1); INSERT INTO parent VALUES (1, 'a');
    """

  private static func contents(of sql: String) throws -> (bytes: [UInt8], list: [String], files: Set<String>)
  {
    let scratch = try Scratch()
    let folder = scratch.path("archive")
    try PostgresDump.writeArchive(of: try TemporaryPostgres.makeDatabase(sql), into: folder)
    let toc = try #require(FileManager.default.contents(atPath: folder + "/toc.dat"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    return (Array(toc), try PostgresDump.list(ofArchive: folder), Set(files))
  }

  private static let small = Result {
    try contents(
      of: "CREATE TABLE t (a integer PRIMARY KEY); COMMENT ON TABLE t IS 'x'; INSERT INTO t VALUES (1);"
    ).bytes
  }

  @Test func `entries are those that pg_restore lists`() throws {
    let archive = try Self.contents(of: Self.objects)
    let contents = try ArchiveContents(archive.bytes)
    let lines = contents.entries.flatMap { entry -> [String] in
      func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }
      let line =
        "\(entry.id); \(entry.kind) \(oneLine(entry.schema ?? "-")) \(oneLine(entry.name)) \(entry.owner)"
      let dependencies = entry.dependencies.map { " \($0)" }.joined()
      return [line] + (dependencies.isEmpty ? [] : [";\tdepends on:\(dependencies)"])
    }
    // The numbers of the catalog and the object stand behind the entry's own.
    let listed = archive.list.map { line in
      line.hasPrefix(";") ? line : line.replacing(#/^(\d+;) \d+ \d+/#) { $0.output.1 }
    }
    #expect(lineDifferences(from: listed, to: lines) == [])
    #expect(contents.formatVersion == "1.14")
    #expect(contents.serverVersion.hasPrefix("15."))
    let files = contents.entries.compactMap { entry -> String? in
      guard entry.kind == "TABLE DATA", case .file(let name) = entry.data else { return nil }
      return name
    }
    #expect(files.count == 3)
    #expect(files.allSatisfy { archive.files.contains($0) || archive.files.contains($0 + ".gz") })
  }

  @Test func `comments and grants belong to the part of what they are on`() throws {
    let contents = try ArchiveContents(try Self.contents(of: Self.objects).bytes)
    func parts(_ kind: String, _ name: String) -> [ArchiveContents.Section] {
      contents.entries.filter { $0.kind == kind && $0.name == name }.map(\.part)
    }
    #expect(parts("COMMENT", "TABLE parent") == [.preData])
    #expect(parts("ACL", "TABLE parent") == [.preData])
    #expect(parts("COMMENT", "CONSTRAINT parent_pkey ON parent") == [.postData])
    #expect(parts("COMMENT", "INDEX parent_name") == [.postData])
    #expect(parts("TABLE DATA", "parent") == [.data])
    #expect(contents.entries.allSatisfy { $0.section == .none || $0.section == $0.part })
  }

  @Test func `cut off anywhere it is damaged, and says where`() throws {
    let bytes = try Self.small.get()
    for count in 0..<bytes.count {
      let damage = #expect(throws: ArchiveDamage.self) {
        try ArchiveContents(Array(bytes[..<count]))
      }
      guard let damage, damage.position <= count, !damage.reason.isEmpty else {
        Issue.record("cut off at \(count)")
        return
      }
    }
    #expect(throws: Never.self) { try ArchiveContents(bytes) }
  }

  @Test func `with any byte changed it is read or damaged, and no more memory is taken than there are bytes`()
    throws
  {
    let bytes = try Self.small.get()
    var damaged = 0
    for place in bytes.indices {
      for value in [0, 1, 0x7f, 0xff, bytes[place] ^ 0x80] {
        var altered = bytes
        altered[place] = value
        do throws(ArchiveDamage) {
          let contents = try ArchiveContents(altered)
          #expect(contents.entries.count <= bytes.count)
        } catch {
          damaged += 1
        }
      }
    }
    #expect(damaged > bytes.count / 4)
  }

  @Test func `with several bytes changed at random it is read or damaged`() throws {
    let bytes = try Self.small.get()
    var random = SeededRandom(seed: 7)
    for _ in 0..<3000 {
      var altered = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        altered[Int.random(in: altered.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? ArchiveContents(altered)
    }
  }

  private static let magic = [UInt8]("PGDMP".utf8)

  private static let strangers: [(reason: String, bytes: [UInt8])] = [
    ("it does not begin with PGDMP", []),
    ("it does not begin with PGDMP", [UInt8]("SQLite format 3".utf8)),
    ("it ends too early", magic),
    ("its format is version 1.11; versions 1.12 to 1.16 can be read", magic + [1, 11, 0, 4, 8, 3]),
    ("its format is version 1.17; versions 1.12 to 1.16 can be read", magic + [1, 17, 0, 4, 8, 3]),
    ("it claims integers of 0 bytes", magic + [1, 14, 0, 0, 8, 3]),
    ("it claims integers of 9 bytes", magic + [1, 14, 0, 9, 8, 3]),
  ]

  @Test(arguments: strangers)
  func `what is no archive, or of another version, is told apart`(_ reason: String, _ bytes: [UInt8]) throws {
    let damage = #expect(throws: ArchiveDamage.self) { try ArchiveContents(bytes) }
    #expect(damage?.reason == reason)
  }
}

/// The same numbers for the same seed (SplitMix64).
private struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
