import Glibc
import Kernels

/// Waiting until this process does nothing.
enum IdleWait {
    private static let lookMicroseconds: UInt32 = 10_000
    private static let mostNanoseconds: Int64 = 2_000_000_000
    /// Processors that may be busy with this process when it counts as idle.
    private static let idleShare = 0.2

    /// Returns when the process used next to no processor time for a hundredth of a second, or after two seconds.
    ///
    /// OpenBLAS's threads look for work for a tenth of a second or so after their last product, and whatever runs
    /// meanwhile has a processor less.
    static func untilIdle() {
        let start = MonotonicClock.nanoseconds()
        while MonotonicClock.nanoseconds() - start < mostNanoseconds {
            let (wall, busy) = (MonotonicClock.nanoseconds(), processorNanoseconds())
            usleep(lookMicroseconds)
            let elapsed = Double(MonotonicClock.nanoseconds() - wall)
            if Double(processorNanoseconds() - busy) < idleShare * elapsed { return }
        }
    }

    private static func processorNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
