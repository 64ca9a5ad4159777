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

    private struct SuiteDocument: Encodable {
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

    private struct Property: Encodable {
        let property: String
        let baseline: [String]
        let candidate: [String]
    }

    private struct Input: Encodable {
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

    private struct CellDocument: Encodable {
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

    private struct CountedWorkDocument: Encodable {
        let steps: Int
        let baseline: CountedWork
        let candidate: CountedWork

        init(_ work: WorkDifference) {
            steps = work.steps
            baseline = work.baseline
            candidate = work.candidate
        }
    }

    private struct Exact: Encodable {
        let comparedTrials: Int
        let equalTrials: Int
        let comparedRounds: Int
        let equalRounds: Int
        let firstDifference: String?

        init(_ exact: ExactAgreement) {
            comparedTrials = exact.comparedTrials
            equalTrials = exact.equalTrials
            comparedRounds = exact.comparedRounds
            equalRounds = exact.equalRounds
            firstDifference = exact.firstDifference
        }
    }

    private struct TestScoreDocument: Encodable {
        let metric: String
        let seeds: Int
        let examples: Int
        let baseline: Double
        let candidate: Double
        let difference: Double
        let interval: [Double]?
        let onlyBaselineRight: Int?
        let onlyCandidateRight: Int?
        let procedure: String
        let pValue: Double?
        let correctedPValue: Double?
        let verdict: String?

        init(_ accuracy: AccuracyDifference, _ correctedPValue: Double?, _ verdict: ChangeVerdict?) {
            metric = accuracy.metric
            seeds = accuracy.seedCount
            examples = accuracy.exampleCount
            baseline = accuracy.baselineValue
            candidate = accuracy.candidateValue
            difference = accuracy.difference
            interval = accuracy.interval.map { [$0.lower, $0.upper] }
            onlyBaselineRight = accuracy.onlyBaselineRight
            onlyCandidateRight = accuracy.onlyCandidateRight
            procedure = accuracy.procedure.rawValue
            pValue = accuracy.pValue
            self.correctedPValue = correctedPValue
            self.verdict = verdict?.words(lower: "worse", higher: "better", same: "same")
        }
    }

    private struct StepTimeDocument: Encodable {
        let pairing: String
        let rounds: Int
        let baselineNanoseconds: Double
        let candidateNanoseconds: Double
        let ratio: Double
        let interval: [Double]?
        let logRatios: [Double]
        let margin: Double
        let pValue: Double?
        let correctedPValue: Double?
        let driftCorrelation: Double?
        let verdict: String?
        let obstacle: String?

        init(_ time: StepTimeDifference, of cell: CellDifference) {
            pairing = time.pairing.rawValue
            rounds = time.count
            baselineNanoseconds = time.baseline.median
            candidateNanoseconds = time.candidate.median
            ratio = time.ratio
            interval = time.interval.map { [$0.lower, $0.upper] }
            logRatios = time.logRatios
            margin = time.margin
            pValue = time.pValue
            correctedPValue = cell.stepTimePValue
            driftCorrelation = time.driftCorrelation
            verdict = cell.stepTimeVerdict?.words(lower: "faster", higher: "slower", same: "same")
            obstacle = time.obstacle
        }
    }

    private struct PeakMemory: Encodable {
        let baselineBytes: Double
        let candidateBytes: Double
        let ratio: Double
        let verdict: String

        init(_ memory: MemoryDifference) {
            baselineBytes = memory.baselineBytes
            candidateBytes = memory.candidateBytes
            ratio = memory.ratio
            verdict = memory.verdict.words(lower: "less", higher: "more", same: "same")
        }
    }
}
