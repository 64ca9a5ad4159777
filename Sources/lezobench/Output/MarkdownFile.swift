import Foundation
import Reports

/// A Markdown report with its plots beside it.
enum MarkdownFile {
    /// Writes the text, and the plots into a folder named after it: `x.md` has its plots in `x-plots`.
    ///
    /// No folder is made when there are no plots. Plots of an earlier report that this one does not have are removed once the
    /// new text is in place, files that are no plots of a report stay.
    static func write(_ report: Report, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingPathExtension().lastPathComponent + "-plots"
        let plots = PlotFiles.files(of: report)
        let target = file.deletingLastPathComponent().appendingPathComponent(folder)
        if !plots.isEmpty {
            try TextFile.makeFolder(target.path)
            for plot in plots {
                try TextFile.write(plot.text, to: target.appendingPathComponent(plot.fileName).path)
            }
        }
        try TextFile.write(MarkdownRenderer.render(report, plotFolder: folder), to: path)
        try removeOutdatedPlots(in: target, keeping: Set(plots.map(\.fileName)))
    }

    private static func removeOutdatedPlots(in folder: URL, keeping names: Set<String>) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        for file in files where file.pathExtension == "svg" && !names.contains(file.lastPathComponent) {
            let text = try String(contentsOf: file, encoding: .utf8)
            if PlotFiles.isPlotOfReport(text) { try FileManager.default.removeItem(at: file) }
        }
    }
}
