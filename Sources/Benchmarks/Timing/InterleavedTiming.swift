import Kernels

/// One thing that is timed.
package struct TimedWork {
    /// The work; called again and again.
    package let run: () -> Void
    /// What must happen after a sample and is not timed, such as waiting for threads to fall asleep.
    package let afterwards: () -> Void

    /// A work from its parts.
    package init(run: @escaping () -> Void, afterwards: @escaping () -> Void = {}) {
        self.run = run
        self.afterwards = afterwards
    }
}

/// Times several works in rounds, each round beginning with another one, so that what changes on the machine
/// meanwhile changes all of them alike.
package struct InterleavedTiming {
    /// Samples of each work.
    package let roundCount: Int
    /// The least duration of a sample; a shorter work is repeated until it takes that long.
    package let sampleNanoseconds: Int64
    private let now: () -> Int64

    /// A timing from its settings; the clock is another one in tests.
    package init(
        roundCount: Int, sampleNanoseconds: Int64, now: @escaping () -> Int64 = MonotonicClock.nanoseconds
    ) {
        self.roundCount = roundCount
        self.sampleNanoseconds = sampleNanoseconds
        self.now = now
    }

    /// The times of each work, in the order given.
    ///
    /// Each work first runs once to warm up and once to learn how often it must be repeated.
    package func run(_ works: [TimedWork]) -> [RoundTimes] {
        let repetitions = works.map { work in
            _ = duration(of: work, repetitions: 1)
            let single = max(1, duration(of: work, repetitions: 1))
            return Int(max(1, (sampleNanoseconds + single - 1) / single))
        }
        var samples = [[Double]](repeating: [], count: works.count)
        for round in 0..<roundCount {
            for offset in works.indices {
                let index = (round + offset) % works.count
                let total = duration(of: works[index], repetitions: repetitions[index])
                samples[index].append(Double(total) / Double(repetitions[index]))
            }
        }
        return samples.map(RoundTimes.init(nanoseconds:))
    }

    private func duration(of work: TimedWork, repetitions: Int) -> Int64 {
        let start = now()
        for _ in 0..<repetitions { work.run() }
        let elapsed = now() - start
        work.afterwards()
        return elapsed
    }
}
