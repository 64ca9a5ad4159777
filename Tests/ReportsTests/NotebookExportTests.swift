import Comparison
import Foundation
import Optimizers
import Plots
import Reports
import ResultStore
import TestSupport
import Testing
import Training

@Suite("Notebook export")
struct NotebookExportTests {
    private func export(_ snapshot: ResultSnapshot) throws -> NotebookExport {
        NotebookExport(of: snapshot, claims: try SampleSuites.ledger)
    }

    private struct Notebook: Decodable {
        struct Cell: Decodable {
            let id: String
            let cell_type: String
            let source: [String]
            let outputs: [Output]?
            let execution_count: Int?
        }

        struct Output: Decodable {
            let output_type: String
            let data: [String: [String]]?
            let text: [String]?
        }

        let cells: [Cell]
        let nbformat: Int
        let nbformat_minor: Int
    }

    @Test("the notebook is JSON of format 4.5 with identifiers that differ and outputs in every code cell")
    func structure() throws {
        for snapshot in [SampleSuites.trained, SampleSuites.timed, SampleSuites.seeds] {
            let export = try export(snapshot)
            let notebook = try JSONDecoder().decode(Notebook.self, from: Data(export.notebook.utf8))
            #expect(notebook.nbformat == 4 && notebook.nbformat_minor == 5)
            let ids = notebook.cells.map(\.id)
            #expect(Set(ids).count == ids.count)
            #expect(ids.allSatisfy { (1...64).contains($0.count) })
            let code = notebook.cells.filter { $0.cell_type == "code" }
            #expect(code.map(\.execution_count) == (1...code.count).map { $0 })
            #expect(code.allSatisfy { !($0.outputs ?? []).isEmpty })
            let plots = SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger).plots
            let shown = code.flatMap { $0.outputs ?? [] }.compactMap { $0.data?["image/svg+xml"]?.joined() }
            #expect(shown == plots.map(\.svg))
        }
    }

    @Test("data files hold every step, evaluation and round in full")
    func dataFiles() throws {
        let export = try export(SampleSuites.trained)
        func file(_ name: String) throws -> DataFile {
            try #require(export.dataFiles.first { $0.name == name })
        }
        let cells = SampleSuites.trained.cells
        #expect(try file("cells").rows.count == cells.count)
        let trials = cells.flatMap(\.trials)
        #expect(try file("trials").rows.count == trials.count)
        #expect(try file("steps").rows.count == trials.reduce(0) { $0 + $1.steps.count })
        #expect(try file("evaluations").rows.count == trials.reduce(0) { $0 + $1.evaluations.count })
        #expect(
            try file("round_steps").rows.count
                == cells.flatMap(\.rounds).reduce(0) { $0 + $1.steps.count })
        for file in export.dataFiles {
            #expect(file.rows.allSatisfy { $0.count == file.columns.count }, "\(file.name)")
            #expect(Set(file.columns).count == file.columns.count)
        }
        let steps = try file("steps")
        let loss = try #require(steps.columns.firstIndex(of: "loss_plus"))
        #expect(steps.rows.allSatisfy { Float($0[loss]) == 0.7 })
    }

    @Test("numbers that are not finite are written as words that pandas reads, missing ones as nothing")
    func notFinite() throws {
        var snapshot = SampleSuites.seeds
        snapshot.cells[1].trials[0].steps[0].lossPlus = .nan
        snapshot.cells[1].trials[0].steps[1].lossPlus = -.infinity
        let steps = try #require(export(snapshot).dataFiles.first { $0.name == "steps" })
        let loss = try #require(steps.columns.firstIndex(of: "loss_plus"))
        let words = Set(steps.rows.map { $0[loss] }.filter { Double($0)?.isFinite != true })
        #expect(words == ["nan", "-inf"])
    }

    @Test("the same content gives the same bytes, in whatever order it was stored")
    func order() throws {
        var snapshot = SampleSuites.seeds
        let expected = try export(snapshot)
        snapshot.cells.reverse()
        for index in snapshot.cells.indices {
            snapshot.cells[index].trials.reverse()
            snapshot.cells[index].id = 1000 - snapshot.cells[index].id
        }
        let other = try export(snapshot)
        #expect(other.notebook == expected.notebook)
        #expect(other.dataFiles == expected.dataFiles)
    }

    @Test("a suite's name cannot lead out of the folder")
    func names() throws {
        var snapshot = SampleSuites.timed
        snapshot.suiteName = "../evil name"
        #expect(try export(snapshot).fileName == "..-evil-name.ipynb")
        for name in ["", ".", ".."] {
            snapshot.suiteName = name
            let export = try export(snapshot)
            #expect(export.folderName == "suite-" + name)
            #expect(export.fileName == "suite-\(name).ipynb")
        }
    }

    @Test("a suite of times alone reads as the golden notebook and data file")
    func golden() throws {
        var snapshot = SampleSuites.timed
        snapshot.cells.removeAll { $0.cell.droppedLayerCount == 9 || $0.cell.workload.words.contains("256") }
        let export = try export(snapshot)
        try expectGolden(export.notebook, "timed.ipynb")
        let speedups = try #require(export.dataFiles.first { $0.name == "speedups" })
        try expectGolden(speedups.csv, "speedups.csv")
    }
}

/// Needs a Python with nbformat, nbclient, ipykernel, pandas and Matplotlib, named by `LEZOBENCH_PYTHON`.
@Suite("Notebooks through Jupyter")
struct NotebookSlowTests {
    private static let python = ProcessInfo.processInfo.environment["LEZOBENCH_PYTHON"]

    @Test(
        "notebooks are valid, are what Jupyter itself writes, and run to the very tables that they came with",
        .enabled(if: python != nil, "LEZOBENCH_PYTHON does not name a Python with nbclient"))
    func executes() throws {
        let python = try #require(Self.python)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/check_notebook.py").path
        for snapshot in [SampleSuites.trained, SampleSuites.timed, SampleSuites.seeds] {
            let export = NotebookExport(of: snapshot, claims: try SampleSuites.ledger)
            try TemporaryFolder.with { folder in
                let data = URL(fileURLWithPath: folder.path(export.folderName))
                try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
                for file in export.dataFiles {
                    try Data(file.csv.utf8).write(to: data.appending(path: file.name + ".csv"))
                }
                let notebook = folder.path(export.fileName)
                try Data(export.notebook.utf8).write(to: URL(fileURLWithPath: notebook))
                let process = Process()
                process.executableURL = URL(fileURLWithPath: python)
                process.arguments = [script, notebook]
                let pipe = Pipe()
                process.standardOutput = pipe
                process.standardError = pipe
                try process.run()
                let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(export.fileName): \(output.suffix(3000))")
            }
        }
    }
}
