import Glibc

/// How busy the machine is at one moment, taken before and after a measurement.
package struct LoadSample: Sendable, Hashable, Codable {
    /// Load average of the last minute.
    package var loadAverage1: Double
    /// Load average of the last five minutes.
    package var loadAverage5: Double
    /// Load average of the last fifteen minutes.
    package var loadAverage15: Double
    /// The mean clock rate of the processors in MHz, nil where the kernel does not tell.
    package var meanMegahertz: Double?
    /// Processors kept busy by other processes while the sample was taken, such as 0.25; this process and the
    /// children that it waited for are left out.
    package var otherBusyProcessors: Double

    /// A sample from all its values.
    package init(
        loadAverage1: Double, loadAverage5: Double, loadAverage15: Double, meanMegahertz: Double?,
        otherBusyProcessors: Double
    ) {
        self.loadAverage1 = loadAverage1
        self.loadAverage5 = loadAverage5
        self.loadAverage15 = loadAverage15
        self.meanMegahertz = meanMegahertz
        self.otherBusyProcessors = otherBusyProcessors
    }

    /// Looks at the machine for `milliseconds`, during which the caller waits.
    ///
    /// The kernel counts in ticks of 10 ms, so a shorter look sees less.
    package static func take(milliseconds: Int = 100) -> LoadSample {
        let first = BusyTicks.now()
        let start = monotonicNanoseconds()
        usleep(UInt32(max(1, milliseconds)) * 1000)
        let others = BusyTicks.others(
            since: first, elapsedSeconds: Double(monotonicNanoseconds() - start) / 1e9)
        let averages = loadAverages(text: SystemFile.text("/proc/loadavg") ?? "")
        let rates = ProcessorFacts(cpuinfo: SystemFile.text("/proc/cpuinfo") ?? "").megahertz
        return LoadSample(
            loadAverage1: averages.0, loadAverage5: averages.1, loadAverage15: averages.2,
            meanMegahertz: rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count),
            otherBusyProcessors: others)
    }

    /// The three averages in the text of `/proc/loadavg`; zeros where it has none.
    package static func loadAverages(text: String) -> (Double, Double, Double) {
        let numbers = text.split(whereSeparator: \.isWhitespace).prefix(3).map { Double($0) ?? 0 }
        guard numbers.count == 3 else { return (0, 0, 0) }
        return (numbers[0], numbers[1], numbers[2])
    }

    private static func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
