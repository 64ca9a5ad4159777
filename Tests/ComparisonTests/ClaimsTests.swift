import Comparison
import ResultStore
import Testing
import Training

@Suite("Claims")
struct ClaimsTests {
    /// Eight rounds whose times wander without a trend.
    static func rounds(_ overhead: Int64, _ forward: Int64) -> [RoundResult] {
        let wandering = [0, 5, 2, 7, 4, 1, 6, 3].map { Int64($0) * 10_000 }
        return Make.rounds(
            overheads: wandering.map { overhead + $0 }, forwards: wandering.map { forward + $0 })
    }

    static func assess(_ cells: [CellResult], _ claims: Claim...) -> [ClaimAssessment] {
        ClaimAssessments(
            of: Make.snapshot(cells, claims: claims.map(\.id)), ledger: ClaimsLedger(claims: claims)
        ).assessments
    }

    static let sst2 = Workload.task(name: "sst2", trainExamples: 1, devExamples: 1, testExamples: 1)

    @Test("the phase share of MeZO on OPT is held against the paper's, one row a shape")
    func phaseShare() throws {
        let cells = [
            Make.cell(id: 1, rounds: Self.rounds(60_000_000, 40_000_000)),
            Make.cell(
                id: 2, workload: .shape(batchSize: 16, tokens: 256),
                rounds: Self.rounds(40_000_000, 160_000_000)),
        ]
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-phase", "LEZO-unheard"]),
            ledger: try ClaimsLedger(folder: LedgerTests.folder))
        #expect(claims.assessments.map(\.verdict) == [.supported, .contradicted])
        #expect(claims.unknownClaims == ["LEZO-unheard"])
        let words = claims.assessments[0].differences.map(\.words)
        #expect(words.contains("weights: random here, trained there"))
        #expect(words.contains("model: opt-125m here, OPT (size not stated) there"))
        #expect(words.contains("hardware: Test Processor, 2 threads here, not stated there"))
    }

    @Test("the share of one phase is held against a claim about it")
    func onePhase() throws {
        let cells = [Make.cell(id: 1, rounds: Self.rounds(60_000_000, 40_000_000))]
        let shares = [ClaimMetric.perturbShare, .forwardShare, .updateShare].map { metric in
            Self.assess(
                cells, ClaimVerdictTests.claim(metric, 45, .equal, method: "MeZO")
            ).first
        }
        #expect(shares.map { $0?.verdict } == [.supported, .contradicted, .contradicted])
        #expect(shares.map { ($0?.value ?? 0).rounded() } == [45, 40, 15])
    }

    @Test("a figure on another model or by another method is not comparable, and its direction is shown")
    func notComparable() throws {
        let model = ModelReference(name: "smollm2-135m-instruct", weights: .file)
        let cells = [
            Make.cell(
                id: 1, model: model, workload: Self.sst2, rounds: Self.rounds(60_000_000, 40_000_000)),
            Make.cell(
                id: 2, model: model, workload: Self.sst2, dropped: 6,
                rounds: Self.rounds(30_000_000, 40_000_000)),
        ]
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-speed-SST2", "ADALEZO-T8-Copa_SST2-speed"]),
            ledger: try ClaimsLedger(folder: LedgerTests.folder)
        ).assessments
        #expect(claims.map(\.reading) == [.perStep, .toEqualScore, .wholeTraining, nil])
        #expect(
            claims.map(\.verdict.words)
                == ["not comparable", "not measured", "not measured", "not comparable"])
        #expect(claims[0].verdict.reason?.contains("different model: smollm2") == true)
        #expect(claims[0].direction == "faster here too, below the reported figure")
        #expect(
            claims[3].verdict.reason?.contains("different method: LeZO, the claim is about AdaLeZO") == true)
    }

    @Test("what this program does not have is not measured, and it is said what")
    func absentMethods() throws {
        let ledger = try ClaimsLedger(folder: LedgerTests.folder)
        let reasons = [
            "ADALEZO-T7-LOZO-vsMeZO": "this program does not have LOZO",
            "ADALEZO-T7-AdaLoZO-speed": "this program does not have AdaLoZO",
            "MEZO-T23-OPT-13B-bs8": "FT-Adam is compared in memory and scores alone",
            "MEZO-T1-OPT-13B-MeZO-lora-RTE": "no MeZO was tested on RTE by accuracy",
            "LEZO-perf": "no LeZO and MeZO were tested on the same examples with the same seeds",
            "ADALEZO-T2-OPT-6.7B-MeZO-full-AVG":
                "no MeZO was tested on several tasks",
            "MEZO-T1-OPT-13B-ICL-32-none-RTE": "no ICL-32 was tested on RTE by accuracy",
        ]
        for (id, reason) in reasons {
            let found = ClaimAssessments(of: Make.snapshot([], claims: [id]), ledger: ledger).assessments
            #expect(found.map(\.verdict) == [.notMeasured(reason: reason)], "\(id)")
        }
    }

    @Test("a claim with a length is held against rows of that length, at the sparsity nearest to its own")
    func statedSparsity() throws {
        let shape = Workload.shape(batchSize: 16, tokens: 42)
        let model = ModelReference(name: "opt-6.7b", weights: .random(seed: 1))
        let cells = [(1, 0, 90), (2, 3, 70), (3, 9, 20), (4, 11, 15)].map { id, dropped, overhead in
            Make.cell(
                id: Int64(id), model: model, workload: shape, dropped: dropped,
                rounds: Self.rounds(Int64(overhead) * 1_000_000, 10_000_000))
        }
        let claims = ClaimAssessments(
            of: Make.snapshot(
                cells, claims: ["ADALEZO-T8-WIC-speed", "ADALEZO-T8-WIC-share", "ADALEZO-T8-RTE-share"]),
            ledger: try ClaimsLedger(folder: LedgerTests.folder))
        #expect(claims.assessments[0].subject.contains("sparsity 0.75"))
        // 90% of the step is above 81.4%, and within 10% of it neither.
        #expect(claims.assessments[1].verdict == .contradicted)
        #expect(claims.assessments[2].verdict.words == "not measured")
    }

    @Test("where a task has the mean length of a shape by another source, the shape stands for it")
    func lengthOfTask() throws {
        func cells(tokens: Int) -> [CellResult] {
            [(1, 0, 90), (2, 9, 20)].map { id, dropped, overhead in
                Make.cell(
                    id: Int64(id), workload: .shape(batchSize: 16, tokens: tokens), dropped: dropped,
                    rounds: Self.rounds(Int64(overhead) * 1_000_000, 10_000_000))
            }
        }
        let ledger = try ClaimsLedger(folder: LedgerTests.folder)
        func step(_ tokens: Int) throws -> ClaimAssessment {
            try #require(
                ClaimAssessments(
                    of: Make.snapshot(cells(tokens: tokens), claims: ["LEZO-speed-BoolQ"]), ledger: ledger
                ).assessments.first)
        }
        let boolQ = try step(132)
        #expect(boolQ.verdict == .supported)
        #expect(boolQ.remarks.contains { $0.contains("132 tokens are the mean length of BoolQ in AdaLeZO") })
        let other = try step(64)
        #expect(other.verdict.words == "not comparable")
        #expect(other.remarks.contains("the fastest of all rows timed"))
        #expect(other.verdict.reason?.contains("random tokens of another length") == true)
    }
}
