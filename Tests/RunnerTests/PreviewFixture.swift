import Provenance

/// A machine that is measured nowhere, for previews that need one.
enum PreviewFixture {
    static let environment = Environment(
        processor: "Example 3000", processorCount: 2, memoryBytes: 1 << 33, kernelInstructionSet: "avx2",
        blasVersion: "OpenBLAS 0.3.21", blasCoreType: "Haswell", expectedBLASCoreType: "Haswell",
        threadCount: 2, operatingSystem: "Debian GNU/Linux 12 (bookworm)", compiler: "Swift 6.3.1",
        buildConfiguration: "release", gitCommit: "", gitIsDirty: nil)

    static let load = LoadSample(
        loadAverage1: 0.25, loadAverage5: 0.5, loadAverage15: 1, meanMegahertz: nil, otherBusyProcessors: 0)
}
