import Foundation
import Glibc
import Kernels
import Provenance
import RandomStreams

extension RuntimeProbe {
    /// Looks at this very process; takes a fraction of a second.
    package static func measure(threadCount: Int) throws -> RuntimeProbe {
        let team = ThreadTeam(threadCount: threadCount)
        return RuntimeProbe(
            environment: Environment.capture(
                threadCount: threadCount, kernelInstructionSet: InstructionSet.current.rawValue,
                blasVersion: BLASLibrary.configuration, blasCoreType: BLASLibrary.coreType.name,
                expectedBLASCoreType: deservedCoreType.name),
            gigaflops: try BLASLibrary.measuredGigaflops(team: team),
            perturbedGigaelements: try perturbationRate(team: team))
    }

    /// The core type in use where it serves this processor as well as the expected one, else the expected one.
    private static var deservedCoreType: BLASCoreType {
        if BLASLibrary.usesExpectedCoreType { return BLASLibrary.coreType }
        return BLASLibrary.expectedCoreType ?? BLASLibrary.coreType
    }

    /// Hundreds of times what a probe takes, for machines that are busy with other things.
    private static let patienceMilliseconds: Int32 = 300_000

    /// Asks a child process, which has the BLAS kernels that trials get.
    ///
    /// - Throws: ``RunnerError`` when it cannot be started or does not answer.
    package static func ofChild(_ environment: ChildEnvironment, threadCount: Int) throws -> RuntimeProbe {
        let child = try ChildProcess(
            executable: environment.executable, arguments: ["probe", "--threads", "\(threadCount)"],
            environment: environment.variables, input: "")
        guard child.hasOutput(withinMilliseconds: patienceMilliseconds) else {
            child.send(signal: SIGKILL)
            _ = child.waitForEnd()
            throw RunnerError.cannotStartChild(
                executable: environment.executable,
                reason:
                    "the probe gave no answer within \(patienceMilliseconds / 1000) seconds; BLAS waits without "
                    + "end where it is refused memory, so look at the limits on memory (ulimit -v)")
        }
        let line = child.nextLine()
        let ending = child.waitForEnd()
        guard let line, ending.exitCode == 0 else {
            throw RunnerError.cannotStartChild(
                executable: environment.executable, reason: "the probe ended without an answer (\(ending))")
        }
        return try JSONDecoder().decode(RuntimeProbe.self, from: Data(line))
    }

    /// Gaussian elements added a nanosecond, over 64 MiB: enough to leave the caches.
    private static func perturbationRate(team: ThreadTeam) throws -> Double {
        let count = 1 << 24
        let buffer = try AlignedBuffer<Float>(count: count)
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            Noise.add(
                1e-3, seed: 1, distribution: .gaussian, to: buffer.base, count: count, firstIndex: 0,
                team: team)
        }
        return Double(count) / max(1, elapsed / .nanoseconds(1))
    }
}
