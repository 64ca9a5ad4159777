import Glibc

/// Adds up how long the phases of one step take, from the monotonic clock.
struct StepClock {
    /// The times so far.
    private(set) var times = PhaseTimes()

    /// Runs `work` and adds its duration to one phase, also when it throws.
    mutating func measure<Result>(
        _ phase: WritableKeyPath<PhaseTimes, Int64>, _ work: () throws -> Result
    ) rethrows -> Result {
        let start = Self.nowNanoseconds()
        defer { times[keyPath: phase] += Self.nowNanoseconds() - start }
        return try work()
    }

    private static func nowNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
