import Glibc

/// The clock that durations are measured by: it never jumps.
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary moment.
    package static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
