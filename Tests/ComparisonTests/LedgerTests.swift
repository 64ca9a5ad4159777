import Comparison
import Foundation
import TestSupport
import Testing
import Training

@Suite("Claims ledger")
struct LedgerTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "suites/claims")
    static let header =
        "claim_id,paper,arxiv,method,baseline,model,task,mode,metric,value,unit,relation,tokens,source,note"
    static let row = "A,p,1,MeZO,none,OPT,any,full,phase_share,50,percent,above,,s,n"

    @Test("the committed ledger reads, with its figures in words")
    func committedLedger() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        #expect(ledger[id: "LEZO-phase"]?.reportedWords == ">50%")
        #expect(ledger[id: "LEZO-speed-SST2"]?.reportedWords == ">3x")
        #expect(ledger[id: "LEZO-speed-max"]?.reportedWords == "up to 3.4x")
        #expect(ledger[id: "LEZO-perf"]?.reportedWords == "no loss")
        #expect(ledger[id: "LEZO-drop40"]?.reportedWords == ">-0.5 points")
        #expect(ledger[id: "MEZO-mem-12x"]?.reportedWords == "up to 12x")
        #expect(ledger[id: "ADALEZO-abs-lo"]?.reportedWords == "at least 1.7x")
        #expect(ledger[id: "nothing"] == nil)
    }

    @Test("the ledger has the three papers' figures in full, each with a source")
    func completeness() throws {
        let claims = try ClaimsLedger(folder: Self.folder).claims
        let counts = Dictionary(grouping: claims, by: \.sourceWord).mapValues(\.count)
        #expect(counts["LEZO"] == 8)
        // 279 of the paper and 7 of reruns in its issues.
        #expect(counts["MEZO"] == 286)
        #expect(counts["ADALEZO"] == 367)
        #expect(claims.allSatisfy { !$0.source.isEmpty && !$0.paper.isEmpty })
        // All averages over tasks are those of the columns beside them, but for the ones that a remark names.
        let ledger = try ClaimsLedger(folder: Self.folder)
        for average in claims where average.metric == .averageScore && average.sourceWord == "ADALEZO" {
            let table = average.id.dropLast("AVG".count)
            let columns = claims.filter { $0.id.hasPrefix(table) && $0.metric != .averageScore }
            let mean = columns.map(\.value).reduce(0, +) / Double(columns.count)
            let isNamed = !ledger.remarks(on: average).isEmpty
            #expect(
                isNamed || abs(mean - average.value) < 0.06, "\(average.id): \(mean) and \(average.value)")
        }
    }

    @Test("a claim may state length, batch, sparsity, storage and hardware; what it leaves out is nil")
    func circumstances() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        let speed = try #require(ledger[id: "ADALEZO-T8-WIC-speed"])
        #expect(speed.tokens == 42 && speed.sparsity == 0.8 && speed.batch == 16)
        #expect(speed.storage == "bfloat16" && speed.hardware == "one NVIDIA A100 40GB")
        let score = try #require(ledger[id: "MEZO-T18-k16-RoBERTa-large-MeZO-full-SST2"])
        #expect(score.seeds == 5 && score.steps == 100_000 && score.setting == "16 examples per class")
        let phase = try #require(ledger[id: "LEZO-phase"])
        #expect(
            phase.tokens == nil && phase.steps == nil && phase.hardware.isEmpty && phase.standardError == nil)
    }

    @Test("a claim is about its task, about rows of its length, or about any where it names neither")
    func scope() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        let share = try #require(ledger[id: "ADALEZO-T8-WIC-share"])
        func task(_ name: String) -> Workload {
            .task(name: name, trainExamples: 1, devExamples: 1, testExamples: 1)
        }
        #expect(share.isAbout(.shape(batchSize: 16, tokens: 42)) && share.isAbout(task("wic")))
        #expect(!share.isAbout(.shape(batchSize: 16, tokens: 43)) && !share.isAbout(task("wsc")))
        let two = try #require(ledger[id: "ADALEZO-T8-Copa_SST2-share"])
        #expect(two.isAbout(task("copa")) && two.isAbout(task("sst2")) && !two.isAbout(task("rte")))
        let profile = try #require(ledger[id: "ADALEZO-T7-MeZO-share"])
        #expect(profile.isAbout(.shape(batchSize: 1, tokens: 256)) && !profile.isAbout(task("sst2")))
        let phase = try #require(ledger[id: "LEZO-phase"])
        #expect(phase.isAbout(task("drop")) && phase.isAbout(.shape(batchSize: 1, tokens: 1)))
    }

    @Test("the same figure reported elsewhere is found, in the same source and in others")
    func otherFigures() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        func others(_ id: String) throws -> [String] {
            try ledger.otherFigures(for: #require(ledger[id: id])).map(\.id)
        }
        #expect(try others("MEZO-T1-OPT-13B-FT-Adam-full-SQuAD") == ["MEZO-T3-ceFT-SQuAD"])
        #expect(try others("MEZO-T1-OPT-13B-MeZO-full-SQuAD").contains("AIMZO-OPT-13B-MeZO-full-SQuAD"))
        // 16 and 512 examples per class, or other step counts, are no contradiction.
        #expect(try others("MEZO-T18-k16-RoBERTa-large-MeZO-full-SST2").isEmpty)
        #expect(try others("MEZO-T18-k512-RoBERTa-large-MeZO-full-SST2").isEmpty)
        #expect(try others("MEZO-T23-OPT-30B-bs16").isEmpty)
        #expect(try others("LEZO-speed-SST2").isEmpty)
    }

    @Test("remarks on contradictions and misprints belong to the claims that they name")
    func remarks() throws {
        let ledger = try ClaimsLedger(folder: Self.folder)
        #expect(ledger.remarks.count >= 20)
        let phase = try #require(ledger[id: "LEZO-phase"])
        #expect(ledger.remarks(on: phase).first?.claims.contains("GRZO-prof-MeZO-share") == true)
        let misprint = try #require(ledger[id: "ADALEZO-T5-LLaMA-2-7B-AdaLeZO-T5-full-AVG"])
        #expect(ledger.remarks(on: misprint).first?.note.contains("74.94") == true)
    }

    @Test("quoted fields may hold commas, quotes and line ends")
    func quoting() throws {
        let text =
            Self.header
            + "\r\nA,p,1,MeZO,none,OPT,any,full,phase_share,50,percent,above,,\"say \"\"x\"\", y\",\"two\nlines\"\r\n"
        let claim = try #require(ClaimsLedger(text: text, file: "a.csv")[id: "A"])
        #expect(claim.source == "say \"x\", y" && claim.note == "two\nlines")
    }

    @Test("a broken ledger is refused with file, line, what was found and what was expected")
    func brokenLedgers() {
        func changed(_ old: String, _ new: String) -> String {
            "\n" + Self.row.replacing(old, with: new, maxReplacements: 1)
        }
        let cases: [(rows: String, message: String)] = [
            ("\nA,p,1", "a.csv, line 2: found 3 fields where the header has 15"),
            ("\n\"A,p,1", "a.csv, line 2: a quoted field does not end"),
            ("\n\"A\"b,p,1", "a.csv, line 2: a quoted field does not end"),
            ("\n\(Self.row)\n\(Self.row)", "a.csv, line 3: claim A is in the ledger already"),
            (
                changed(",50,", ",fifty,"),
                "line 2, claim A: the value is 'fifty'; expected a number from 0 to 100"
            ),
            (
                changed(",50,", ",500,"),
                "line 2, claim A: the value is '500'; expected a number from 0 to 100"
            ),
            (
                changed("phase_share", "energy"),
                "line 2, claim A: metric 'energy' is not known; known: accuracy,"
            ),
            (
                changed("percent,", "parsec,"),
                "line 2, claim A: unit 'parsec' is not known; known: ratio, percent"
            ),
            (
                changed("percent,", "ratio,"),
                "claim A: the unit is 'ratio'; phase_share is counted in 'percent'"
            ),
            (
                changed("above", "over"),
                "claim A: relation 'over' is not known; known: equal, above, at_least,"
            ),
            (changed("full", "half"), "claim A: mode 'half' is not known; known: full, lora, prefix, none"),
            (changed("any", "SST-2"), "claim A: task 'SST-2' is not known; known: SST2, RTE"),
            (changed(",s,", ",,"), "claim A: 'source' is empty; say what the source says"),
            (changed(",,s", ",4.5,s"), "claim A: 'tokens' is '4.5', which is no such number"),
            (changed(",,s", ",-1,s"), "claim A: 'tokens' is '-1', which is no such number"),
        ]
        for (rows, message) in cases {
            let error = #expect(throws: LedgerError.self) {
                try ClaimsLedger(text: Self.header + rows, file: "a.csv")
            }
            #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
        }
        #expect(throws: LedgerError.missingColumn(file: "a.csv", column: "claim_id")) {
            try ClaimsLedger(text: "id\nx", file: "a.csv")
        }
        #expect(throws: LedgerError.self) {
            try ClaimsLedger(text: Self.header + ",extra\n" + Self.row + ",1", file: "a.csv")
        }
        #expect(throws: LedgerError.self) { try ClaimsLedger(folder: URL(filePath: "/nowhere/at/all")) }
    }

    @Test("a remark on a claim that the ledger does not have is refused")
    func brokenRemarks() throws {
        try TemporaryFolder.with { folder in
            let url = URL(filePath: folder.path)
            let file = url.appending(path: "contradictions.csv").path
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: url.appending(path: name))
            }
            try write(Self.header + "\n" + Self.row, "a.csv")
            try write("claims,note\nA,strange\nA B,\"no, not\"", "contradictions.csv")
            #expect(throws: LedgerError.unknownClaim(file: file, line: 3, claim: "B")) {
                try ClaimsLedger(folder: url)
            }
            try write("claims,note\nA,strange\n", "contradictions.csv")
            #expect(try ClaimsLedger(folder: url).remarks == [LedgerRemark(claims: ["A"], note: "strange")])
            try write("claims,note\nA,\n", "contradictions.csv")
            #expect(throws: LedgerError.emptyField(file: file, line: 2, claim: "A", column: "note")) {
                try ClaimsLedger(folder: url)
            }
        }
    }
}
