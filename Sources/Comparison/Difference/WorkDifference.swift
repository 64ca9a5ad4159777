package import Kernels
package import Provenance
package import ResultStore

/// The work that the timed steps of one cell's rounds did in two databases, counted by the program itself.
///
/// Compared are rounds of the same number and of as many steps, on the same number of threads: the draw of a batch and of
/// its dropped layers is then the same, and so must the counts be. No noise is in them, so no test is needed.
package struct WorkDifference: Sendable, Hashable {
    /// The work of the baseline, summed over the compared rounds.
    package let baseline: CountedWork
    /// The work of the candidate.
    package let candidate: CountedWork
    /// Timed steps on either side.
    package let steps: Int

    /// A kind of counted work, by what it is called and where it is.
    package typealias Quantity = (name: String, value: KeyPath<CountedWork, Int64>)

    /// All that is counted.
    package static var quantities: [Quantity] {
        [
            ("matrix products", \.matrixProducts), ("matrix operations", \.matrixOperations),
            ("allocated bytes", \.allocatedBytes),
        ]
    }

    /// Whether the candidate does more of something, in the order of ``quantities``.
    package var grown: [Quantity] {
        Self.quantities.filter { candidate[keyPath: $0.value] > baseline[keyPath: $0.value] }
    }

    /// Whether both sides did exactly the same.
    package var isSame: Bool { baseline == candidate }

    /// The difference, nil when no round can be compared.
    package init?(
        baseline: CellResult, candidate: CellResult, baselineEnvironments: [Int64: Environment],
        candidateEnvironments: [Int64: Environment]
    ) {
        func threads(_ round: RoundResult, _ known: [Int64: Environment]) -> Int? {
            round.environmentID.flatMap { known[$0] }?.threadCount
        }
        var before = CountedWork()
        var after = CountedWork()
        var steps = 0
        for pair in RoundPair.all(baseline: baseline, candidate: candidate) {
            guard let first = pair.baseline.work, let second = pair.candidate.work,
                pair.baseline.stepNanoseconds.count == pair.candidate.stepNanoseconds.count,
                let firstThreads = threads(pair.baseline, baselineEnvironments),
                firstThreads == threads(pair.candidate, candidateEnvironments)
            else { continue }
            before += first
            after += second
            steps += pair.baseline.stepNanoseconds.count
        }
        guard steps > 0 else { return nil }
        self.baseline = before
        self.candidate = after
        self.steps = steps
    }
}
