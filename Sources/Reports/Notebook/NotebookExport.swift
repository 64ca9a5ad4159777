package import Comparison
import Plots
package import ResultStore

/// A suite's figures as CSV files and as a notebook that computes tables and plots from them again.
package struct NotebookExport: Sendable {
    /// The notebook's file name, such as `lezo-sst2.ipynb`.
    package let fileName: String
    /// The folder beside it that it reads the CSV files from.
    package let folderName: String
    /// The data files.
    package let dataFiles: [DataFile]
    /// The notebook's bytes as text.
    package let notebook: String

    /// The export of a snapshot; the same snapshot and ledger give the same bytes.
    package init(of snapshot: ResultSnapshot, claims: ClaimsLedger) {
        let findings = SuiteFindings(snapshot: snapshot, ledger: claims)
        let plots = SuitePlots(findings)
        dataFiles = SuiteData(findings).files
        // A suite's name is a file's name already; anything else in it must not lead out of the folder.
        let name = String(
            snapshot.suiteName.map {
                $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-"
            })
        // These name the folder around it, or the one that holds that.
        folderName = ["", ".", ".."].contains(name) ? "suite-" + name : name
        fileName = folderName + ".ipynb"
        let sections: [NotebookSection?] = [
            NotebookIntroduction.section(findings, folder: folderName),
            NotebookProgress.section(findings), NotebookScores.section(findings, plots),
            NotebookLosses.section(plots), NotebookPhases.section(findings, plots),
            NotebookSpeedups.section(findings, plots), NotebookOverheads.section(plots),
            NotebookClaims.section(findings),
        ]
        notebook = NotebookDocument(cells: sections.compactMap { $0 }.flatMap(\.cells)).json
    }
}

/// One part of the notebook: what is asked, and code cells with what they gave.
struct NotebookSection {
    private let name: String
    private let text: String
    private let steps: [(source: String, outputs: [NotebookDocument.Output])]

    /// A part; its cells' identifiers begin with `name`.
    init(_ name: String, _ text: String, steps: [(source: String, outputs: [NotebookDocument.Output])]) {
        self.name = name
        self.text = text
        self.steps = steps
    }

    var cells: [NotebookDocument.Cell] {
        [.markdown(id: "\(name)-text", text)]
            + steps.enumerated().map { index, step in
                .code(id: "\(name)-code-\(index + 1)", step.source, outputs: step.outputs)
            }
    }

    /// Plots as a code cell shows them.
    static func shown(_ plots: [Plot]) -> [NotebookDocument.Output] {
        plots.map { .shown(["image/svg+xml": $0.svg, "text/plain": $0.description]) }
    }
}
