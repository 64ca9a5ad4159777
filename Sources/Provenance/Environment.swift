/// The machine, build and libraries that a measurement was taken on.
package struct Environment: Sendable, Hashable, Codable {
    /// Model name of the processor.
    package var processor: String
    /// Processors that this process may use.
    package var processorCount: Int
    /// Memory in bytes.
    package var memoryBytes: Int64
    /// Instruction set of our kernels: `scalar`, `avx2`, `avx512` or `neon`.
    package var kernelInstructionSet: String
    /// The BLAS library's own version string.
    package var blasVersion: String
    /// The core type whose kernels BLAS uses.
    package var blasCoreType: String
    /// The core type that this processor deserves, from its features.
    package var expectedBLASCoreType: String
    /// The core type that BLAS chooses by itself, nil when it was not asked.
    package var blasCoreTypeAsInstalled: String?
    /// The core type that BLAS was told to use, nil when it was left to choose.
    package var forcedBLASCoreType: String?
    /// Threads that our loops use.
    package var threadCount: Int
    /// Operating system and kernel version.
    package var operatingSystem: String
    /// The compiler that built the program.
    package var compiler: String
    /// `release` or `debug`.
    package var buildConfiguration: String
    /// Git commit of the program's checkout, or `unknown`.
    package var gitCommit: String
    /// Whether that checkout had uncommitted changes, nil when unknown.
    package var gitIsDirty: Bool?

    /// An environment from all its values.
    package init(
        processor: String, processorCount: Int, memoryBytes: Int64, kernelInstructionSet: String,
        blasVersion: String, blasCoreType: String, expectedBLASCoreType: String, threadCount: Int,
        operatingSystem: String, compiler: String, buildConfiguration: String, gitCommit: String,
        gitIsDirty: Bool?, blasCoreTypeAsInstalled: String? = nil, forcedBLASCoreType: String? = nil
    ) {
        self.processor = processor
        self.processorCount = processorCount
        self.memoryBytes = memoryBytes
        self.kernelInstructionSet = kernelInstructionSet
        self.blasVersion = blasVersion
        self.blasCoreType = blasCoreType
        self.expectedBLASCoreType = expectedBLASCoreType
        self.threadCount = threadCount
        self.operatingSystem = operatingSystem
        self.compiler = compiler
        self.buildConfiguration = buildConfiguration
        self.gitCommit = gitCommit
        self.gitIsDirty = gitIsDirty
        self.blasCoreTypeAsInstalled = blasCoreTypeAsInstalled
        self.forcedBLASCoreType = forcedBLASCoreType
    }
}
