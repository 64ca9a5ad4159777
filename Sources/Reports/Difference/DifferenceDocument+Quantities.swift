import Comparison
import Kernels
import ResultStore
import Statistics
import Training

extension DifferenceDocument {
    struct Exact: Encodable {
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

    struct TestScoreDocument: Encodable {
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

    struct StepTimeDocument: Encodable {
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
            baselineNanoseconds = time.baselineNanoseconds
            candidateNanoseconds = time.candidateNanoseconds
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

    struct PeakMemory: Encodable {
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
