import SchemaModel

extension RestorePoint {
  /// Reads a line of `pg_waldump --rmgr=XLOG`; `nil` when it tells of something else.
  ///
  /// - Parameter timeline: the timeline that was read, which the line does not name.
  package init?(dumpLine line: String, timeline: UInt32) {
    guard let name = line.firstRange(of: "desc: RESTORE_POINT ").map({ String(line[$0.upperBound...]) }),
      let place = line.firstRange(of: "lsn: ").map({ line[$0.upperBound...].prefix { $0 != "," } }),
      let position = LogPosition(place)
    else { return nil }
    self.init(name: name, position: position, timeline: timeline)
  }
}
