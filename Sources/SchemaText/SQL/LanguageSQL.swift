import SchemaModel

/// Languages, transforms, casts, conversions and access methods as SQL.
enum LanguageSQL {
  /// The paragraphs of a language.
  static func paragraphs(_ language: ProceduralLanguage) -> [String] {
    let name = SQLDialect.postgreSQL.identifier(language.name.name)
    var words = ["CREATE \(language.isTrusted ? "TRUSTED " : "")LANGUAGE \(name)"]
    if let handler = language.handler { words.append("HANDLER \(handler)") }
    if let inline = language.inlineHandler { words.append("INLINE \(inline)") }
    if let validator = language.validator { words.append("VALIDATOR \(validator)") }
    let target = "LANGUAGE \(name)"
    return [words.joined(separator: " ") + ";"] + CommentSQL.statement(on: target, language.comment)
      + RightsSQL.paragraph(language.rights, on: target, isOpen: true)
  }

  /// The paragraphs of a transform.
  static func paragraphs(_ transform: TypeTransform) -> [String] {
    let target = "TRANSFORM FOR \(transform.name.name)"
    let parts =
      (transform.fromSQL.map { ["FROM SQL WITH FUNCTION \($0)"] } ?? [])
      + (transform.toSQL.map { ["TO SQL WITH FUNCTION \($0)"] } ?? [])
    return ["CREATE \(target) (\(parts.joined(separator: ", ")));"]
      + CommentSQL.statement(on: target, transform.comment)
  }

  /// The paragraphs of a cast.
  static func paragraphs(_ cast: TypeCast) -> [String] {
    let target = "CAST (\(cast.name.name))"
    let context =
      switch cast.context {
      case .explicit: ""
      case .assignment: " AS ASSIGNMENT"
      case .implicit: " AS IMPLICIT"
      }
    return ["CREATE \(target) \(cast.method)\(context);"] + CommentSQL.statement(on: target, cast.comment)
  }

  /// The paragraphs of a conversion between encodings.
  static func paragraphs(_ conversion: EncodingConversion) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let target = "CONVERSION \(dialect.name(conversion.name))"
    let create = """
      CREATE \(conversion.isDefault ? "DEFAULT " : "")\(target)
        FOR \(dialect.literal(conversion.source)) TO \(dialect.literal(conversion.target)) FROM \(conversion.function);
      """
    return [create] + CommentSQL.statement(on: target, conversion.comment)
      + RightsSQL.paragraph(conversion.rights, on: target)
  }

  /// The paragraphs of an access method.
  static func paragraphs(_ method: AccessMethod) -> [String] {
    let target = "ACCESS METHOD \(SQLDialect.postgreSQL.identifier(method.name.name))"
    return ["CREATE \(target) TYPE \(method.subject.rawValue.uppercased()) HANDLER \(method.handler);"]
      + CommentSQL.statement(on: target, method.comment)
  }
}
