package import Provenance
package import ResultStore
import Statistics
import Training

/// What two databases say of one suite.
package struct SuiteDifference: Sendable {
    /// The baseline's record.
    package let baseline: ResultSnapshot
    /// The candidate's record.
    package let candidate: ResultSnapshot
    /// Cells that only the baseline has, in table order.
    package let onlyBaseline: [CellResult]
    /// Cells that only the candidate has, in table order.
    package let onlyCandidate: [CellResult]
    /// Cells that both have, in table order.
    package let cells: [CellDifference]
    /// Files that the two do not share.
    package let inputs: [InputDifference]

    /// Compares two records of one suite.
    package init(baseline: ResultSnapshot, candidate: ResultSnapshot) {
        self.baseline = baseline
        self.candidate = candidate
        let before = baseline.orderedCells
        let after = candidate.orderedCells
        onlyBaseline = before.filter { cell in !after.contains { $0.cell == cell.cell } }
        onlyCandidate = after.filter { cell in !before.contains { $0.cell == cell.cell } }
        inputs = InputDifference.all(baseline, candidate)
        var cells = before.compactMap { cell in
            after.first { $0.cell == cell.cell }.map {
                CellDifference(baseline: cell, candidate: $0, in: baseline, and: candidate)
            }
        }
        Self.correct(&cells, \.accuracyPValue) { $0.inputMismatch == nil ? $0.accuracy?.pValue : nil }
        Self.correct(&cells, \.exactMatchPValue) { $0.inputMismatch == nil ? $0.exactMatch?.pValue : nil }
        Self.correct(&cells, \.stepTimePValue) { $0.stepTime?.obstacle == nil ? $0.stepTime?.pValue : nil }
        self.cells = cells
    }

    /// Corrects one family of p-values, that of all cells with one.
    private static func correct(
        _ cells: inout [CellDifference], _ adjusted: WritableKeyPath<CellDifference, Double?>,
        pValue: (CellDifference) -> Double?
    ) {
        let tested = cells.indices.filter { pValue(cells[$0]) != nil }
        let values = holmAdjusted(tested.compactMap { pValue(cells[$0]) })
        for (index, value) in zip(tested, values) { cells[index][keyPath: adjusted] = value }
    }

    /// Whether the suite's file is the same to the byte.
    package var hasSameFile: Bool { baseline.suiteSHA256 == candidate.suiteSHA256 }

    /// The environments of a side, each once, in a fixed order.
    package static func environments(of snapshot: ResultSnapshot) -> [Environment] {
        var seen: Set<Environment> = []
        return snapshot.environments.sorted { $0.key < $1.key }.map(\.value).filter {
            seen.insert($0).inserted
        }
    }

    /// Whether both sides computed with the same libraries and instructions, so that equal mathematics gives equal bits.
    package var shouldAgreeExactly: Bool {
        func facts(_ snapshot: ResultSnapshot) -> Set<[String]> {
            Set(
                snapshot.environments.values.map {
                    [$0.blasVersion, $0.blasCoreType, $0.kernelInstructionSet]
                })
        }
        return facts(baseline) == facts(candidate)
    }

    /// Whether both sides hold the very same records, times included.
    package var isSameRecord: Bool {
        onlyBaseline.isEmpty && onlyCandidate.isEmpty && inputs.isEmpty && hasSameFile
            && cells.allSatisfy(\.isSameRecord)
    }

    /// Whether something differs that is not put down to chance.
    package var hasDifference: Bool {
        !onlyBaseline.isEmpty || !onlyCandidate.isEmpty || !inputs.isEmpty || !hasSameFile
            || cells.contains(where: \.hasDifference)
    }

    /// Whether something was measured on both sides without an answer.
    package var isUndecided: Bool { cells.contains(where: \.isUndecided) }
}
