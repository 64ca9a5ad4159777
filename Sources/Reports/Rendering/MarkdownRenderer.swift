import Plots

/// Markdown with aligned tables (GitHub's dialect), readable as plain text too.
package enum MarkdownRenderer {
    /// The whole report; the same report gives the same bytes.
    ///
    /// - Parameter plotFolder: The folder with the plots, as links from the text name it; without one they are left out.
    package static func render(_ report: Report, plotFolder: String? = nil) -> String {
        var parts = ["# " + MarkdownText.escaped(report.title, in: .line)]
        for section in report.sections {
            parts.append("## " + MarkdownText.escaped(section.title, in: .line))
            parts += section.blocks.compactMap { render($0, plotFolder: plotFolder) }
        }
        if !report.footer.isEmpty {
            parts.append("---")
            parts += report.footer.map(escaped)
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// One table with its caption above and its footnotes below; what all rows share is said once above it.
    package static func render(_ whole: Table) -> String {
        let (shared, table) = whole.withoutSharedColumns
        let header = table.columns.map { escapedCell($0.title) }
        let rows = table.cells.map { row in
            row.map { $0.standsOut ? "**\(escapedCell($0.text))**" : escapedCell($0.text) }
        }
        let widths = header.indices.map { column in
            let widest = ([header] + rows).map { DisplayText.width($0[column]) }.max() ?? 0
            return min(max(3, widest), DisplayText.mostPadding)
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { column in
                DisplayText.padded(
                    cells[column], to: widths[column], alignment: table.columns[column].alignment)
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rules = table.columns.indices.map { column in
            let dashes = String(repeating: "-", count: widths[column] - 1)
            return table.columns[column].alignment == .leading ? ":" + dashes : dashes + ":"
        }
        let body = ([line(header), line(rules)] + rows.map(line)).joined(separator: "\n")
        let notes = table.footnotes.isEmpty ? "" : "\n\n" + list(table.footnotes)
        let heading = shared.isEmpty ? "" : escaped(shared.joined(separator: "; ")) + "\n\n"
        return "**\(MarkdownText.escaped(table.caption, in: .line))**\n\n" + heading + body + notes
    }

    private static func render(_ block: Report.Block, plotFolder: String?) -> String? {
        switch block {
        case .paragraph(let text): escaped(text)
        case .list(let items): list(items)
        case .table(let table): render(table)
        case .figure(let plot): plotFolder.map { image(of: plot, folder: $0) }
        }
    }

    private static func image(of plot: Plot, folder: String) -> String {
        // Brackets would end the text, and spaces the address.
        var text = ""
        for scalar in plot.description.unicodeScalars {
            text.unicodeScalars.append(scalar == "[" ? "(" : scalar == "]" ? ")" : scalar)
        }
        let path = address("\(folder)/\(PlotFiles.fileName(of: plot))")
        return "![\(MarkdownText.escaped(text, in: .line))](\(path))"
    }

    /// A path as the address of a link: what would end or change it is written by its number.
    private static func address(_ path: String) -> String {
        var result = ""
        for scalar in DisplayText.singleLine(path).unicodeScalars {
            if " ()<>&\\".unicodeScalars.contains(scalar) {
                result += "%" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func list(_ items: [String]) -> String {
        items.map { "- " + escaped($0) }.joined(separator: "\n")
    }

    private static func escapedCell(_ text: String) -> String {
        MarkdownText.escaped(text, in: .cell)
    }

    /// A paragraph or an item of a list with the characters that Markdown would read as markup made plain.
    static func escaped(_ text: String) -> String {
        MarkdownText.escaped(text, in: .block)
    }
}
