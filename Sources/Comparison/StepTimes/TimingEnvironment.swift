package import Provenance

/// What must hold of the machines that times come from before they may be compared.
package enum TimingEnvironment {
    /// Why a time taken in this environment means nothing, or nil.
    ///
    /// Kernels of another core type than the processor deserves are several times slower, which makes forward passes
    /// long and the share of perturbing and updating small.
    package static func reasonAgainst(_ environment: Environment) -> String? {
        if environment.blasCoreType.lowercased() != environment.expectedBLASCoreType.lowercased() {
            return
                "BLAS ran its \(environment.blasCoreType) kernels where the right ones for this processor are "
                + "\(environment.expectedBLASCoreType), so the times are worth nothing"
        }
        if environment.buildConfiguration != "release" {
            return "the program was a \(environment.buildConfiguration) build, so the times are worth nothing"
        }
        return nil
    }

    /// Why times from these environments must not be compared with one another, or nil.
    package static func reasonAgainstComparing(_ environments: [Environment]) -> String? {
        guard let first = environments.first else { return "no environment was recorded for the rounds" }
        for environment in environments {
            if let reason = reasonAgainst(environment) { return reason }
            for (aspect, value) in aspects {
                let (one, other) = (value(first), value(environment))
                if one != other { return "the rounds differ in \(aspect): \(one) and \(other)" }
            }
        }
        return nil
    }

    private static let aspects: [(String, @Sendable (Environment) -> String)] = [
        ("processor", { $0.processor }),
        ("BLAS version", { $0.blasVersion }),
        ("BLAS core type", { $0.blasCoreType }),
        ("threads", { String($0.threadCount) }),
        ("the kernels' instruction set", { $0.kernelInstructionSet }),
    ]
}
