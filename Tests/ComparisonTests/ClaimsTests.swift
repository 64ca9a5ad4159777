import Comparison
import Foundation
import ResultStore
import Statistics
import Testing
import Training

@Suite("Claims")
struct ClaimsTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "suites/claims")
    let header = "claim_id,paper,arxiv,method,baseline,model,task,metric,value,unit,source,note"

    /// Eight rounds whose times wander without a trend.
    func rounds(_ overhead: Int64, _ forward: Int64) -> [RoundResult] {
        let wandering = [0, 5, 2, 7, 4, 1, 6, 3].map { Int64($0) * 10_000 }
        return Make.rounds(
            overheads: wandering.map { overhead + $0 }, forwards: wandering.map { forward + $0 })
    }

    @Test("the committed ledger reads, with its figures in words")
    func committedLedger() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        #expect(ledger[id: "LEZO-phase"]?.reportedWords == ">50%")
        #expect(ledger[id: "LEZO-speed-SST2"]?.reportedWords == ">3x")
        #expect(ledger[id: "LEZO-speed-max"]?.reportedWords == "up to 3.4x")
        #expect(ledger[id: "LEZO-drop40"]?.relation == .above)
        #expect(ledger[id: "nothing"] == nil)
    }

    @Test("quoted fields may hold commas, quotes and line ends")
    func quoting() throws {
        let text =
            header + "\r\nA,p,1,m,b,OPT,any,phase_share,50,percent,\"say \"\"x\"\", y\",\"two\nlines\"\r\n"
        let claim = try #require(ClaimsLedger(text: text, file: "a.csv")[id: "A"])
        #expect(claim.source == "say \"x\", y" && claim.note == "two\nlines")
    }

    @Test("a broken ledger is refused with file, line and what was found")
    func brokenLedgers() {
        let cases: [(String, ComparisonError)] = [
            ("\nA,p,1", .fieldCount(file: "a.csv", line: 2, found: 3, expected: 12)),
            (
                "\nA,p,1,m,b,OPT,any,phase_share,fifty,percent,s,n",
                .invalidValue(file: "a.csv", line: 2, claim: "A", found: "fifty")
            ),
            (
                "\nA,p,1,m,b,OPT,any,phase_share,50,parsec,s,n",
                .unknownUnit(file: "a.csv", line: 2, claim: "A", found: "parsec")
            ),
            ("\n\"A,p,1", .malformedQuotes(file: "a.csv", line: 2)),
            ("\n\"A\"b,p,1", .malformedQuotes(file: "a.csv", line: 2)),
            (
                "\nA,p,1,m,b,OPT,any,phase_share,50,percent,s,n\nA,p,1,m,b,OPT,any,phase_share,50,percent,s,n",
                .repeatedClaim(file: "a.csv", line: 3, claim: "A")
            ),
        ]
        for (rows, expected) in cases {
            #expect(throws: expected) { try ClaimsLedger(text: header + rows, file: "a.csv") }
        }
        #expect(throws: ComparisonError.missingColumn(file: "a.csv", column: "claim_id")) {
            try ClaimsLedger(text: "id\nx", file: "a.csv")
        }
        #expect(throws: ComparisonError.self) { try ClaimsLedger(folder: URL(filePath: "/nowhere/at/all")) }
    }

    @Test("a claim may state the length of rows and the share of layers left out")
    func statedLength() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        let share = try #require(ledger[id: "ADALEZO-T8-WIC-share"])
        #expect(share.tokens == 42 && share.sparsity == nil && share.value == 81.4)
        let speed = try #require(ledger[id: "ADALEZO-T8-WIC-speed"])
        #expect(speed.tokens == 42 && speed.sparsity == 0.8)
        #expect(ledger[id: "LEZO-phase"]?.tokens == nil)
        #expect(
            share.isAbout(.shape(batchSize: 16, tokens: 42))
                && !share.isAbout(.shape(batchSize: 16, tokens: 43)))
        #expect(share.isAbout(.task(name: "wic", trainExamples: 1, devExamples: 1, testExamples: 1)))
        let wrong = "claim_id,paper,arxiv,method,baseline,model,task,metric,value,unit,tokens,source,note\n"
        for found in ["4.5", "-1", "many"] {
            #expect(
                throws: ComparisonError.invalidNumber(
                    file: "a.csv", line: 2, claim: "A", column: "tokens", found: found)
            ) {
                try ClaimsLedger(
                    text: wrong + "A,p,1,m,b,OPT,any,phase_share,50,percent,\(found),s,n", file: "a.csv")
            }
        }
    }

    @Test("a claim with a length is held against rows of that length, at the sparsity nearest to its own")
    func statedSparsity() throws {
        let shape = Workload.shape(batchSize: 16, tokens: 42)
        let model = ModelReference(name: "opt-6.7b", weights: .random(seed: 1))
        let cells = [(1, 0, 90), (2, 3, 70), (3, 9, 20), (4, 11, 15)].map { id, dropped, overhead in
            Make.cell(
                id: Int64(id), model: model, workload: shape, dropped: dropped,
                rounds: rounds(Int64(overhead) * 1_000_000, 10_000_000))
        }
        let claims = ClaimAssessments(
            of: Make.snapshot(
                cells, claims: ["ADALEZO-T8-WIC-speed", "ADALEZO-T8-WIC-share", "ADALEZO-T8-RTE-share"]),
            ledger: try ClaimsLedger(folder: Self.folder))
        #expect(claims.assessments[0].subject.contains("sparsity 0.75"))
        #expect(claims.assessments[0].differences.contains("the claim's method is AdaLeZO, ours LeZO"))
        #expect(claims.assessments[1].verdict == .doesNotHoldHere)
        #expect(claims.assessments[2].verdict.words == "not measured")
    }

    @Test("a verdict comes from the interval alone")
    func verdicts() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        let above = try #require(ledger[id: "LEZO-phase"])
        func words(_ claim: Claim, _ lower: Double, _ upper: Double) -> String {
            ClaimVerdict(
                claim: claim, interval: Interval(lower: lower, upper: upper, coverage: 0.95),
                toleranceFactor: 1.01
            ).words
        }
        #expect(words(above, 51, 60) == "holds here")
        #expect(words(above, 40, 49) == "does not hold here")
        #expect(words(above, 49, 51) == "undecided")
        let upTo = try #require(ledger[id: "LEZO-speed-max"])
        #expect(words(upTo, 3.5, 4) == "does not hold here")
        #expect(words(upTo, 1, 2) == "undecided")
        let atMost = try #require(ledger[id: "LEZO-mem"])
        #expect(atMost.reportedWords == "at most 1x")
        #expect(words(atMost, 0.5, 1.005) == "holds here")
        #expect(words(atMost, 1.02, 1.05) == "does not hold here")
        #expect(words(atMost, 0.98, 1.05) == "undecided")
        var equal = atMost
        equal.relation = .equal
        #expect(words(equal, 0.995, 1.005) == "holds here")
        #expect(words(equal, 0.5, 0.98) == "does not hold here")
        #expect(words(equal, 0.98, 1.05) == "undecided")
    }

    @Test("a direction leaves room for the tolerance")
    func directions() throws {
        let claim = try #require(ClaimsLedger(folder: Self.folder)[id: "LEZO-mem"])
        func direction(_ lower: Double, _ upper: Double) -> String {
            ClaimVerdict.direction(
                of: Interval(lower: lower, upper: upper, coverage: 0.95), from: claim, toleranceFactor: 1.01)
        }
        #expect(direction(1.001, 1.005) == "measured around the reported figure")
        #expect(direction(1.011, 1.02) == "measured above the reported figure")
        #expect(direction(0.9, 0.98) == "measured below the reported figure")
    }

    @Test("the phase share of MeZO on OPT is held against the paper's, one row a shape")
    func phaseShare() throws {
        let cells = [
            Make.cell(id: 1, rounds: rounds(60_000_000, 40_000_000)),
            Make.cell(
                id: 2, workload: .shape(batchSize: 16, tokens: 256), rounds: rounds(40_000_000, 160_000_000)),
        ]
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-phase", "LEZO-unheard"]),
            ledger: try ClaimsLedger(folder: Self.folder))
        #expect(claims.assessments.map(\.verdict) == [.holdsHere, .doesNotHoldHere])
        #expect(claims.unknownClaims == ["LEZO-unheard"])
        #expect(claims.assessments[0].differences.contains("random weights"))
    }

    @Test("a speedup on another model is not comparable, and its direction is shown")
    func otherModel() throws {
        let model = ModelReference(name: "smollm2-135m-instruct", weights: .file)
        let sst2 = Workload.task(name: "sst2", trainExamples: 1, devExamples: 1, testExamples: 1)
        let cells = [
            Make.cell(id: 1, model: model, workload: sst2, rounds: rounds(60_000_000, 40_000_000)),
            Make.cell(
                id: 2, model: model, workload: sst2, dropped: 6, rounds: rounds(30_000_000, 40_000_000)),
        ]
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-speed-SST2", "LEZO-speed-BoolQ", "LEZO-perf"]),
            ledger: try ClaimsLedger(folder: Self.folder))
        #expect(
            claims.assessments.map(\.verdict.words) == ["not comparable", "not measured", "not measured"])
        #expect(claims.assessments[0].verdict.reason?.contains("below the reported figure") == true)
        #expect(claims.assessments[0].verdict.reason?.contains("different model") == true)
    }

    /// A MeZO cell on SST-2 and LeZO cells at sparsity 0.5, 0.75 and 1.
    var sparsities: [CellResult] {
        let sst2 = Workload.task(name: "sst2", trainExamples: 1, devExamples: 1, testExamples: 1)
        return [
            Make.cell(id: 1, workload: sst2, rounds: rounds(90_000_000, 10_000_000)),
            Make.cell(id: 2, workload: sst2, dropped: 6, rounds: rounds(45_000_000, 10_000_000)),
            Make.cell(id: 3, workload: sst2, dropped: 9, rounds: rounds(20_000_000, 10_000_000)),
            Make.cell(id: 4, workload: sst2, dropped: 12, rounds: rounds(1_000_000, 10_000_000)),
        ]
    }

    /// A claim that a step, and nothing else, is more than three times as fast.
    var stepClaim: ClaimsLedger {
        get throws {
            try ClaimsLedger(
                text: header + "\nSTEP,p,1,LeZO,MeZO,OPT,SST2,speedup_step,3,ratio_lower_bound,s,n",
                file: "a.csv")
        }
    }

    @Test("the fastest sparsity below 1 speaks for a step's speedup whose sparsity is not stated")
    func fastestSparsity() throws {
        let claims = ClaimAssessments(
            of: Make.snapshot(sparsities, claims: ["STEP"]), ledger: try stepClaim)
        let speed = try #require(claims.assessments.first)
        #expect(speed.verdict == .holdsHere && speed.subject.contains("0.75"))
        #expect(abs((speed.value ?? 0) - 10.0 / 3.0) < 0.02)
    }

    @Test("a step's ratio does not decide a claim that does not say what was timed; memory is decided")
    func wallClock() throws {
        let claims = ClaimAssessments(
            of: Make.snapshot(sparsities, claims: ["LEZO-speed-SST2", "LEZO-mem"]),
            ledger: try ClaimsLedger(folder: Self.folder))
        let speed = try #require(claims.assessments.first?.verdict)
        #expect(speed.words == "undecided")
        #expect(
            speed.reason
                == "only the step was timed (measured above the reported figure); the claim does not say whether per "
                + "step or to equal accuracy")
        #expect(claims.assessments.last?.verdict == .holdsHere)
    }

    @Test("a ratio that changed over the rounds decides nothing")
    func driftDecidesNothing() throws {
        var cells = Array(sparsities.prefix(1)) + sparsities[2...2]
        cells[1].rounds = Make.rounds(
            overheads: (0..<8).map { 20_000_000 - $0 * 500_000 },
            forwards: [Int64](repeating: 10_000_000, count: 8))
        let claims = ClaimAssessments(of: Make.snapshot(cells, claims: ["STEP"]), ledger: try stepClaim)
        let verdict = try #require(claims.assessments.first?.verdict)
        #expect(verdict.words == "undecided" && verdict.reason?.contains("changed over the rounds") == true)
    }

    @Test("accuracy claims and unknown metrics say why nothing was measured")
    func notMeasured() throws {
        let other = try ClaimsLedger(
            text: header + "\nX,p,1,LeZO,MeZO,OPT,any,energy,3,ratio,s,n", file: "a.csv")
        let energy = ClaimAssessments(of: Make.snapshot([], claims: ["X"]), ledger: other)
        #expect(
            energy.assessments.map(\.verdict) == [.notMeasured(reason: "this report does not measure energy")]
        )
        let accuracy = ClaimAssessments(
            of: Make.snapshot([], claims: ["LEZO-perf"]), ledger: try ClaimsLedger(folder: Self.folder))
        #expect(accuracy.assessments.first?.verdict.reason?.contains("needs several seeds") == true)
    }
}
