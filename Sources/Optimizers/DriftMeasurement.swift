import Kernels
import LanguageModels

/// Perturbs and restores a copy of the parameters as they are stored, chunk by chunk, and compares it with them.
struct DriftMeasurement {
    /// What is done to the parameters; only read.
    let perturbation: Perturbation
    /// The scales of the passes, in their order.
    let scales: [Float]

    private static let chunkElements = 1 << 16
    /// Chunks whose partial results are kept at a time, so that memory does not grow with the model.
    private static let chunksInWave = 64

    /// What one chunk or all of them contribute.
    private struct Tally {
        var maximum = 0.0
        var sumOfSquares = 0.0
        var changedCount = 0

        mutating func add(_ other: Tally) {
            maximum = max(maximum, other.maximum)
            sumOfSquares += other.sumOfSquares
            changedCount += other.changedCount
        }
    }

    /// The drift over all elements of the arena; the order of summation is fixed.
    func run() -> RestoreDrift {
        var total = Tally()
        for range in perturbation.activeRanges {
            let waveElements = Self.chunkElements * Self.chunksInWave
            for start in stride(from: range.lowerBound, to: range.upperBound, by: waveElements) {
                total.add(measureWave(start..<min(start + waveElements, range.upperBound)))
            }
        }
        let count = Double(max(1, perturbation.arena.count))
        return RestoreDrift(
            maximumAbsolute: total.maximum, rootMeanSquare: (total.sumOfSquares / count).squareRoot(),
            changedShare: Double(total.changedCount) / count)
    }

    private func measureWave(_ wave: Range<Int>) -> Tally {
        let chunkCount = (wave.count + Self.chunkElements - 1) / Self.chunkElements
        var tallies = [Tally](repeating: Tally(), count: chunkCount)
        tallies.withUnsafeMutableBufferPointer { tallies in
            perturbation.team.forEachChunk(of: chunkCount) { chunk in
                let start = wave.lowerBound + chunk * Self.chunkElements
                tallies[chunk] = measureChunk(start..<min(start + Self.chunkElements, wave.upperBound))
            }
        }
        return tallies.reduce(into: Tally()) { $0.add($1) }
    }

    private func measureChunk(_ range: Range<Int>) -> Tally {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * range.count) { buffer in
            guard let original = buffer.baseAddress else { return Tally() }
            let moved = original + range.count
            perturbation.arena.read(range, into: original)
            perturbation.arena.read(
                range, afterAdding: scales, seed: perturbation.seed, distribution: perturbation.distribution,
                into: moved)
            var tally = Tally()
            for index in 0..<range.count where moved[index].bitPattern != original[index].bitPattern {
                let change = abs(Double(moved[index]) - Double(original[index]))
                tally.add(Tally(maximum: change, sumOfSquares: change * change, changedCount: 1))
            }
            return tally
        }
    }
}
