import Comparison
import Foundation
import LanguageModels
import Optimizers
import Provenance
import Reports
import ResultStore
import Testing
import Training

@Suite("Suite report")
struct SuiteReportTests {
    @Test("a suite that trained reads as the golden Markdown and CSV")
    func trained() throws {
        let report = SuiteReport.make(from: SampleSuites.trained, claims: try SampleSuites.ledger)
        try expectGolden(MarkdownRenderer.render(report), "trained.md")
        try expectGolden(CSVRenderer.render(report), "trained.csv")
    }

    @Test("a suite that took times reads as the golden Markdown and terminal text")
    func timed() throws {
        let report = SuiteReport.make(from: SampleSuites.timed, claims: try SampleSuites.ledger)
        try expectGolden(MarkdownRenderer.render(report), "timed.md")
        try expectGolden(TerminalRenderer.render(report, width: 100, colour: false), "timed.txt")
    }

    @Test("a suite on both plans at several lengths reads as the golden Markdown and the CSV to plot")
    func plans() throws {
        let report = SuiteReport.make(from: SampleSuites.plans, claims: try SampleSuites.ledger)
        try expectGolden(MarkdownRenderer.render(report), "plans.md")
        let table = try #require(report.namedTables.first { $0.name == "by-tokens" }?.table)
        try expectGolden(CSVRenderer.render(table), "by-tokens.csv")
    }

    @Test("a suite in 16-bit storage reads as the golden Markdown, with the updates that it lost")
    func stored() throws {
        let report = SuiteReport.make(from: SampleSuites.stored, claims: .empty)
        try expectGolden(MarkdownRenderer.render(report), "stored.md")
    }

    @Test("adapters are named in every row of theirs, and the report says what they are")
    func adapters() throws {
        var snapshot = SampleSuites.stored
        for index in snapshot.cells.indices {
            guard var settings = snapshot.cells[index].cell.method.zerothOrderSettings else { continue }
            settings.tuned = .adapters(index < 2 ? .usualLowRank : .prefix(tokens: 7))
            snapshot.cells[index].cell.method = .zerothOrder(settings)
        }
        let text = MarkdownRenderer.render(SuiteReport.make(from: snapshot, claims: .empty))
        for words in ["LoRA r 8 α 16", "prefix of 7 tokens"] {
            #expect(text.contains("MeZO, \(words)") && text.contains("LeZO, \(words)"))
        }
        #expect(text.contains("LoRA: tuned are low-rank matrices"))
        #expect(text.contains("Prefix: tuned are the keys and values"))
        #expect(!text.contains("decoder layers alone"))
    }

    @Test("a suite that fine-tuned reads as the golden Markdown, with the memory that each method needs")
    func baselines() throws {
        let report = SuiteReport.make(from: SampleSuites.baselines, claims: try SampleSuites.ledger)
        try expectGolden(MarkdownRenderer.render(report), "baselines.md")
        let table = try #require(report.namedTables.first { $0.name == "memory" }?.table)
        try expectGolden(CSVRenderer.render(table), "memory.csv")
    }

    @Test("stored numbers beyond every count are shown as they are")
    func hugeNumbers() {
        var timed = SampleSuites.timed
        for cell in timed.cells.indices {
            for round in timed.cells[cell].rounds.indices {
                timed.cells[cell].rounds[round].peakResidentBytes = .max
            }
        }
        let times = MarkdownRenderer.render(SuiteReport.make(from: timed, claims: .empty))
        #expect(times.contains(" 8796093022208.0 "))
        var tuned = SampleSuites.baselines
        for index in tuned.cells.indices {
            guard var settings = tuned.cells[index].cell.method.firstOrderSettings else { continue }
            settings.weightDecay = 1e300
            tuned.cells[index].cell.method = .firstOrder(settings)
        }
        let sentences = MarkdownRenderer.render(SuiteReport.make(from: tuned, claims: .empty))
        #expect(sentences.contains("weight decay 1e+300,"))
    }

