import Comparison
import Foundation
import Statistics
import Suites
import Testing

@Suite("Gate on step time")
struct TimingGateTests {
    private let policy = GatePolicy().timing

    private func gate(_ cells: [TimingGate.Samples], _ policy: GatePolicy.Timing? = nil) -> TimingGate {
        TimingGate(cells, policy: policy ?? self.policy)
    }

    /// Log ratios of a candidate that takes `slowdown` longer, with a little spread around it.
    private func samples(_ slowdown: Double, count: Int = 20, spread: Double = 0.002) -> [Double] {
        (0..<count).map { log(1 + slowdown) + spread * (Double($0 * 7 % count) / Double(count) - 0.475) }
    }

    @Test("nothing slower passes, and says which slowdown it would have found")
    func passes() throws {
        let cell = try #require(gate([.init(firstStage: samples(0.001))]).cells.first)
        #expect(cell.finding == .passed)
        let detectable = try #require(cell.smallestDetectable)
        #expect(detectable > 0.02 && detectable < 0.025)
    }

    @Test("a slowdown is flagged, and is a regression only when fresh rounds confirm it")
    func confirms() {
        let slow = samples(0.05)
        #expect(gate([.init(firstStage: slow)]).cells[0].finding == .flagged)
        #expect(gate([.init(firstStage: slow, confirmation: slow)]).cells[0].finding == .slower)
        #expect(
            gate([.init(firstStage: slow, confirmation: samples(0))]).cells[0].finding == .notConfirmed)
    }

    @Test("the p-values are the exact one-sided ones of the shifted log ratios, corrected by Holm")
    func pValues() {
        let cells = [samples(0.05), samples(0.01), samples(0.021, spread: 0.01)]
        let shifted = cells.map { $0.map { $0 - log(1.02) } }
        let expected = holmAdjusted(shifted.map { SignedRankTest(differences: $0).pValueAbove })
        #expect(gate(cells.map { .init(firstStage: $0) }).cells.map(\.pValue) == expected)
        #expect(expected[0] == 3 * pow(0.5, 20))
    }

    @Test("a slowdown at the margin is no regression, however sure it is")
    func margin() {
        let cell = gate([.init(firstStage: samples(0.019))]).cells[0]
        #expect(cell.finding == .passed && cell.pValue > 0.5)
    }

    @Test(
        "too few rounds to flag any cell are undecided, not passed",
        arguments: [(1, 4, 5), (24, 8, 9), (1, 0, 5)])
    func tooFew(cells: Int, rounds: Int, needed: Int) {
        #expect(TimingGate.roundsNeeded(cells: cells, significance: 0.05) == needed)
        let gate = gate((0..<cells).map { _ in .init(firstStage: samples(0, count: rounds)) })
        #expect(gate.cells.map(\.finding) == [_](repeating: .tooFewRounds(needed: needed), count: cells))
    }

    @Test("rounds too noisy to see what the policy asks for are undecided, not passed")
    func tooNoisy() {
        let cell = gate([.init(firstStage: samples(0, spread: 0.6))]).cells[0]
        #expect(cell.finding == .tooNoisy)
        var patient = policy
        patient.detectable = 1
        #expect(gate([.init(firstStage: samples(0, spread: 0.6))], patient).cells[0].finding == .passed)
    }

    @Test("a faster candidate is not flagged")
    func faster() {
        #expect(gate([.init(firstStage: samples(-0.3))]).flagged.isEmpty)
    }

    @Test("a calibration counts the gates that flag anything, with its exact interval")
    func calibration() throws {
        let quiet = [samples(0), samples(0)]
        let alarm = [samples(0), samples(0.06)]
        let gates = (0..<40).map { $0 < 2 ? alarm : quiet }
        let calibration = try #require(TimingCalibration(gates: gates, policy: policy))
        #expect(calibration.gateCount == 40 && calibration.alarmCount == 2)
        let interval = BinomialProportion(successes: 2, trials: 40)?.exactInterval()
        #expect(calibration.alarmInterval == interval)
        #expect(calibration.isTrustworthy)
        #expect(calibration.smallestDetectable.count == 2)
        let needed = TimingCalibration.gatesToShow(0.05)
        #expect(needed == 72)
        #expect(BinomialProportion(successes: 0, trials: needed)?.exactInterval().upper ?? 1 <= 0.05)
        #expect(BinomialProportion(successes: 0, trials: needed - 1)?.exactInterval().upper ?? 0 > 0.05)
        let loud = try #require(
            TimingCalibration(gates: (0..<40).map { $0 < 8 ? alarm : quiet }, policy: policy))
        #expect(!loud.isTrustworthy && !loud.keepsStatedRate && loud.seesWhatIsAskedFor)
        let blind = try #require(
            TimingCalibration(
                gates: (0..<40).map { _ in [samples(0), samples(0, spread: 0.6)] }, policy: policy))
        #expect(blind.keepsStatedRate && !blind.seesWhatIsAskedFor && !blind.isTrustworthy)
        #expect(try #require(blind.worstDetectable) > 0.1)
        let short = try #require(TimingCalibration(gates: [[[0.001]]], policy: policy))
        #expect(short.worstDetectable == nil && !short.isTrustworthy)
        #expect(TimingCalibration(gates: [], policy: policy) == nil)
    }
}
