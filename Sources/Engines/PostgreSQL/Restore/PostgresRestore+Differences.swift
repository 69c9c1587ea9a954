import SchemaModel
import SchemaText

extension PostgresRestore {
  package func differingRows(of table: Table) throws(EngineError) -> DifferingRows? {
    let entry = contents.entries.first {
      $0.kind == "TABLE DATA" && ObjectName(schema: $0.schema, $0.name) == table.name && loadable($0) != nil
    }
    guard let entry else { return nil }
    let table = asInArchive(table)
    let reader = try Self.reader(of: place, for: purpose, in: rowTimeZone)
    try printedForms.apply(to: reader)
    // Sums of hashes, in buckets, tell where the rows are that differ; only those are then looked at one by one.
    var sums = BucketSums()
    try forEachRow(of: entry) { sums.add(RowHash.hash($0)) }
    try forEachRow(of: table, on: reader) { sums.subtract(RowHash.hash($0)) }
    let buckets = sums.differing
    let looked = Set(buckets.prefix(Self.mostBuckets))
    var rows = RowsInBuckets(looked, key: SampleKey(of: table))
    try forEachRow(of: entry) { rows.add($0, isExpected: true) }
    try forEachRow(of: table, on: reader) { rows.add($0, isExpected: false) }
    return rows.differing(isSample: buckets.count > looked.count)
  }

  /// How many of the 65,536 buckets are looked at: of ten million rows 10,000.
  private static let mostBuckets = 64

  private func forEachRow(
    of entry: ArchiveContents.Entry, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(EngineError) {
    var reader = try archive.rows(of: entry)
    let block = RowBlock()
    while try reader.fill(block) { block.forEachRow(body) }
  }

  private func forEachRow(
    of table: Table, on reader: PostgresConnection, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(EngineError) {
    try reader.copyOut(CopyStatement.reading(table, encoding: contents.foreignEncoding)) { line in
      body(UnsafeRawBufferPointer(rebasing: line.dropLast()))
    }
  }
}

/// Sums of rows' hashes by the last 16 bits of each.
private struct BucketSums {
  private var sums = [UInt128](repeating: 0, count: 1 << 16)

  mutating func add(_ hash: UInt128) { sums[Self.bucket(of: hash)] &+= hash }

  mutating func subtract(_ hash: UInt128) { sums[Self.bucket(of: hash)] &-= hash }

  /// Buckets that do not hold the same rows on both sides.
  var differing: [Int] { sums.indices.filter { sums[$0] != 0 } }

  static func bucket(of hash: UInt128) -> Int { Int(truncatingIfNeeded: hash) & 0xFFFF }
}

/// What people call a row by: its primary key's columns, but those that are sensitive.
private struct SampleKey {
  private let fields: [Int]

  init(of table: Table) {
    let keys = table.primaryKey?.columns ?? []
    let isWithheld = keys.contains { table.column(named: $0)?.sensitivity != nil }
    fields = isWithheld ? [] : keys.compactMap { key in table.storedColumns.firstIndex { $0.name == key } }
  }

  /// The key as `COPY` prints it; `nil` when rows have none that may be shown.
  func value(in row: UnsafeRawBufferPointer) -> String? {
    guard !fields.isEmpty else { return nil }
    let texts = row.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    let key = fields.filter(texts.indices.contains).map { String(decoding: texts[$0], as: UTF8.self) }
    return key.count == 1 ? key[0] : "(\(key.joined(separator: ", ")))"
  }
}

/// The rows of some buckets, those that stand on both sides taken off again.
private struct RowsInBuckets {
  private let buckets: Set<Int>
  private let key: SampleKey
  /// How often each row is expected more than it was found, and what it is called.
  private var rows: [UInt128: (balance: Int, key: String?)] = [:]

  init(_ buckets: Set<Int>, key: SampleKey) {
    self.buckets = buckets
    self.key = key
  }

  mutating func add(_ row: UnsafeRawBufferPointer, isExpected: Bool) {
    let hash = RowHash.hash(row)
    guard buckets.contains(BucketSums.bucket(of: hash)) else { return }
    let known = rows[hash] ?? (0, key.value(in: row))
    rows[hash] = (known.balance + (isExpected ? 1 : -1), known.key)
  }

  func differing(isSample: Bool) -> DifferingRows {
    func keys(_ isOfThem: (Int) -> Bool) -> [String] {
      rows.values.filter { isOfThem($0.balance) }.flatMap { row in
        Array(repeating: row.key ?? "a row without a key that may be shown", count: abs(row.balance))
      }
    }
    let (expected, found) = (keys { $0 > 0 }, keys { $0 < 0 })
    let changed = Set(expected).intersection(found)
    return DifferingRows(
      changed: changed.sorted(), missing: expected.filter { !changed.contains($0) },
      unexpected: found.filter { !changed.contains($0) }, isSample: isSample)
  }
}
