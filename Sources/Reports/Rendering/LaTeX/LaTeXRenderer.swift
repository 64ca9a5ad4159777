/// A report, or one of its tables for a paper, in LaTeX with booktabs rules.
///
/// The document needs the packages booktabs, array, graphicx and float, a table of its own lscape instead of float; all are
/// in TeX Live's recommended collection.
package enum LaTeXRenderer {
    /// The whole report as a document of its own, its pages lying, as many tables are wide; the same report gives the same
    /// bytes.
    package static func render(_ report: Report) -> String {
        var names: [String: Int] = [:]
        var parts = [preamble, "\\begin{document}", "\\section*{\(LaTeXText.escaped(report.title))}"]
        for section in report.sections {
            parts.append("\\subsection*{\(LaTeXText.escaped(section.title))}")
            for block in section.blocks {
                switch block {
                case .paragraph(let text): parts.append(LaTeXText.escaped(text))
                case .list(let items): parts.append(list(items))
                case .table(let table): parts.append(inPlace(table, number: number(of: table, &names)))
                // LaTeX reads no SVG; the Markdown report and the notebook have the plots.
                case .figure: continue
                }
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
            + floating(table) + "\n"
    }

    private static let preamble = """
        \\documentclass[10pt,a4paper,landscape]{article}
        \\usepackage[T1]{fontenc}
        \\usepackage[utf8]{inputenc}
        \\usepackage{textcomp}
        \\usepackage[margin=20mm]{geometry}
        \\usepackage{array,booktabs,float,graphicx}
        \\setlength{\\parindent}{0pt}
        \\setlength{\\parskip}{6pt}
        \\sloppy
        \\raggedbottom
        """

    private static func number(of table: Table, _ uses: inout [String: Int]) -> Int {
        uses[table.name, default: 0] += 1
        return uses[table.name, default: 1]
    }

    private static func list(_ items: [String]) -> String {
        "\\begin{itemize}\n" + items.map { "\\item \(LaTeXText.escaped($0))\n" }.joined() + "\\end{itemize}"
    }

    /// A table where it stands in the text.
    private static func inPlace(_ whole: Table, number: Int) -> String {
        let (shared, table) = whole.withoutSharedColumns
        let layout = LaTeXTableLayout(table, on: .lying)
        return
            (environments(table, shared: shared, layout, number: number, placement: "H")
            + notesApart(table, layout)).joined(separator: "\n")
    }

    /// A table that LaTeX may move, on a turned page if it is wide.
    private static func floating(_ whole: Table) -> String {
        let (shared, table) = whole.withoutSharedColumns
        let layout = LaTeXTableLayout(table, on: .upright, else: .turned)
        let floats = environments(table, shared: shared, layout, number: 1, placement: "!htbp")
        let turned =
            layout.page == .upright ? floats : ["\\begin{landscape}"] + floats + ["\\end{landscape}"]
        return (turned + notesApart(table, layout)).joined(separator: "\n")
    }

    /// The table in as many environments as it needs.
    private static func environments(
        _ table: Table, shared: [String], _ layout: LaTeXTableLayout, number: Int, placement: String
    ) -> [String] {
        let label = "tab:\(table.name)" + (number > 1 ? "-\(number)" : "")
        let caption = [table.caption] + (shared.isEmpty ? [] : [shared.joined(separator: "; ") + "."])
        return layout.parts.enumerated().map { index, rows in
            let continued = index == 0 ? "" : " (continued)"
            let lines =
                ["\\begin{table}[\(placement)]", "\\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}"]
                // A later part is the same table.
                + (index == 0 ? [] : ["\\addtocounter{table}{-1}"])
                + ["\\caption{\(LaTeXText.escaped(caption.joined(separator: " ") + continued))}"]
                + (index == 0 ? ["\\label{\(label)}"] : []) + tabular(table, rows: rows, layout)
                + (layout.notesFit ? notes(table.footnotes) : []) + ["\\end{table}"]
            return lines.joined(separator: "\n")
        }
    }

    /// Notes that do not fit on the table's page.
    private static func notesApart(_ table: Table, _ layout: LaTeXTableLayout) -> [String] {
        layout.notesFit || table.footnotes.isEmpty ? [] : [list(table.footnotes)]
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
        return layout.isScaled
            ? ["\\resizebox{\\linewidth}{!}{%"] + lines.dropLast() + ["\\end{tabular}}"] : lines
    }

    private static func notes(_ notes: [String]) -> [String] {
        notes.isEmpty
            ? []
            : ["\\par\\medskip\\begin{minipage}{\\linewidth}\\footnotesize"]
                + notes.map { LaTeXText.escaped($0) + "\\par" } + ["\\end{minipage}"]
    }
}
