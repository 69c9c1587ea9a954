// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules; a warning is a defect.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "plumbline",
  products: [.executable(name: "plumb", targets: ["plumb"])],
  targets: [
    // C libraries, from Debian: a module map and a shim header each, nothing else.
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    // NOUNS: values only. Imports no other target of ours.
    .target(name: "SchemaModel", swiftSettings: strict),
    // TEXT: text <-> values, pure.
    .target(name: "SchemaText", dependencies: ["SchemaModel", "CCrypto", "CYAML"], swiftSettings: strict),
    // JUDGEMENT: values in, values out, pure.
    .target(name: "Analysis", dependencies: ["SchemaModel"], swiftSettings: strict),
    // LIVE: the only target that imports a database's C library.
    .target(
      name: "Engines",
      dependencies: [
        "SchemaModel", "SchemaText", "CPostgres", "CSQLite", "CXXHash", "CZlib", "CISAL", "CLZ4", "CZstd",
        "CCrypto",
        "CLinux",
      ],
      swiftSettings: strict),
    // MEMORY: what must outlive a run.
    .target(name: "Ledger", dependencies: ["SchemaModel", "SchemaText", "Engines"], swiftSettings: strict),
    // EFFECTS: one folder per verb.
    .target(
      name: "Operations",
      dependencies: ["SchemaModel", "SchemaText", "Analysis", "Engines", "Ledger", "CCurl"],
      swiftSettings: strict),
    // FACE: arguments, help, colour, tables, progress. Knows no database.
    .target(name: "Terminal", swiftSettings: strict),
    .executableTarget(
      name: "plumb",
      dependencies: ["Terminal", "Operations", "SchemaModel", "SchemaText", "Analysis", "Engines", "Ledger"],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["SchemaModel", "SchemaText", "Engines"], path: "Tests/Support",
      swiftSettings: strict),
    .testTarget(
      name: "SchemaModelTests", dependencies: ["SchemaModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SchemaTextTests", dependencies: ["SchemaModel", "SchemaText", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "AnalysisTests", dependencies: ["SchemaModel", "Analysis", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EnginesTests", dependencies: ["SchemaModel", "SchemaText", "Engines", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests", dependencies: ["SchemaModel", "Engines", "Ledger", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "SchemaModel", "SchemaText", "Analysis", "Engines", "Ledger", "Operations", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: strict),
    .testTarget(
      name: "plumbTests", dependencies: ["plumb", "Engines", "TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
