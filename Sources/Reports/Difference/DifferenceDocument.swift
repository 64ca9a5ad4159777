package import Comparison
import Kernels
import ResultStore
import Statistics
import Training

/// A comparison of two databases as JSON, with every figure in full.
///
/// Times are in nanoseconds, memory in bytes, scores and differences of scores in 0...1, ratios are candidate over baseline.
package struct DifferenceDocument: Encodable {
    private let conclusion: String
    private let suitesOnlyInBaseline: [String]
    private let suitesOnlyInCandidate: [String]
    private let suites: [SuiteDocument]

    /// The document of a difference.
    package init(_ difference: DatabaseDifference) {
        conclusion =
            switch difference.conclusion {
            case .identical: "identical"
            case .same: "same"
            case .undecided: "undecided"
            case .different: "different"
            }
        suitesOnlyInBaseline = difference.onlyBaseline
        suitesOnlyInCandidate = difference.onlyCandidate
        suites = difference.suites.map(SuiteDocument.init)
    }

    struct SuiteDocument: Encodable {
        let suite: String
        let isSameRecord: Bool
        let hasSameFile: Bool
        let cellsOnlyInBaseline: [Cell]
        let cellsOnlyInCandidate: [Cell]
        let environments: [Property]
        let inputs: [Input]
        let cells: [CellDocument]

        init(_ suite: SuiteDifference) {
            self.suite = suite.baseline.suiteName
            isSameRecord = suite.isSameRecord
            hasSameFile = suite.hasSameFile
            cellsOnlyInBaseline = suite.onlyBaseline.map(\.cell)
            cellsOnlyInCandidate = suite.onlyCandidate.map(\.cell)
            let before = SuiteDifference.environments(of: suite.baseline)
            let after = SuiteDifference.environments(of: suite.candidate)
            environments = EnvironmentFacts.all.map { property, value in
                Property(
                    property: property, baseline: Set(before.map(value)).sorted(),
                    candidate: Set(after.map(value)).sorted())
            }
            .filter { $0.baseline != $0.candidate }
            inputs = suite.inputs.map(Input.init)
            cells = suite.cells.map(CellDocument.init)
        }
    }

    struct Property: Encodable {
        let property: String
        let baseline: [String]
        let candidate: [String]
    }

    struct Input: Encodable {
        let kind: String
        let subject: String
        let baselineSHA256: [String]
        let candidateSHA256: [String]

        init(_ input: InputDifference) {
            kind = input.kind
            subject = input.subject
            baselineSHA256 = input.baseline.map(\.sha256)
            candidateSHA256 = input.candidate.map(\.sha256)
        }
    }

    struct CellDocument: Encodable {
        let cell: Cell
        let oneSided: [String]
        let inputMismatch: String?
        let judgement: String?
        let exact: Exact
        let testScore: TestScoreDocument?
        let exactMatch: TestScoreDocument?
        let stepTime: StepTimeDocument?
        let peakMemory: PeakMemory?
        let countedWork: CountedWorkDocument?

        init(_ difference: CellDifference) {
            cell = difference.candidate.cell
            oneSided = difference.oneSided
            inputMismatch = difference.inputMismatch
            judgement = difference.judgement
            exact = Exact(difference.exact)
            testScore = difference.accuracy.map {
                TestScoreDocument($0, difference.accuracyPValue, difference.accuracyVerdict)
            }
            exactMatch = difference.exactMatch.map {
                TestScoreDocument($0, difference.exactMatchPValue, difference.exactMatchVerdict)
            }
            stepTime = difference.stepTime.map { StepTimeDocument($0, of: difference) }
            peakMemory = difference.memory.map(PeakMemory.init)
            countedWork = difference.work.map(CountedWorkDocument.init)
        }
    }

    struct CountedWorkDocument: Encodable {
        let steps: Int
        let baseline: CountedWork
        let candidate: CountedWork

        init(_ work: WorkDifference) {
            steps = work.steps
            baseline = work.baseline
            candidate = work.candidate
        }
    }
}
