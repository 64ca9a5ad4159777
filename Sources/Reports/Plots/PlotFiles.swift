package import Plots

/// The plots of a report as files.
package enum PlotFiles {
    /// The file name of a plot.
    package static func fileName(of plot: Plot) -> String {
        "\(plot.name).svg"
    }

    /// Every plot of a report, drawn.
    package static func files(of report: Report) -> [(fileName: String, text: String)] {
        report.plots.map { (fileName(of: $0), $0.svg) }
    }

    /// Whether the text of an SVG file is one that a report drew.
    package static func isPlotOfReport(_ text: String) -> Bool {
        text.prefix(500).contains("class=\"\(Plot.rootClass)\"")
    }
}
