// swift-tools-version: 6.1
// The rooms of the house, lowest first: a target may depend only on targets above it in this list.
import PackageDescription

let package = Package(
    name: "lezobench",
    products: [.executable(name: "lezobench", targets: ["lezobench"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // System libraries and C.
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CSQLiteSettings", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CKernels"),
        // One file that the assembler copies into the program; see its source.
        .target(
            name: "CSandboxWeights", exclude: ["sandbox-opt.safetensors"],
            cSettings: [.headerSearchPath(".")]),

        // Pure foundations.
        .target(name: "RandomStreams"),
        .target(name: "Statistics"),
        .target(name: "Plots"),
        .target(name: "Provenance"),
        .target(name: "Digests", dependencies: ["COpenSSL"]),
        .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS", "RandomStreams"]),

        // Files: data, vocabularies, weights.
        .target(name: "Archives", dependencies: ["CArchive", "Digests"]),
        .target(name: "Tokenization"),
        .target(name: "ModelFiles", dependencies: ["Archives", "Tokenization", "Digests", "Kernels"]),
        .target(
            name: "Sandbox",
            dependencies: [
                "Archives", "ModelFiles", "Tokenization", "RandomStreams", "CSandboxWeights",
            ]),

        // What is trained, on what, and how.
        .target(
            name: "LanguageModels", dependencies: ["Kernels", "ModelFiles", "Digests", "RandomStreams"]),
        .target(name: "Tasks", dependencies: ["Archives", "Tokenization", "RandomStreams"]),
        .target(name: "Optimizers", dependencies: ["LanguageModels", "Kernels", "RandomStreams"]),
        .target(
            name: "Training",
            dependencies: [
                "Optimizers", "Tasks", "LanguageModels", "ModelFiles", "Tokenization", "Archives",
                "RandomStreams", "Kernels",
            ]),

        // Suites, their records, and what is concluded from them.
        .target(
            name: "Suites",
            dependencies: [
                "Training", "Tasks", "Optimizers", "LanguageModels", "Sandbox", "RandomStreams", "Digests",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Pretraining",
            dependencies: [
                "Suites", "Training", "Optimizers", "LanguageModels", "Sandbox", "ModelFiles", "Tokenization",
                "Digests", "Kernels",
            ]),
        .target(
            name: "ResultStore",
            dependencies: [
                "Suites", "Training", "Tasks", "Optimizers", "LanguageModels", "RandomStreams", "Provenance",
                "Kernels", "CSQLiteSettings",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Runner",
            dependencies: [
                "ResultStore", "Suites", "Training", "Optimizers", "Tasks", "LanguageModels", "Sandbox",
                "ModelFiles", "Tokenization", "Archives", "Digests", "Kernels", "Provenance",
                "RandomStreams",
            ]),
        .target(
            name: "Comparison",
            dependencies: [
                "ResultStore", "Suites", "Training", "Tasks", "Optimizers", "LanguageModels", "Provenance",
                "Statistics", "RandomStreams", "Kernels",
            ]),
        .target(
            name: "Reports",
            dependencies: [
                "Plots", "Comparison", "ResultStore", "Suites", "Training", "Tasks", "Optimizers",
                "LanguageModels", "Kernels",
                "Provenance", "Statistics", "RandomStreams",
            ]),

        // How fast it all is on this machine.
        .target(
            name: "Benchmarks",
            dependencies: [
                "Reports", "Comparison", "Training", "Optimizers", "Tasks", "LanguageModels", "ModelFiles",
                "Kernels", "Provenance", "Statistics", "RandomStreams",
            ]),

        // The command line.
        .executableTarget(
            name: "lezobench",
            dependencies: [
                "Benchmarks", "Runner", "Reports", "Comparison", "ResultStore", "Pretraining", "Suites",
                "Training", "Tasks", "Optimizers",
                "LanguageModels", "Sandbox", "ModelFiles", "Tokenization", "Archives", "Kernels",
                "Provenance",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

/// The rooms that have tests, each with a target `<Room>Tests` that may see what the room sees.
let testedRooms = [
    "RandomStreams", "Statistics", "Plots", "Digests", "Kernels", "Archives", "Tokenization", "ModelFiles",
    "LanguageModels", "Tasks", "Optimizers", "Training", "Suites", "Provenance", "ResultStore",
    "Runner", "Comparison", "Reports", "Sandbox", "Pretraining", "Benchmarks",
]
/// Tested rooms whose tests read fixture files, by path.
let roomsWithFixtures: Set<String> = [
    "RandomStreams", "Statistics", "Plots", "Kernels", "Archives", "Tokenization", "ModelFiles",
    "LanguageModels", "Tasks", "Optimizers", "Training", "Comparison", "Reports", "ResultStore", "Sandbox",
]
for room in testedRooms {
    guard let target = package.targets.first(where: { $0.name == room }) else { continue }
    package.targets.append(
        .testTarget(
            name: room + "Tests",
            dependencies: [.target(name: room), "TestSupport"] + target.dependencies,
            exclude: roomsWithFixtures.contains(room) ? ["Fixtures"] : []))
}
package.targets.append(
    .target(name: "TestSupport", path: "Tests/TestSupport"))
package.targets.append(
    .testTarget(
        name: "EndToEndTests",
        dependencies: [
            "lezobench", "TestSupport", "Runner", "Comparison", "ResultStore", "Suites", "Training",
            "Optimizers",
            "LanguageModels", "Kernels", "Statistics", "Digests",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]))

// Needs the runtime of libFuzzer, so only .ci/fuzz asks for it.
if Context.environment["LEZOBENCH_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzedParsers",
            dependencies: [
                "Comparison", "Suites", "Tasks", "ModelFiles", "Tokenization", "Archives", "Kernels",
                "TestSupport",
            ],
            path: "Tests/Fuzz", exclude: ["README.md"]))
}

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
