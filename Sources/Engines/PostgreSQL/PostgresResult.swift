import CPostgres
import SchemaModel

/// A query's result, owned: `PQclear` runs exactly once, when the last reference goes.
///
/// Values are text (`PQexec`), read by position; a reader of a catalog names its columns beside the query.
///
/// libpq never changes a result once it has handed it out, so threads may share it.
final class PostgresResult: @unchecked Sendable {
  private let result: OpaquePointer

  init(owning result: OpaquePointer) { self.result = result }

  deinit { PQclear(result) }

  var status: ExecStatusType { PQresultStatus(result) }
  var rowCount: Int { Int(PQntuples(result)) }
  var columnCount: Int { Int(PQnfields(result)) }

  /// Rows changed by the statement, from `PQcmdTuples`; 0 for statements that change none.
  var changedRowCount: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// The value as text; `nil` for NULL.
  func text(_ row: Int, _ column: Int) -> String? {
    guard PQgetisnull(result, Int32(row), Int32(column)) == 0 else { return nil }
    return PQgetvalue(result, Int32(row), Int32(column)).map { String(cString: $0) }
  }

  /// A field of the server's error report; `nil` when the server sent none.
  func errorField(_ code: Int32) -> String? {
    PQresultErrorField(result, code).map { String(cString: $0) }
  }

  /// The rows, one value after the other as a reader wants them.
  var rows: Rows { Rows(result: self, endIndex: rowCount) }

  /// The bytes of a value; empty for NULL.
  ///
  /// - Parameter read: is given bytes that live no longer than the call.
  fileprivate func withBytes<Value>(
    _ row: Int, _ column: Int, _ read: (UnsafeRawBufferPointer) -> Value
  ) -> Value {
    // For NULL libpq has an empty text too.
    read(
      UnsafeRawBufferPointer(
        start: PQgetvalue(result, Int32(row), Int32(column)),
        count: Int(PQgetlength(result, Int32(row), Int32(column)))))
  }

  /// The rows of a result; none is copied before it is asked for.
  struct Rows: RandomAccessCollection {
    fileprivate let result: PostgresResult
    let startIndex = 0
    let endIndex: Int

    fileprivate init(result: PostgresResult, endIndex: Int) {
      self.result = result
      self.endIndex = endIndex
    }

    subscript(_ index: Int) -> Row { Row(result: result, index: index) }
  }

  /// One row; values are asked for by position.
  struct Row {
    fileprivate let result: PostgresResult
    fileprivate let index: Int

    /// The text, or the empty text for NULL: for columns the catalog declares NOT NULL.
    func text(_ column: Int) -> String { result.text(index, column) ?? "" }
    /// The text, or `nil` for NULL.
    func optional(_ column: Int) -> String? { result.text(index, column) }
    /// An expression or query the server printed, in its settled form; `nil` for NULL.
    func expression(_ column: Int) -> String? { result.text(index, column).map(SettledText.of) }
    /// `t` or `f`.
    func flag(_ column: Int) -> Bool { result.withBytes(index, column) { $0.first == UInt8(ascii: "t") } }
    /// The one letter by which catalogs tell kinds; `nil` for NULL and for the zero byte that means "none".
    func letter(_ column: Int) -> UInt8? { result.withBytes(index, column, \.first) }
    /// A whole number; 0 for NULL.
    func number(_ column: Int) -> Int {
      result.withBytes(index, column) { Self.number($0[...]) }
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int {
      let isNegative = digits.first == UInt8(ascii: "-")
      let size = digits.dropFirst(isNegative ? 1 : 0).reduce(0) { $0 &* 10 &- Int($1 &- UInt8(ascii: "0")) }
      return isNegative ? size : 0 &- size
    }
    /// The bytes as the server sent them; empty for NULL.
    func bytes(_ column: Int) -> [UInt8] { result.withBytes(index, column) { Array($0) } }
    /// Whole numbers of an array (`{1,2}`) or a vector (`1 2`).
    func numbers(_ column: Int) -> [Int] {
      result.withBytes(index, column) { bytes in
        bytes.split {
          $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{")
            || $0 == UInt8(ascii: "}")
        }
        .map(Self.number)
      }
    }
    /// Texts joined by the query with ``PostgresResult/separator``; empty for NULL.
    func list(_ column: Int) -> [String] {
      guard let text = result.text(index, column) else { return [] }
      return text.split(separator: PostgresResult.separator, omittingEmptySubsequences: false).map(
        String.init)
    }
    /// The comment, when there is one.
    func comment(_ column: Int) -> Comment? { result.text(index, column).map { Comment($0) } }
  }

  /// What queries put between the texts of a list: a character no name or expression holds.
  static let separator: Character = "\u{1}"
}
