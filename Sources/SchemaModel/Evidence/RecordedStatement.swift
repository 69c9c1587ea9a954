import Foundation

/// A statement that changed a database's structure: who, what, when, as the database itself wrote it down.
package struct RecordedStatement: Hashable, Sendable, Codable {
  /// When it was carried out, by the server's clock; its transaction was committed later.
  package var at: Date
  /// Its tag, such as `CREATE INDEX`.
  package var tag: String
  /// What it was about, such as `table public.orders`; at most twenty.
  package var objects: [String]
  /// The role whose rights it was carried out with, as `SET ROLE` left it.
  package var role: String
  /// The role that had logged in.
  package var sessionRole: String
  /// The session's `application_name`; empty when it gave none.
  package var application: String
  /// The address it came from; `nil` for a Unix socket.
  package var client: String?
  /// The text as it was sent, bounded, without what may be a password or the value of a row.
  package var text: String
  /// The transaction's number, which statements of one commit share.
  package var transaction: Int

  package init(
    at: Date, tag: String, objects: [String], role: String, sessionRole: String, application: String,
    client: String?, text: String, transaction: Int
  ) {
    self.at = at
    self.tag = tag
    self.objects = objects
    self.role = role
    self.sessionRole = sessionRole
    self.application = application
    self.client = client
    self.text = text
    self.transaction = transaction
  }
}
