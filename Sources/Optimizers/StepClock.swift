import Kernels

/// Adds up how long the phases of one step take, from the monotonic clock.
struct StepClock {
    /// The times so far.
    private(set) var times = PhaseTimes()

    /// Runs `work` and adds its duration to one phase, also when it throws.
    mutating func measure<Result>(
        _ phase: WritableKeyPath<PhaseTimes, Int64>, _ work: () throws -> Result
    ) rethrows -> Result {
        let start = MonotonicClock.nanoseconds()
        defer { times[keyPath: phase] += MonotonicClock.nanoseconds() - start }
        return try work()
    }

    /// Counts a part of one phase, at most all of it, as another.
    mutating func move(
        _ nanoseconds: Int64, from source: WritableKeyPath<PhaseTimes, Int64>,
        to destination: WritableKeyPath<PhaseTimes, Int64>
    ) {
        let moved = min(nanoseconds, times[keyPath: source])
        times[keyPath: source] -= moved
        times[keyPath: destination] += moved
    }
}
