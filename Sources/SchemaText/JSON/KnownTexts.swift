import SchemaModel

/// What the texts of a document were read as, for those that stand in it again and again.
///
/// Half of a large document are columns that other tables have alike. To find one here takes a tenth of the time to read it, and
/// all tables share its values.
final class KnownTexts<Object> {
  private var objects: [Text: Object] = [:]

  /// More would only be kept for nothing: what comes again comes soon.
  private static var mostObjects: Int { 10_000 }

  /// - Parameter text: a part of the document's bytes.
  subscript(_ text: ArraySlice<UInt8>) -> Object? {
    get { objects[Text(bytes: text)] }
    set { if objects.count < Self.mostObjects { objects[Text(bytes: text)] = newValue } }
  }

  private struct Text: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }
}
