import Engines
import SchemaModel

/// A blueprint and the live database it is held against, read at the same time.
package struct DriftSides {
  /// The blueprint, and what of its text was not understood.
  package let blueprint: SchemaReader.Reading
  /// The session that the live structure was read in, for counting rows.
  package let session: any DatabaseSession
  package let live: Schema

  /// Reads both; an error of the blueprint is told before one of the live database.
  ///
  /// - Parameters:
  ///   - overlay: SQL text that is applied after the blueprint's.
  ///   - statementSeconds: how long one statement on the live database may take.
  ///   - printable: whether the live structure is to be printed as SQL.
  package init(
    blueprint: SchemaLocation, overlaid overlay: String?, by reader: SchemaReader,
    live location: SchemaLocation, statementSeconds: Int, printable: Bool
  ) throws {
    let (reading, (session, live)) = try ParallelWork.both {
      try reader.reading(at: blueprint, overlaid: overlay)
    } _: {
      let session = try LiveDatabase.open(location, statementSeconds: statementSeconds)
      return (session, try session.schema(printable: printable))
    }
    self.blueprint = reading
    self.session = session
    self.live = live
  }
}
