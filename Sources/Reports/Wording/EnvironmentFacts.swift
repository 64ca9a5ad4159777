package import Provenance

/// What a report says of the machine, the build and the libraries that something was measured on.
package enum EnvironmentFacts {
    /// Each property's name, and its value in an environment.
    package static let all: [(property: String, value: @Sendable (Environment) -> String)] = [
        ("processor", { $0.processor }),
        ("usable processors", { String($0.processorCount) }),
        ("memory (MiB)", { Figures.mebibytes($0.memoryBytes) }),
        ("threads used", { String($0.threadCount) }),
        ("instruction set of the kernels", { $0.kernelInstructionSet }),
        ("BLAS", { $0.blasVersion }),
        (
            "BLAS core type",
            {
                $0.blasCoreType.lowercased() == $0.expectedBLASCoreType.lowercased()
                    ? "\($0.blasCoreType), the right one for this processor"
                    : "\($0.blasCoreType), but the right one for this processor is \($0.expectedBLASCoreType)"
            }
        ),
        ("operating system", { $0.operatingSystem }),
        ("compiler", { $0.compiler }),
        ("build", { $0.buildConfiguration }),
        (
            "commit",
            {
                $0.gitCommit
                    + ($0.gitIsDirty == true
                        ? " with uncommitted changes" : $0.gitIsDirty == nil ? "" : ", clean")
            }
        ),
    ]
}
