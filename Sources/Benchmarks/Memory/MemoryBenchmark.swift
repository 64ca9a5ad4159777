package import Kernels
import RandomStreams

/// Times the perturbation passes against the plain read-modify-write loop, on one buffer.
package struct MemoryBenchmark {
    /// Bytes of the buffer; at least twice the caches, or it is their speed that is measured.
    package var bufferBytes: Int
    /// The most threads; one thread is timed as well.
    package var threadCount: Int
    /// Samples of each pass.
    package var roundCount: Int

    /// A benchmark from its settings.
    package init(bufferBytes: Int, threadCount: Int, roundCount: Int) {
        self.bufferBytes = bufferBytes
        self.threadCount = threadCount
        self.roundCount = roundCount
    }

    /// The scalar Gaussian calls the C library for each fused multiply-add, so it is timed on this share of the buffer.
    private static let scalarGaussianShare = 1.0 / 64

    /// Times everything; the instruction set is the same afterwards as before.
    ///
    /// - Throws: `OutOfMemory` when the buffer is refused.
    package func run() throws(OutOfMemory) -> MemoryRates {
        let buffer = try AlignedBuffer<Float>(count: bufferBytes / MemoryLayout<Float>.stride)
        let before = InstructionSet.current
        defer { before.force() }
        var readModifyWrite: [(Int, RoundTimes)] = []
        var noise: [(NoiseWork, RoundTimes)] = []
        for threadCount in Set([1, threadCount]).sorted() {
            let team = ThreadTeam(threadCount: threadCount)
            let passes = passes(threadCount: threadCount, elementCount: buffer.count)
            let plain = TimedWork {
                before.force()
                MemoryLoops.add(1e-3, to: buffer.elements, team: team)
            }
            let works = passes.map { pass in
                TimedWork {
                    pass.instructionSet.force()
                    Noise.add(
                        1e-3, seed: 1, distribution: pass.distribution, to: buffer.base,
                        count: pass.elementCount, firstIndex: 0, team: team)
                }
            }
            let times = InterleavedTiming(roundCount: roundCount, sampleNanoseconds: 0).run([plain] + works)
            readModifyWrite.append((threadCount, times[0]))
            noise += zip(passes, times.dropFirst())
        }
        return MemoryRates(bufferBytes: bufferBytes, readModifyWrite: readModifyWrite, noise: noise)
    }

    private func passes(threadCount: Int, elementCount: Int) -> [NoiseWork] {
        NoiseDistribution.allCases.flatMap { distribution in
            InstructionSet.supported.map { set in
                let isSlow = set == .scalar && distribution == .gaussian
                let elements = isSlow ? Int(Double(elementCount) * Self.scalarGaussianShare) : elementCount
                return NoiseWork(
                    instructionSet: set, distribution: distribution, threadCount: threadCount,
                    elementCount: max(1, elements))
            }
        }
    }
}
