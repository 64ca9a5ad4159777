import ArgumentParser
import Reports

/// A form of a report.
enum ReportFormat: String, FileForm, ExpressibleByArgument {
    case terminal, markdown, csv, latex

    /// The form for standard output where none was asked for: terminal for a person, Markdown for a file or pipe.
    static var standard: ReportFormat { StandardOutput.isTerminal ? .terminal : .markdown }

    var fileEnding: FileEnding? {
        switch self {
        case .terminal: nil
        case .markdown: .markdown
        case .csv: .csv
        case .latex: .latex
        }
    }

    /// The text of a report in this form; that of a file has no colours, whoever watches.
    func render(_ report: Report, inFile: Bool = false) -> String {
        switch self {
        case .terminal:
            TerminalRenderer.render(
                report, width: StandardOutput.width, colour: StandardOutput.isTerminal && !inFile)
        case .markdown: MarkdownRenderer.render(report)
        case .csv: CSVRenderer.render(report)
        case .latex: LaTeXRenderer.render(report)
        }
    }

    /// The text of one table in this form; as CSV a header and its rows, ready to plot.
    func render(_ table: Table, inFile: Bool = false) -> String {
        switch self {
        case .terminal:
            TerminalTable(table).render(
                width: StandardOutput.width, colour: StandardOutput.isTerminal && !inFile)
        case .markdown: MarkdownRenderer.render(table) + "\n"
        case .csv: CSVRenderer.render(table)
        case .latex: LaTeXRenderer.render(table)
        }
    }
}
