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

    func rounds(_ overhead: Int64, _ forward: Int64) -> [RoundResult] {
        Make.rounds(
            overheads: (0..<8).map { overhead + $0 * 10_000 }, forwards: (0..<8).map { forward + $0 * 10_000 }
        )
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

    @Test("a verdict comes from the interval alone")
    func verdicts() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        let above = try #require(ledger[id: "LEZO-phase"])
        func words(_ claim: Claim, _ lower: Double, _ upper: Double) -> String {
            ClaimVerdict(
                claim: claim, interval: Interval(lower: lower, upper: upper, coverage: 0.95),
                equalityFactor: 1.01
            ).words
        }
        #expect(words(above, 51, 60) == "supported here")
        #expect(words(above, 40, 49) == "contradicted here")
        #expect(words(above, 49, 51) == "undecided")
        let upTo = try #require(ledger[id: "LEZO-speed-max"])
        #expect(words(upTo, 3.5, 4) == "contradicted here")
        #expect(words(upTo, 1, 2) == "undecided")
        let equal = try #require(ledger[id: "LEZO-mem"])
        #expect(words(equal, 0.995, 1.005) == "supported here")
        #expect(words(equal, 1.02, 1.05) == "contradicted here")
        #expect(words(equal, 0.98, 1.05) == "undecided")
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
        #expect(claims.assessments.map(\.verdict) == [.supportedHere, .contradictedHere])
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

    @Test("the fastest sparsity below 1 speaks for a speedup whose sparsity the paper does not state")
    func fastestSparsity() throws {
        let sst2 = Workload.task(name: "sst2", trainExamples: 1, devExamples: 1, testExamples: 1)
        let cells = [
            Make.cell(id: 1, workload: sst2, rounds: rounds(90_000_000, 10_000_000)),
            Make.cell(id: 2, workload: sst2, dropped: 6, rounds: rounds(45_000_000, 10_000_000)),
            Make.cell(id: 3, workload: sst2, dropped: 9, rounds: rounds(20_000_000, 10_000_000)),
            Make.cell(id: 4, workload: sst2, dropped: 12, rounds: rounds(1_000_000, 10_000_000)),
        ]
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-speed-SST2", "LEZO-mem"]),
            ledger: try ClaimsLedger(folder: Self.folder))
        let speed = try #require(claims.assessments.first)
        #expect(speed.verdict == .supportedHere && speed.subject.contains("0.75"))
        #expect(abs((speed.value ?? 0) - 10.0 / 3.0) < 0.02)
        #expect(claims.assessments.last?.verdict == .supportedHere)
    }
}
