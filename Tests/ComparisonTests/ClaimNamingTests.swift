import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Testing
import Training

@Suite("What a claim's measurement is called, and where its memory comes from")
struct ClaimNamingTests {
    private static let model = ModelReference(name: "opt-125m", weights: .file)

    private func trained(_ id: Int64, dropped: Int, peak: Int64, plan: ExecutionPlan = .reference)
        -> CellResult
    {
        var trial = Make.trial(id: id, devLosses: [(50, 0.5)], testRight: 150)
        trial.summary?.peakResidentBytes = peak
        return Make.cell(
            id: id, model: Self.model, workload: ClaimsTests.sst2, dropped: dropped, plan: plan,
            trials: [trial])
    }

    @Test("without rounds, memory is compared by the peaks of trials, and it says so")
    func memoryOfTrials() throws {
        let claim = ClaimVerdictTests.claim(.memoryRatio, 1, .atMost, task: "SST2")
        let found = ClaimsTests.assess(
            [
                trained(1, dropped: 0, peak: 1000 << 20), trained(2, dropped: 6, peak: 1010 << 20),
                trained(3, dropped: 9, peak: 1030 << 20),
            ], claim)
        #expect(found.count == 1)
        let memory = try #require(found.first)
        #expect(abs((memory.value ?? 0) - 1.03) < 1e-9 && memory.interval == nil)
        #expect(memory.subject.contains("0.75"), "the sparsity with most")
        #expect(
            memory.remarks.contains { $0.hasPrefix("largest resident memory of whole trials, as no rounds") })
        #expect(memory.basis == "1 process")
        // LeZO on one plan is not compared with MeZO on the other.
        let apart = ClaimsTests.assess(
            [trained(1, dropped: 0, peak: 1 << 30), trained(2, dropped: 6, peak: 1 << 30, plan: .fused)],
            claim)
        #expect(apart.map(\.verdict.words) == ["not measured"])
    }

    @Test("fine-tuning with activations kept and recomputed goes by two names, and follows no plan")
    func fineTuning() throws {
        func cell(_ id: Int64, _ retention: ActivationRetention) -> CellResult {
            var cell = trained(id, dropped: 0, peak: 1 << 30)
            cell.cell.method = .firstOrder(
                FirstOrderSettings(rule: .adamW, learningRate: 1e-5, retention: retention))
            return cell
        }
        var fused = trained(4, dropped: 0, peak: 1 << 30, plan: .fused)
        fused.trials = []
        let claim = ClaimVerdictTests.claim(.accuracy, 75, .equal, task: "SST2", method: "FT-Adam")
        let found = ClaimsTests.assess(
            [trained(1, dropped: 0, peak: 1 << 30), fused, cell(2, .kept), cell(3, .recomputed)], claim)
        #expect(
            found.map(\.subject) == [
                "FT (AdamW), activations kept, opt-125m, SST-2",
                "FT (AdamW), activations recomputed, opt-125m, SST-2",
            ])
        #expect(found.allSatisfy { $0.plan == nil })
    }

    @Test(
        "the head tuned by gradients is linear probing where there are no classes, and is never fine-tuning")
    func head() throws {
        func cell(_ task: String) -> CellResult {
            var cell = trained(2, dropped: 0, peak: 1 << 30)
            cell.cell.workload = .task(name: task, trainExamples: 8, devExamples: 4, testExamples: 6)
            cell.cell.method = .firstOrder(
                FirstOrderSettings(rule: .adamW, learningRate: 1e-4, tuned: .head))
            return cell
        }
        func claim(_ task: String, _ method: String) -> Claim {
            ClaimVerdictTests.claim(.accuracy, 55, .equal, task: task, method: method)
        }
        let copa = try #require(ClaimsTests.assess([cell("copa")], claim("Copa", "linear-probing")).first)
        #expect(copa.subject == "LP (head, AdamW), opt-125m, COPA")
        #expect(!"\(copa.verdict)".contains("different method"))
        let sst2 = try #require(ClaimsTests.assess([cell("sst2")], claim("SST2", "linear-probing")).first)
        #expect("\(sst2.verdict)".contains("the claim is about a logistic regression"))
        let tuned = ClaimsTests.assess([cell("copa")], claim("Copa", "FT-Adam"))
        #expect(tuned.map(\.verdict.words) == ["not measured"])
    }

    @Test("memory is that of timing rounds where there are any, and is compared within one kind of process")
    func memoryOfRounds() throws {
        func rounds(_ peak: Int64) -> [RoundResult] {
            (1...2).map {
                RoundResult(
                    round: $0, position: 0, environmentID: 1, steps: [], peakResidentBytes: peak - Int64($0),
                    load: nil, firstOrderSteps: [], memory: nil)
            }
        }
        var tuned = trained(2, dropped: 0, peak: 9000)
        tuned.cell.method = .firstOrder(FirstOrderSettings(rule: .adamW, learningRate: 1e-5))
        tuned.rounds = rounds(7000)
        var mezo = trained(1, dropped: 0, peak: 3000)
        mezo.rounds = rounds(2000)
        var untouched = trained(3, dropped: 0, peak: 2500)
        untouched.cell.method = .zeroShot
        let table = MemoryTable(from: Make.snapshot([tuned, mezo, untouched]))
        #expect(table.rows.map(\.source) == [.trials, .rounds, .rounds])
        #expect(
            table.rows.map(\.peakBytes) == [2500, 1999, 6999] && table.rows.map(\.processCount) == [1, 2, 2])
        #expect(table.baseline(of: table.rows[2])?.peakBytes == 1999)
        #expect(table.baseline(of: table.rows[1]) == nil && table.baseline(of: table.rows[0]) == nil)
        let trials = MemoryTable(from: Make.snapshot([tuned, mezo, untouched]), preferring: .trials)
        #expect(trials.rows.map(\.peakBytes) == [2500, 3000, 9000])
        #expect(trials.baseline(of: trials.rows[2])?.peakBytes == 2500)
    }

    @Test("a remark that names its file already is not given the name again")
    func remarks() {
        var snapshot = Make.snapshot([])
        snapshot.artifacts = [("a.zip", "a.zip holds a part"), ("b.zip", "too short")].map { name, note in
            StoredArtifact(
                kind: "archive", subject: "boolq", fileName: name, sha256: "aa", byteCount: 1, note: note)
        }
        #expect(DataRemarks.all(in: snapshot) == ["a.zip holds a part", "b.zip: too short"])
    }
}
