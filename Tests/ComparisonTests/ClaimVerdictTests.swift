import Comparison
import Statistics
import Testing

@Suite("Claim verdict")
struct ClaimVerdictTests {
    static func claim(
        _ metric: ClaimMetric, _ value: Double, _ relation: Claim.Relation, task: String = "any",
        method: String = "LeZO", sparsity: Double? = nil
    ) -> Claim {
        Claim(
            id: "X-1", paper: "a paper", arxiv: "1", method: method,
            baseline: metric.isShare ? "none" : "MeZO",
            model: "OPT (size not stated)", task: task, metric: metric, value: value, relation: relation,
            sparsity: sparsity, source: "a table", note: "")
    }

    func verdict(_ claim: Claim, _ lower: Double, _ upper: Double) -> ClaimVerdict {
        ClaimVerdict(claim: claim, interval: Interval(lower: lower, upper: upper, coverage: 0.95))
    }

    @Test("a bound holds or does not, by the whole interval")
    func bounds() {
        let above = Self.claim(.overheadShare, 50, .above)
        #expect(verdict(above, 51, 60) == .supported)
        #expect(verdict(above, 40, 49) == .contradicted)
        #expect(verdict(above, 49, 51).words == "undecided")
        let upTo = Self.claim(.speedup, 3.4, .upTo)
        #expect(verdict(upTo, 3.5, 4) == .contradicted)
        #expect(verdict(upTo, 1, 2).words == "undecided" && verdict(upTo, 3, 4).words == "undecided")
        let atMost = Self.claim(.memoryRatio, 1, .atMost)
        #expect(verdict(atMost, 0.5, 1.005) == .supported)
        #expect(verdict(atMost, 1.02, 1.05) == .contradicted)
        #expect(verdict(atMost, 0.98, 1.05).words == "undecided")
        let atLeast = Self.claim(.speedup, 1.7, .atLeast)
        #expect(verdict(atLeast, 1.6, 2) == .supported, "within 10%")
        #expect(verdict(atLeast, 1.2, 1.5) == .contradicted)
        #expect(verdict(atLeast, 1.2, 1.8).words == "undecided")
    }

    @Test("a reported speedup is supported within 10%, else has the same direction, else is contradicted")
    func equalSpeedups() {
        let five = Self.claim(.stepSpeedup, 5, .equal)
        #expect(verdict(five, 4.6, 5.4) == .supported)
        #expect(verdict(five, 1.2, 1.4) == .sameDirection, "faster as well, of another size")
        #expect(verdict(five, 4, 7) == .sameDirection)
        #expect(verdict(five, 0.9, 1.2) == .contradicted)
        #expect(verdict(five, 0.2, 0.4) == .contradicted)
        #expect(verdict(five, 0.9, 5).words == "undecided")
        let slower = Self.claim(.stepSpeedup, 0.5, .equal)
        #expect(verdict(slower, 0.7, 0.9) == .sameDirection)
        #expect(verdict(slower, 1.1, 1.3) == .contradicted)
    }

    @Test("a reported share or score agrees within its tolerance")
    func equalShares() {
        let share = Self.claim(.overheadShare, 50, .equal)
        #expect(verdict(share, 46, 54) == .supported)
        #expect(verdict(share, 20, 30) == .contradicted && verdict(share, 60, 61) == .contradicted)
        #expect(verdict(share, 40, 50).words == "undecided")
        let score = Self.claim(.accuracy, 66.1, .equal)
        #expect(verdict(score, 65.5, 66.9) == .supported)
        #expect(verdict(score, 60, 65) == .contradicted)
        #expect(verdict(score, 60, 66).words == "undecided")
    }

    @Test("a direction is told for every interval, with the tolerance left room")
    func directions() {
        func direction(_ claim: Claim, _ lower: Double, _ upper: Double) -> String {
            claim.direction(of: Interval(lower: lower, upper: upper, coverage: 0.95))
        }
        let memory = Self.claim(.memoryRatio, 1, .equal)
        #expect(direction(memory, 1.001, 1.005) == "measured around the reported figure")
        #expect(direction(memory, 1.011, 1.02) == "measured above the reported figure")
        #expect(direction(memory, 0.9, 0.98) == "measured below the reported figure")
        let speed = Self.claim(.speedup, 3, .above)
        #expect(direction(speed, 1.3, 1.5) == "faster here too, below the reported figure")
        #expect(direction(speed, 3.1, 3.5) == "faster here too, on the side that is reported")
        #expect(direction(speed, 0.9, 1.5) == "no difference shown here")
        #expect(direction(speed, 0.8, 0.9) == "slower here")
    }
}
