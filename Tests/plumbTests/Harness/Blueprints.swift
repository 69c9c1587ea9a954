/// Blueprints as documents, for tests in which they do not matter.
enum Blueprints {
  /// A PostgreSQL database without any table.
  static let empty = """
    {"format": "plumb/schema", "version": 1, "engine": "postgresql", "serverVersion": "15"}
    """
}