    @Test("with two plans every table about cells says which plan a row is on, or compares the two")
    func planIsNamed() throws {
        let report = SuiteReport.make(from: SampleSuites.plans, claims: try SampleSuites.ledger)
        let aboutCells = report.tables.map(\.table).filter { $0.columns.contains { $0.title == "sparsity" } }
        for table in aboutCells {
            #expect(
                table.columns.contains { $0.title == "plan" } || table.name == "plan-speedup", "\(table.name)"
            )
        }
        let claims = try #require(report.namedTables.first { $0.name == "claims" }?.table)
        let column = try #require(claims.columns.firstIndex { $0.title == "measured" })
        let measured = claims.rows.map { $0[column] }.filter { !$0.isEmpty }
        #expect(!measured.isEmpty && measured.allSatisfy { $0.hasSuffix(" plan") })
        let sentences = MarkdownRenderer.render(report).split(separator: "\n").filter {
            $0.hasPrefix("- opt-125m") && $0.contains("a MeZO step")
        }
        #expect(sentences.count > 2 && sentences.allSatisfy { $0.contains(" plan: ") })
    }

    @Test("the order in which rows were stored does not reach the report")
    func order() throws {
        let ledger = try SampleSuites.ledger
        var shuffled = SampleSuites.trained
        shuffled.cells.reverse()
        shuffled.artifacts.reverse()
        for index in shuffled.cells.indices {
            shuffled.cells[index].trials.reverse()
            shuffled.cells[index].rounds.reverse()
        }
        #expect(
            SuiteReport.make(from: shuffled, claims: ledger)
                == SuiteReport.make(from: SampleSuites.trained, claims: ledger))
    }

    @Test("random weights are named in the caption of every table that shows such cells")
    func randomWeights() throws {
        let report = SuiteReport.make(from: SampleSuites.timed, claims: try SampleSuites.ledger)
        let aboutCells = report.tables.map(\.table).filter { $0.columns.contains { $0.title == "sparsity" } }
        #expect(aboutCells.count >= 3)
        for table in aboutCells {
            #expect(table.caption.contains("opt-125m has random weights"), "\(table.name)")
        }
    }

    @Test("an empty suite gives a report that says so")
    func empty() {
        let snapshot = ResultSnapshot(
            suiteName: "none", suiteSHA256: "00", title: "", claims: [], environments: [:], artifacts: [],
            cells: [])
        let text = MarkdownRenderer.render(SuiteReport.make(from: snapshot, claims: .empty))
        #expect(text.contains("The suite has neither trials nor timing rounds."))
    }

    @Test("times on the wrong kernels carry a warning and give no speedup")
    func wrongKernels() throws {
        var snapshot = SampleSuites.timed
        snapshot.environments[1]?.blasCoreType = "Prescott"
        let text = MarkdownRenderer.render(SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger))
        #expect(text.contains("Step times are not to be used: BLAS ran its Prescott kernels"))
        #expect(!text.contains("times as fast"))
    }

    @Test("a suite that names no claims shows no figure of a paper")
    func noClaims() throws {
        for var snapshot in [SampleSuites.trained, SampleSuites.timed] {
            snapshot.claims = []
            let text = MarkdownRenderer.render(
                SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger))
            #expect(!text.contains("the paper says") && !text.contains("The paper claims"))
            #expect(!text.contains(">50%") && !text.contains(">3x") && !text.contains("LEZO-"))
        }
    }

    @Test("without an interval of the share no bound is given")
    func noBound() throws {
        let report = SuiteReport.make(from: SampleSuites.timed, claims: try SampleSuites.ledger)
        let text = MarkdownRenderer.render(report)
        #expect(text.contains("at 16x256 tokens (too few rounds for an interval); the paper says >50%."))
        #expect(text.contains("By Amdahl's law, if the forward passes do not change, "))
    }

    @Test("the development loss before the first step comes from zero-shot when training did not record it")
    func untrainedLoss() throws {
        var snapshot = SampleSuites.trained
        for index in snapshot.cells.indices where snapshot.cells[index].cell.method != .zeroShot {
            for trial in snapshot.cells[index].trials.indices {
                snapshot.cells[index].trials[trial].evaluations.removeAll { $0.step == 0 && $0.split == .dev }
            }
        }
        let report = SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger)
        let tables = report.tables.map(\.table).filter { $0.name == "dev-loss" }
        // Zero-shot was run on SST-2 and not on SQuAD.
        #expect(tables.map { $0.rows.first } == [["0", "1.1900", "1.1900"], ["500", "1.4000"]])
    }

    @Test("a learning rate at the edge of the grid is called so, in the table and in short")
    func edgeOfGrid() throws {
        var snapshot = SampleSuites.trained
        snapshot.cells.removeAll { $0.cell.method.zerothOrderSettings?.learningRate == 1e-4 }
        let text = MarkdownRenderer.render(SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger))
        #expect(text.contains("| chosen, largest of the grid "))
        #expect(text.contains("is the largest tried for MeZO on SST-2, so a larger one might do better."))
    }
}
