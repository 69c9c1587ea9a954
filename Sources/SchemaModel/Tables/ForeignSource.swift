/// Where the rows of a foreign table are.
package struct ForeignSource: Hashable, Sendable {
  package var server: String
  /// `name=value`, sorted; of an option that may be a secret only the name.
  package var options: [String]

  package init(server: String, options: [String] = []) {
    self.server = server
    self.options = options
  }
}

extension ForeignSource: FacetRepresentable {
  package var facetValue: FacetValue {
    .record(["server": .text(server), "options": options.facetValue])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      server: try String(facetValue: facetValue["server"]),
      options: try [String](facetValue: facetValue["options"]))
  }

  package var facetDescription: String {
    "server \(server)" + (options.isEmpty ? "" : " (\(options.joined(separator: ", ")))")
  }
}
