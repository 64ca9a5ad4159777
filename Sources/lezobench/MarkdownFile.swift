import Foundation
import Reports

/// A Markdown report with its plots beside it.
enum MarkdownFile {
    /// Writes the text, and the plots into a folder named after it: `x.md` has its plots in `x-plots`.
    ///
    /// No folder is made when there are no plots.
    static func write(_ report: Report, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingPathExtension().lastPathComponent + "-plots"
        let plots = PlotFiles.files(of: report)
        if !plots.isEmpty {
            let target = file.deletingLastPathComponent().appendingPathComponent(folder)
            try TextFile.makeFolder(target.path)
            for plot in plots {
                try TextFile.write(plot.text, to: target.appendingPathComponent(plot.fileName).path)
            }
        }
        try TextFile.write(MarkdownRenderer.render(report, plotFolder: folder), to: path)
    }
}
