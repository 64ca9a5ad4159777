import Kernels
package import Provenance

/// What this machine gives to trials, and what it would give without our choice of BLAS kernels.
package struct MachineProbe: Sendable, Hashable, Codable {
    /// A set of BLAS kernels and the rate that it reached in a process of its own.
    package struct BLASKernels: Sendable, Hashable, Codable {
        /// OpenBLAS's name of them.
        package let coreType: String
        /// Single-precision matrix products, in 10⁹ floating-point operations a second, on all threads.
        package let gigaflops: Double
    }

    /// What a trial finds about itself.
    package let trials: RuntimeProbe
    /// What BLAS does when nobody tells it what to use.
    package let asInstalled: BLASKernels
    /// What this processor deserves by its features.
    package let deserved: BLASKernels

    /// Asks a child process started as trials are, and one more for every other set of kernels in question.
    ///
    /// - Throws: ``RunnerError`` when no child can be started or one does not answer.
    package init(_ environment: ChildEnvironment, threadCount: Int) throws {
        var trials = try RuntimeProbe.ofChild(environment, threadCount: threadCount)
        func kernels(_ probe: RuntimeProbe) -> BLASKernels {
            BLASKernels(coreType: probe.environment.blasCoreType, gigaflops: probe.gigaflops)
        }
        func kernels(_ choice: ChildEnvironment.CoreTypeChoice) throws -> BLASKernels {
            let other = ChildEnvironment(choice, executable: environment.executable)
            return kernels(try RuntimeProbe.ofChild(other, threadCount: threadCount))
        }
        asInstalled = environment.forcedCoreType == nil ? kernels(trials) : try kernels(.asInstalled)
        let expected = trials.environment.expectedBLASCoreType
        let known = [kernels(trials), asInstalled].first { $0.coreType == expected }
        deserved = try known ?? kernels(.named(BLASCoreType(name: expected)))
        trials.environment.blasCoreTypeAsInstalled = asInstalled.coreType
        trials.environment.forcedBLASCoreType = environment.forcedCoreType?.name
        self.trials = trials
    }

    /// The rates that are stored beside the environment.
    package var blasRates: BLASRates {
        BLASRates(gigaflops: trials.gigaflops, gigaflopsAsInstalled: asInstalled.gigaflops)
    }
}
