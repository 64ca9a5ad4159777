/// A report, or one of its tables for a paper, in LaTeX with booktabs rules.
///
/// The document needs the packages booktabs, array, graphicx and lscape, all of a basic TeX installation.
package enum LaTeXRenderer {
    /// The whole report as a document of its own; the same report gives the same bytes.
    package static func render(_ report: Report) -> String {
        var names: [String: Int] = [:]
        var parts = [preamble, "\\begin{document}", "\\section*{\(LaTeXText.escaped(report.title))}"]
        for section in report.sections {
            parts.append("\\subsection*{\(LaTeXText.escaped(section.title))}")
            for block in section.blocks {
                switch block {
                case .paragraph(let text): parts.append(LaTeXText.escaped(text))
                case .list(let items): parts.append(list(items))
                case .table(let table): parts.append(environment(table, number: number(of: table, &names)))
                // LaTeX reads no SVG; the Markdown report and the notebook have the plots.
                case .figure: continue
                }
            }
            // Tables must not wander into the next section, nor pile up until TeX has no room for them.
            if section.blocks.contains(where: { if case .table = $0 { true } else { false } }) {
                parts.append("\\clearpage")
            }
        }
        if !report.footer.isEmpty {
            parts.append(
                "\\bigskip\\hrule\\bigskip\n{\\small\n\n"
                    + report.footer.map(LaTeXText.escaped).joined(separator: "\n\n") + "\n\n}")
        }
        return (parts + ["\\end{document}"]).joined(separator: "\n\n") + "\n"
    }

    /// One table, to be read by `\input` in a document that loads the packages; `label` is `tab:` and its name.
    package static func render(_ table: Table) -> String {
        "% Needs \\usepackage{array,booktabs,graphicx,lscape} and the T1 font encoding.\n"
            + environment(table, number: 1) + "\n"
    }

    private static let preamble = """
        \\documentclass[10pt,a4paper]{article}
        \\usepackage[T1]{fontenc}
        \\usepackage[utf8]{inputenc}
        \\usepackage{textcomp}
        \\usepackage[margin=25mm]{geometry}
        \\usepackage{array,booktabs,graphicx,lscape}
        \\setlength{\\parindent}{0pt}
        \\setlength{\\parskip}{6pt}
        \\sloppy
        """

    private static func number(of table: Table, _ uses: inout [String: Int]) -> Int {
        uses[table.name, default: 0] += 1
        return uses[table.name, default: 1]
    }

    private static func list(_ items: [String]) -> String {
        "\\begin{itemize}\n" + items.map { "\\item \(LaTeXText.escaped($0))\n" }.joined() + "\\end{itemize}"
    }

    private static func environment(_ whole: Table, number: Int) -> String {
        let (shared, table) = whole.withoutSharedColumns
        let layout = LaTeXTableLayout(table)
        let label = "tab:\(table.name)" + (number > 1 ? "-\(number)" : "")
        let caption = [table.caption] + (shared.isEmpty ? [] : [shared.joined(separator: "; ") + "."])
        let floats = layout.parts.enumerated().map { index, rows in
            let continued = index == 0 ? "" : " (continued)"
            let notes = layout.notesFit ? self.notes(table.footnotes) : []
            let lines =
                ["\\begin{table}[!htbp]", "\\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}"]
                // A later part is the same table.
                + (index == 0 ? [] : ["\\addtocounter{table}{-1}"])
                + ["\\caption{\(LaTeXText.escaped(caption.joined(separator: " ") + continued))}"]
                + (index == 0 ? ["\\label{\(label)}"] : [])
                + tabular(table, rows: rows, layout) + notes + ["\\end{table}"]
            return lines.joined(separator: "\n")
        }
        let turned = layout.fit == .upright ? floats : ["\\begin{landscape}"] + floats + ["\\end{landscape}"]
        let rest = layout.notesFit || table.footnotes.isEmpty ? [] : [list(table.footnotes)]
        return (turned + rest).joined(separator: "\n")
    }

    private static func tabular(_ table: Table, rows: Range<Int>, _ layout: LaTeXTableLayout) -> [String] {
        let heading = zip(layout.headings, table.columns).map { lines, column in
            guard lines.count > 1 else { return LaTeXText.escaped(lines.first ?? "") }
            let side = column.alignment == .leading ? "l" : "r"
            return "\\begin{tabular}[b]{@{}\(side)@{}}"
                + lines.map(LaTeXText.escaped).joined(separator: "\\\\") + "\\end{tabular}"
        }
        let body = table.cells[rows].map { row in
            let cells = zip(row, table.columns).map { cell, column in
                let text =
                    column.alignment == .leading ? LaTeXText.escaped(cell.text) : LaTeXText.figure(cell.text)
                return cell.standsOut ? "\\textbf{\(text)}" : text
            }
            return cells.joined(separator: " & ") + " \\\\"
        }
        let lines =
            ["\\begin{tabular}{\(layout.specification)}", "\\toprule"]
            + [heading.joined(separator: " & ") + " \\\\", "\\midrule"] + body
            + ["\\bottomrule", "\\end{tabular}"]
        return layout.fit == .turnedAndScaled
            ? ["\\resizebox{\\linewidth}{!}{%"] + lines.dropLast() + ["\\end{tabular}}"] : lines
    }

    private static func notes(_ notes: [String]) -> [String] {
        notes.isEmpty
            ? []
            : ["\\par\\medskip\\begin{minipage}{\\linewidth}\\footnotesize"]
                + notes.map { LaTeXText.escaped($0) + "\\par" } + ["\\end{minipage}"]
    }
}
