import Comparison
import Optimizers
import ResultStore
import Statistics
import Testing
import Training

@Suite("Readings of a claimed speedup")
struct SpeedReadingTests {
    /// A MeZO cell on SST-2 and LeZO cells at sparsity 0.5, 0.75 and 1.
    var sparsities: [CellResult] {
        [(1, 0, 90), (2, 6, 45), (3, 9, 20), (4, 12, 1)].map { id, dropped, overhead in
            Make.cell(
                id: Int64(id), workload: ClaimsTests.sst2, dropped: dropped,
                rounds: ClaimsTests.rounds(Int64(overhead) * 1_000_000, 10_000_000))
        }
    }
    let overThree = ClaimVerdictTests.claim(.speedup, 3, .above, task: "SST2")

    @Test("the fastest sparsity below 1 speaks for a step's speedup whose sparsity is not stated")
    func fastestSparsity() throws {
        let readings = ClaimsTests.assess(sparsities, overThree)
        #expect(readings.map(\.reading) == [.perStep, .toEqualScore, .wholeTraining])
        #expect(readings.map(\.verdict.words) == ["supported", "not measured", "not measured"])
        #expect(readings[0].subject.contains("0.75"))
        #expect(abs((readings[0].value ?? 0) - 10.0 / 3.0) < 0.02)
        #expect(readings[0].basis == "8 rounds")
    }

