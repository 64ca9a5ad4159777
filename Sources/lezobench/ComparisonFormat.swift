import ArgumentParser
import Reports

/// A form of a comparison: those of a report, and JSON.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
    case terminal, markdown, csv, json

    /// The form for standard output where none was asked for.
    static var standard: ComparisonFormat { StandardOutput.isTerminal ? .terminal : .markdown }

    /// The text of a report in this form.
    func render(_ report: Report, json: () throws -> String) rethrows -> String {
        switch self {
        case .terminal: ReportFormat.terminal.render(report)
        case .markdown: ReportFormat.markdown.render(report)
        case .csv: ReportFormat.csv.render(report)
        case .json: try json()
        }
    }
}
