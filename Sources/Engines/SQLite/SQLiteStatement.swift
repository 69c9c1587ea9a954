import CSQLite

/// A prepared statement; finalised when it goes out of scope, whatever happened.
struct SQLiteStatement: ~Copyable {
  private let connection: SQLiteConnection
  private let handle: OpaquePointer

  /// - Parameter handle: from `sqlite3_prepare_v2`, owned from here on.
  init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; `false` when there is none.
  borrowing func step() throws(EngineError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw connection.lastError()
    }
  }

  /// `sqlite3_stmt_readonly`.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

  var columnCount: Int32 { sqlite3_column_count(handle) }

  /// The value as text, with what is no UTF-8 repaired; `nil` for NULL.
  borrowing func text(_ column: Int32) -> String? {
    guard let text = sqlite3_column_text(handle, column) else { return nil }
    let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value for people: as ``text(_:)``, but a BLOB as a hexadecimal literal.
  borrowing func display(_ column: Int32) -> String? {
    guard case .blob(let bytes) = value(column) else { return text(column) }
    return "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
  }

  borrowing func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  borrowing func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  /// The value with its storage class; its bytes live until the next step.
  borrowing func value(_ column: Int32) -> SQLiteValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT: .text(bytes(column))
    case SQLITE_BLOB: .blob(bytes(column))
    default: .null
    }
  }

  private borrowing func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    // In this order the length call turns UTF-16 into UTF-8 first, and UTF-8 is neither copied nor touched.
    let count = Int(sqlite3_column_bytes(handle, column))
    return UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count)
  }
}

/// A value of a row, by the storage class in which it lies in the file.
enum SQLiteValue {
  case null
  case integer(Int64)
  case real(Double)
  /// UTF-8, or whatever bytes were stored as text in a UTF-8 database.
  case text(UnsafeRawBufferPointer)
  case blob(UnsafeRawBufferPointer)
}