    @Test("the fastest of several is judged by an interval that holds for all of them together")
    func pickedFromSeveral() throws {
        // The slower sparsity varies as the fastest does; only how many there are makes the difference.
        func cells(_ dropped: [Int], rounds: Int = 8) -> [CellResult] {
            ([0] + dropped).enumerated().map { index, dropped in
                let wandering = [0, 5, 2, 7, 4, 1, 6, 3].prefix(rounds).map { Int64($0) * 400_000 }
                let overhead = Int64(90 - 10 * index) * 1_000_000
                return Make.cell(
                    id: Int64(index + 1), workload: ClaimsTests.sst2, dropped: dropped,
                    rounds: Make.rounds(
                        overheads: wandering.enumerated().map { overhead + (index == 0 ? 0 : $0.element) },
                        forwards: wandering.map { _ in 10_000_000 }))
            }
        }
        let claim = ClaimVerdictTests.claim(.speedup, 1.05, .above, task: "SST2")
        let one = try #require(ClaimsTests.assess(cells([6]), claim).first)
        let three = try #require(ClaimsTests.assess(cells([3, 4, 6]), claim).first)
        #expect(one.confidence == nil && one.remarks.contains("the only sparsity timed"))
        #expect(three.confidence == 1 - 0.05 / 3)
        let shown = try #require(
            StepSpeedups.all(in: Make.snapshot(cells([3, 4, 6]))).max {
                ($0.measurement?.speedup ?? 0) < ($1.measurement?.speedup ?? 0)
            })
        #expect(three.interval == shown.interval(confidence: 1 - 0.05 / 3))
        let plain = try #require(shown.measurement?.interval)
        let judged = try #require(three.interval)
        #expect(judged.lower < plain.lower && plain.upper < judged.upper)
        // Six rounds reach 96.9% at most, so nothing picked from two can be judged by them.
        let few = try #require(ClaimsTests.assess(cells([3, 6], rounds: 6), claim).first)
        #expect(few.confidence == nil)
        #expect(
            few.verdict
                == .undecided(
                    reason:
                        "as the fastest of 2 it needs an interval at 97.50%, which 6 rounds cannot give"))
    }

    @Test("a claimed bound out of reach is contradicted per step")
    func contradicted() throws {
        let eight = ClaimVerdictTests.claim(.speedup, 8, .above, task: "SST2")
        let step = try #require(ClaimsTests.assess(sparsities, eight).first)
        #expect(step.verdict == .contradicted)
        #expect(step.reasons == ["faster here too, below the reported figure"])
    }

    @Test("a claim that too few parameters in layers keep out of reach on any machine is not comparable")
    func outOfReach() throws {
        let cells = [(1, 0, 9), (2, 9, 8)].map { id, dropped, overhead in
            Make.cell(
                id: Int64(id), workload: ClaimsTests.sst2, dropped: dropped,
                rounds: ClaimsTests.rounds(Int64(overhead) * 1_000_000, 10_000_000))
        }
        let step = try #require(ClaimsTests.assess(cells, overThree).first)
        #expect(
            step.verdict
                == .notComparable(
                    reason:
                        "only 51.0% of this model's parameters are left out, so no step could be more than 2.04 times as "
                        + "fast, whatever perturb and update take"))
        let two = ClaimVerdictTests.claim(.speedup, 2, .above, task: "SST2")
        #expect(ClaimsTests.assess(cells, two).first?.verdict == .contradicted)
    }

    @Test("a reported ratio of steps is judged by the 90% interval")
    func equivalence() throws {
        let claim = ClaimVerdictTests.claim(.stepSpeedup, 3.4, .equal, task: "SST2", sparsity: 0.75)
        let step = try #require(ClaimsTests.assess(sparsities, claim).first)
        #expect(step.verdict == .supported && step.reading == nil)
        let coverage = try #require(step.interval?.coverage)
        #expect(coverage >= 0.9 && coverage < 0.95)
    }

    @Test("a ratio that changed over the rounds decides nothing")
    func driftDecidesNothing() throws {
        var cells = Array(sparsities.prefix(1)) + sparsities[2...2]
        cells[1].rounds = Make.rounds(
            overheads: (0..<8).map { 20_000_000 - $0 * 500_000 },
            forwards: [Int64](repeating: 10_000_000, count: 8))
        let verdict = try #require(ClaimsTests.assess(cells, overThree).first?.verdict)
        #expect(verdict.words == "undecided" && verdict.reason?.contains("changed over the rounds") == true)
    }

    @Test("an undecided interval says how many rounds would decide, and that many do")
    func deciding() throws {
        func cells(_ count: Int) -> [CellResult] {
            // Ratios from 2.7 to 3.5 around 3.1, the same again and again.
            let overheads: [Int64] = [27_037_000, 18_571_000, 24_483_000, 20_303_000, 23_333_000, 20_769_000]
            return [
                Make.cell(
                    id: 1, workload: ClaimsTests.sst2,
                    rounds: Make.rounds(
                        overheads: [Int64](repeating: 90_000_000, count: count),
                        forwards: [Int64](repeating: 10_000_000, count: count))),
                Make.cell(
                    id: 2, workload: ClaimsTests.sst2, dropped: 9,
                    rounds: Make.rounds(
                        overheads: (0..<count).map { overheads[($0 * 5) % 6] },
                        forwards: [Int64](repeating: 10_000_000, count: count))),
            ]
        }
        let few = try #require(ClaimsTests.assess(cells(8), overThree).first)
        #expect(few.verdict == .undecided(reason: "the interval holds the reported figure"))
        let words = try #require(few.whatWouldDecide)
        let needed = try #require(Int(words.dropFirst("about ".count).prefix { $0.isNumber }))
        #expect(words.hasSuffix(" rounds") && needed > 8 && needed < 200)
        let many = try #require(ClaimsTests.assess(cells(2 * needed), overThree).first)
        #expect(many.verdict == .supported && many.whatWouldDecide == nil)
    }

    @Test("too few rounds leave a step undecided, with the reason")
    func tooFewRounds() throws {
        var cells = Array(sparsities.prefix(2))
        for index in cells.indices { cells[index].rounds = Array(cells[index].rounds.prefix(4)) }
        let step = try #require(ClaimsTests.assess(cells, overThree).first)
        #expect(step.verdict.words == "undecided" && step.plan == .reference)
        #expect(step.verdict.reason?.contains("4 paired rounds") == true)
    }
}
