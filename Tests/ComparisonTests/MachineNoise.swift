import Foundation
import TestSupport

/// Log step times of two programs on a shared machine, in the order in which a gate takes them.
///
/// Slow drift of the host that neighbours share (first order autoregressive, 2 % with a correlation of 0.9 from one process
/// to the next), 1 % of noise of each process, and in one of twenty processes a delay of 8 % on average.
struct MachineNoise {
    private var generator: SplitMix
    private var drift: Double

    init(seed: UInt64) {
        generator = SplitMix(state: seed)
        drift = 0.02 * generator.normal()
    }

    /// The log time of the next process, of a program that takes `slowdown` longer than the baseline's.
    private mutating func process(slowdown: Double) -> Double {
        drift = 0.9 * drift + (1 - 0.9 * 0.9).squareRoot() * 0.02 * generator.normal()
        return log(1 + slowdown) + drift + generator.spikyNoise()
    }

    /// The log ratio of one round of one cell; which program goes first is drawn.
    private mutating func pair(slowdown: Double) -> Double {
        if generator.next() & 1 == 0 {
            let baseline = process(slowdown: 0)
            return process(slowdown: slowdown) - baseline
        }
        let candidate = process(slowdown: slowdown)
        return candidate - process(slowdown: 0)
    }

    /// The log ratios of each cell over some rounds, taken round by round.
    mutating func logRatios(rounds: Int, slowdowns: [Double]) -> [[Double]] {
        var cells = [[Double]](repeating: [], count: slowdowns.count)
        for _ in 0..<rounds {
            for cell in slowdowns.indices { cells[cell].append(pair(slowdown: slowdowns[cell])) }
        }
        return cells
    }

    /// The first stage of a gate and the confirmation of what it flags, as a gate takes them.
    mutating func samples(
        rounds: Int, slowdowns: [Double], flagged: ([[Double]]) -> [Int]
    ) -> (firstStage: [[Double]], confirmation: [[Double]]) {
        let first = logRatios(rounds: rounds, slowdowns: slowdowns)
        var confirmation = [[Double]](repeating: [], count: slowdowns.count)
        let cells = flagged(first)
        for (cell, values) in zip(
            cells, logRatios(rounds: rounds, slowdowns: cells.map { slowdowns[$0] }))
        {
            confirmation[cell] = values
        }
        return (first, confirmation)
    }
}
