extension Environment {
    /// The environment of this process; what only the kernels' room knows is handed in.
    ///
    /// It starts `git` for a moment. What the system does not tell is `unknown`, 0 or nil, never an error.
    package static func capture(
        threadCount: Int, kernelInstructionSet: String, blasVersion: String, blasCoreType: String,
        expectedBLASCoreType: String
    ) -> Environment {
        let checkout = Checkout.ofProgram()
        return Environment(
            processor: ProcessorFacts(cpuinfo: SystemFile.text("/proc/cpuinfo") ?? "").modelName,
            processorCount: AllowedResources.processorCount(), memoryBytes: AllowedResources.memoryBytes(),
            kernelInstructionSet: kernelInstructionSet, blasVersion: blasVersion, blasCoreType: blasCoreType,
            expectedBLASCoreType: expectedBLASCoreType, threadCount: threadCount,
            operatingSystem: OperatingSystem.description(), compiler: Build.compiler,
            buildConfiguration: Build.configuration, gitCommit: checkout.commit, gitIsDirty: checkout.isDirty)
    }
}
