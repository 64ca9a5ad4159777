import ArgumentParser
import Reports

/// A form of a comparison: those of a report, and JSON.
enum ComparisonFormat: String, FileForm, ExpressibleByArgument {
    case terminal, markdown, csv, json

    /// The form for standard output where none was asked for.
    static var standard: ComparisonFormat { StandardOutput.isTerminal ? .terminal : .markdown }

    var fileEnding: FileEnding? { self == .json ? .json : ReportFormat(rawValue: rawValue)?.fileEnding }

    /// The text of a report in this form; that of a file has no colours, whoever watches.
    func render(_ report: Report, inFile: Bool, json: () throws -> String) rethrows -> String {
        switch self {
        case .terminal: ReportFormat.terminal.render(report, inFile: inFile)
        case .markdown: ReportFormat.markdown.render(report, inFile: inFile)
        case .csv: ReportFormat.csv.render(report, inFile: inFile)
        case .json: try json()
        }
    }
}
