import Foundation
import SchemaModel
import SchemaText
import Testing

/// What pgBackRest and pg_waldump print, read.
struct PgBackRestTextTests {
  private static let info = """
    [{"archive":[{"database":{"id":1,"repo-key":1},"id":"15-1","max":"000000010000000000000006","min":"000000010000000000000001"}],
    "backup":[{"archive":{"start":"000000010000000000000004","stop":"000000010000000000000005"},"backrest":{"format":5,"version":"2.45"},
    "database":{"id":1,"repo-key":1},"error":true,"info":{"delta":844042,"repository":{"delta":93384,"size":3558417},"size":23516963},
    "label":"20261121-202816F_20261121-202820I","lsn":{"start":"0/4000028","stop":"0/5000050"},"prior":"20261121-202816F",
    "reference":["20261121-202816F"],"timestamp":{"start":1795292900,"stop":1795292902},"type":"incr"}],"cipher":"none",
    "db":[{"id":1,"repo-key":1,"system-id":7710724269743265183,"version":"15"}],"name":"main",
    "status":{"code":0,"lock":{"backup":{"held":false}},"message":"ok"}},
    {"backup":[],"db":[],"name":"empty","status":{"code":1,"message":"missing stanza path"}}]
    """

  @Test func `a stanza's backups are read with all that choosing needs`() throws {
    let info = try #require(try PgBackRestInfo.read(Self.info, stanza: "main"))
    let backup = try #require(info.backups.first)
    #expect(backup.kind == .incremental && backup.references == ["20261121-202816F"])
    #expect(backup.start == LogPosition("0/4000028") && backup.stop == LogPosition("0/5000050"))
    #expect(backup.serverMajorVersion == 15 && backup.systemIdentifier == "7710724269743265183")
    #expect(backup.byteCount == 23_516_963 && backup.storedByteCount == 93_384)
    #expect(backup.finishedAt?.timeIntervalSince1970 == 1_795_292_902 && backup.hasPageErrors)
    #expect(info.archiveIDs == [1: "15-1"] && backup.repository == 1)
    #expect(try PgBackRestInfo.read(Self.info, stanza: "empty") == nil)
    #expect(try PgBackRestInfo.read(Self.info, stanza: "other") == nil)
    #expect(throws: DocumentError.self) { try PgBackRestInfo.read("{", stanza: "main") }
  }

  @Test func `an answer that is well says so, and anything else does not`() {
    let well = PgBackRestVerification(
      """
      stanza: main
      status: ok
        archiveId: 15-1, total WAL checked: 6, total valid WAL: 6
          missing: 0, checksum invalid: 0, size invalid: 0, other: 0
        backup: F, status: valid, total files checked: 970, total valid files: 970
          missing: 0, checksum invalid: 0, size invalid: 0, other: 0
      """)
    #expect(well.isWell == true && well.damagedBackups.isEmpty && well.damagedArchives.isEmpty)
    #expect(well.checkedBackups == ["F"])
    #expect(PgBackRestVerification("").isWell == nil)
  }

  @Test func `damage is read by backup and archive`() {
    let damaged = PgBackRestVerification(
      """
      stanza: main
      status: error
        archiveId: 15-1, total WAL checked: 6, total valid WAL: 5
          missing: 0, checksum invalid: 1, size invalid: 0, other: 0
        backup: F, status: invalid, total files checked: 970, total valid files: 969
          missing: 0, checksum invalid: 1, size invalid: 0, other: 0
        backup: G, status: manifest missing, total files checked: 0, total valid files: 0
      """)
    #expect(damaged.isWell == false)
    #expect(
      damaged.damagedBackups == ["F": "checksum invalid: 1", "G": "pgBackRest calls it manifest missing"])
    #expect(damaged.damagedArchives.count == 2)
  }

  @Test func `segments are told from what else lies in an archive`() throws {
    let segments = try PgBackRestListing.segments(
      in: """
        {".":{"type":"path"},"15-1/0000000100000000":{"type":"path"},
        "15-1/0000000100000000/000000010000000000000002-72fa.gz":{"type":"file","size":7,"time":1795292899},
        "15-1/0000000100000000/000000010000000000000002.00000028.backup":{"type":"file","size":371,"time":1}}
        """)
    #expect(segments.keys.map(\.description) == ["000000010000000000000002"])
  }

  @Test func `a restore point is read from the log's dump`() {
    let line =
      "rmgr: XLOG        len (rec/tot):    106/   106, tx:          0, lsn: 0/03022208, prev 0/030221D0, desc: RESTORE_POINT before it"
    #expect(
      RestorePoint(dumpLine: line, timeline: 1)
        == RestorePoint(name: "before it", position: LogPosition(byte: 0x302_2208), timeline: 1))
    #expect(RestorePoint(dumpLine: "rmgr: XLOG lsn: 0/1, desc: SWITCH", timeline: 1) == nil)
  }
}
