import SchemaModel
extension SchemaComparison { package var document: FacetValue { .record([:]) } }
extension DriftReport { package var document: FacetValue { .record([:]) } }
