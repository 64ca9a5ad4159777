package import Kernels
package import RandomStreams

/// What reading and writing memory far larger than the caches takes, and the perturbation passes beside it.
package struct MemoryRates: Sendable, Hashable, Codable {
    /// `a[i] += s` over the whole buffer, the ceiling of every pass over parameters.
    package struct ReadModifyWrite: Sendable, Hashable, Codable {
        /// Threads at work.
        package let threadCount: Int
        /// Nanoseconds an element, the median over rounds.
        package let elementNanoseconds: Double
        /// 10⁹ bytes read and written a second.
        package let gigabytesPerSecond: Double
        /// Nanoseconds of a pass in each round.
        package let passNanoseconds: RoundTimes
    }

    /// `a[i] += s z(seed, i)` on one instruction set.
    package struct NoisePass: Sendable, Hashable, Codable {
        /// The instruction set, forced.
        package let instructionSet: InstructionSet
        /// The distribution of z.
        package let distribution: NoiseDistribution
        /// Threads at work.
        package let threadCount: Int
        /// Elements of a pass; fewer than the buffer has where arithmetic takes so long that memory does not matter.
        package let elementCount: Int
        /// Nanoseconds an element, the median over rounds.
        package let elementNanoseconds: Double
        /// The rate over that of ``ReadModifyWrite`` on as many threads, in the same rounds.
        package let shareOfReadModifyWrite: Double
        /// The rate over that of one thread; nil for one thread.
        package let speedupOverOneThread: Double?
        /// Nanoseconds of a pass in each round.
        package let passNanoseconds: RoundTimes
    }

    /// The buffer's bytes.
    package let bufferBytes: Int
    /// One entry for each number of threads.
    package let readModifyWrite: [ReadModifyWrite]
    /// One entry for each instruction set, distribution and number of threads.
    package let noise: [NoisePass]

    /// Rates from the times of whole passes.
    ///
    /// - Parameters:
    ///   - bufferBytes: The buffer's bytes; a read-modify-write pass goes over all of it.
    ///   - readModifyWrite: The times of passes, by number of threads.
    ///   - noise: The times of noise passes with what they are.
    package init(
        bufferBytes: Int, readModifyWrite: [(threadCount: Int, times: RoundTimes)],
        noise: [(pass: NoiseWork, times: RoundTimes)]
    ) {
        let elementCount = Double(bufferBytes / MemoryLayout<Float>.stride)
        self.bufferBytes = bufferBytes
        self.readModifyWrite = readModifyWrite.map { threadCount, times in
            ReadModifyWrite(
                threadCount: threadCount, elementNanoseconds: times.medianNanoseconds / elementCount,
                gigabytesPerSecond: times.perNanosecond(2 * Double(bufferBytes)), passNanoseconds: times)
        }
        self.noise = noise.map { pass, times in
            let ceiling = readModifyWrite.first { $0.threadCount == pass.threadCount }?.times
            let single = noise.first { other, _ in other == pass.with(threadCount: 1) }?.times
            return NoisePass(
                instructionSet: pass.instructionSet, distribution: pass.distribution,
                threadCount: pass.threadCount, elementCount: pass.elementCount,
                elementNanoseconds: times.medianNanoseconds / Double(pass.elementCount),
                shareOfReadModifyWrite: ceiling.map {
                    times.rate(over: $0, amount: Double(pass.elementCount), otherAmount: elementCount)
                } ?? 0,
                speedupOverOneThread: pass.threadCount == 1 ? nil : single.map { times.rate(over: $0) },
                passNanoseconds: times)
        }
    }
}

/// One noise pass that is timed.
package struct NoiseWork: Sendable, Hashable {
    /// The instruction set to force.
    package let instructionSet: InstructionSet
    /// The distribution of z.
    package let distribution: NoiseDistribution
    /// Threads at work.
    package let threadCount: Int
    /// Elements of a pass.
    package let elementCount: Int

    /// A pass from its parts.
    package init(
        instructionSet: InstructionSet, distribution: NoiseDistribution, threadCount: Int, elementCount: Int
    ) {
        self.instructionSet = instructionSet
        self.distribution = distribution
        self.threadCount = threadCount
        self.elementCount = elementCount
    }

    /// The same pass on another number of threads.
    func with(threadCount: Int) -> NoiseWork {
        NoiseWork(
            instructionSet: instructionSet, distribution: distribution, threadCount: threadCount,
            elementCount: elementCount)
    }

    /// The share of the read-modify-write rate that this pass is meant to reach on one processor family; nil where
    /// nothing is asked: 35% for normal draws with AVX-512 and 20% with AVX2, which are bound by arithmetic, and 85%
    /// for signs on the widest instruction set, which are bound by memory.
    package static func target(
        _ distribution: NoiseDistribution, on instructionSet: InstructionSet, widest: InstructionSet
    ) -> Double? {
        switch (distribution, instructionSet) {
        case (.gaussian, .avx512): 0.35
        case (.gaussian, .avx2): 0.20
        case (.rademacher, widest): 0.85
        default: nil
        }
    }
}
