import Glibc

/// Clock ticks that processors have been busy since the machine started.
package struct BusyTicks: Sendable, Hashable {
    /// Of all processes together.
    package var all: Int64
    /// Of this process and the children that it waited for.
    package var own: Int64

    /// Ticks from the texts of `/proc/stat` and `/proc/self/stat`; nil when they are not as the kernel writes them.
    package init?(stat: String, selfStat: String) {
        guard let line = stat.split(separator: "\n").first, line.hasPrefix("cpu "),
            // The command's name is in brackets and may hold spaces and brackets itself.
            let nameEnd = selfStat.lastIndex(of: ")")
        else { return nil }
        let states = line.split(separator: " ").dropFirst().compactMap { Int64($0) }
        let fields = selfStat[selfStat.index(after: nameEnd)...].split(separator: " ")
        guard states.count >= 5, fields.count >= 15 else { return nil }
        // user, nice, system, (idle, iowait left out), irq, softirq, steal
        all = states.prefix(3).reduce(0, +) + states.dropFirst(5).prefix(3).reduce(0, +)
        // utime, stime, cutime and cstime are fields 14 to 17 of the line, counted from 1.
        own = fields[11...14].compactMap { Int64($0) }.reduce(0, +)
    }

    /// The present state, nil when the kernel does not tell.
    package static func now() -> BusyTicks? {
        guard let stat = SystemFile.text("/proc/stat"), let selfStat = SystemFile.text("/proc/self/stat")
        else {
            return nil
        }
        return BusyTicks(stat: stat, selfStat: selfStat)
    }

    /// Processors that others have kept busy since `first`, at the system's own count of ticks a second.
    package static func others(since first: BusyTicks?, elapsedSeconds: Double) -> Double {
        others(
            from: first, to: now(), elapsedSeconds: elapsedSeconds,
            ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// Processors that others kept busy between two states; 0 when one of them is missing.
    package static func others(
        from first: BusyTicks?, to last: BusyTicks?, elapsedSeconds: Double, ticksPerSecond: Double
    ) -> Double {
        guard let first, let last, elapsedSeconds > 0, ticksPerSecond > 0 else { return 0 }
        let ticks = (last.all - first.all) - (last.own - first.own)
        return max(0, Double(ticks) / ticksPerSecond / elapsedSeconds)
    }
}
