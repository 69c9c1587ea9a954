extension Consequence {
  /// The sentence for a fact of how a table, column, key or index is kept; `nil` for any other fact.
  static func setting(_ fact: String, expected: String, found: String) -> String? {
    switch fact {
    case "storage parameters", "toast storage parameters", "attached index storage parameters":
      "a restored database fills pages and vacuums by the blueprint's settings: the same answers, at another speed."
    case "tablespace", "attached index tablespaces":
      "a restore from this blueprint puts it elsewhere on disk, and stops when the server there has no such tablespace."
    case "access method":
      "a restore from this blueprint stores it by \(expected), production by \(found): rows take other room and time."
    case "storage", "compression", "column storage", "column compression":
      "long values are kept in another way after a restore: the same answers, in other room and time."
    case "statistics target", "statistics targets", "options", "column statistics targets", "column options",
      "attached index statistics targets":
      "the planner is told more, or less, about these values after a restore: it may choose other plans."
    case "replica identity":
      "subscribers find changed rows by other columns after a restore: updates and deletes may be refused, or not arrive."
    case "clustered on":
      "CLUSTER puts the rows in another order after a restore: scans in that order slow down."
    case "attached foreign key triggers", "recheck fires":
      "rows that break the key are refused on one side only: a restore may stop at them, or let them in."
    case "attached foreign key comments", "attached trigger comments":
      "a restore from this blueprint brings back the blueprint's comments on the partition's shares of keys and triggers."
    case "valid":
      "the key holds for all partitions on one side only: a restore may stop at rows that the other lets in."
    case "attached to incomplete indexes":
      "the partition is found by an index on one side only: queries that ask for its rows slow down on the other."
    case "attached index names":
      "statements and messages call the partition's share of an index by another name after a restore."
    case "attached index comments", "attached constraint comments":
      "a restore from this blueprint brings back the blueprint's comments on the partition's shares of indexes and keys."
    case "depends on extensions", "attached index extensions":
      "when the extension is dropped, it is dropped along with it on one side, and stops that on the other."
    case "index comment": "a restore from this blueprint brings back the blueprint's comment on the index."
    case "included columns": "queries that read only this index have to read the table on one side."
    case _: nil
    }
  }

  /// The sentence for a fact of where a table's, column's or check's shape comes from; `nil` for any other fact.
  static func origin(_ fact: String, expected: String, found: String) -> String? {
    switch fact {
    case "foreign server", "foreign options":
      "after a restore the table's rows are looked for in another place, or in another way, than in production."
    case "inherits":
      "queries over the parent tables find, or miss, this table's rows after a restore."
    case "row type":
      "the table follows another type after a restore: a change of that type changes it, or passes it by."
    case "inherited":
      "when a parent table loses it, a restored database keeps it and production does not, or the other way round."
    case "sequence name":
      "after a restore the numbers come from a sequence of another name: statements that name it fail."
    case "sequence privileges":
      "a restore from this blueprint lets others draw from, or look at, the column's sequence than production does."
    case "sequence unlogged":
      "a crash begins the column's numbers anew on one side only."
    case "sequence comment":
      "a restore from this blueprint brings back the blueprint's comment on the sequence."
    case "column defaults":
      "rows written through the view that give no value get \(expected) after a restore, \(found) in production."
    case _: nil
    }
  }

  /// The sentence for a fact that only PostgreSQL 18 and later have; `nil` for any other fact.
  static func newTerm(_ fact: String, expected: String, found: String) -> String? {
    let isOnlyDrawn = isOnlyDrawn(expected: expected, found: found)
    return switch fact {
    case "enforced":
      isOnlyDrawn
        ? "production does not enforce it: rows that break it may exist, and a restore from this blueprint stops at them."
        : "a restore from this blueprint no longer enforces it: rows that break it can be written from then on."
    case "without overlaps":
      isOnlyDrawn
        ? "production lets ranges overlap: a restore from this blueprint stops at the first two that do."
        : "a restore from this blueprint lets ranges overlap, which production refuses."
    case "period":
      "the key is held against whole ranges on one side only: rows that are fine there may be orphans here."
    case "not null name":
      "nothing but the name that messages call the NOT NULL by changes."
    case "not null no inherit": "child tables may hold NULL in this column on one side only."
    case "not null conflict action": "a row without a value is met in another way on one side."
    case "not null validated":
      isOnlyDrawn
        ? "production never looked for NULL in the rows that were there before: a restore from this blueprint may stop at one."
        : "a restore from this blueprint does not look for NULL in the rows it loads, as production did."
    case "not null comment":
      "a restore from this blueprint brings back the blueprint's comment on the NOT NULL."
    case _: nil
    }
  }
}
