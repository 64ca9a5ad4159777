import Foundation
import Reports
import TestSupport
import Testing

@Suite("LaTeX renderer")
struct LaTeXRendererTests {
    /// A table with everything that LaTeX reads as markup.
    private static var hostile: Table {
        var table = Table(
            name: "hostile", caption: "50% of $x_1 & {y} \\ #3 ~ ^ <b> -- \"q\" 'r' `s`",
            columns: [.init("a|b"), .init("value (%)", .trailing)],
            footnotes: ["– ± × η ≤ ∞ é ł 中 \u{1F600}\n\u{0}"])
        table.append(["[x] & *", "-1.5"])
        table.append(["*", "+0.25"])
        table.append(["\\\\", "\\end{document}"])
        table.emphasize(row: 1, column: 1)
        return table
    }

    @Test("markup characters, signs and letters beyond the font are escaped")
    func escapes() {
        let text = LaTeXRenderer.render(Self.hostile)
        #expect(
            text.contains(
                "\\caption{50\\% of \\$x\\_1 \\& \\{y\\} \\textbackslash{} \\#3 \\textasciitilde{} \\textasciicircum{} "
                    + "\\textless{}b\\textgreater{} -{}- \\textquotedbl{}q\\textquotedbl{} "
                    + "'r' \\textasciigrave{}s\\textasciigrave{}}"))
        #expect(text.contains("{[}x{]} \\& {*} & $-$1.5 \\\\\n"))
        #expect(text.contains("{*} & \\textbf{$+$0.25} \\\\\n"))
        #expect(
            text.contains("\\textbackslash{}\\textbackslash{} & \\textbackslash{}end\\{document\\} \\\\\n"))
        #expect(
            text.contains("-- $\\pm$ $\\times$ $\\eta$ $\\leq$ $\\infty$ é ł {[}U+4E2D{]} {[}U+1F600{]}"))
    }

    @Test("environments, groups and dollars are balanced, and every row has as many cells as columns")
    func structure() throws {
        for snapshot in [SampleSuites.trained, SampleSuites.timed, SampleSuites.seeds] {
            let text = LaTeXRenderer.render(SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger))
            try LaTeXStructure(text).check()
        }
        try LaTeXStructure(LaTeXRenderer.render(Self.hostile)).check()
    }

    @Test("paper tables read as the golden LaTeX")
    func golden() throws {
        let report = SuiteReport.make(from: SampleSuites.seeds, claims: try SampleSuites.ledger)
        let tables = report.tables.map(\.table).filter { $0.name.hasPrefix("score") }
        #expect(tables.count == 2)
        try expectGolden(tables.map(LaTeXRenderer.render).joined(separator: "\n"), "seeds-scores.tex")
    }

    @Test("wide tables are turned, wider ones scaled too, long ones continued")
    func layouts() {
        func table(columns: Int, rows: Int) -> String {
            var table = Table(
                name: "t", caption: "T.", columns: (0..<columns).map { .init("column \($0)", .trailing) })
            for row in 0..<rows { table.append((0..<columns).map { "\(row)-\($0)" }) }
            return LaTeXRenderer.render(table)
        }
        let small = table(columns: 4, rows: 3)
        #expect(!small.contains("landscape}") && !small.contains("\\resizebox"))
        let wide = table(columns: 12, rows: 3)
        #expect(wide.contains("\\begin{landscape}") && !wide.contains("\\resizebox"))
        let widest = table(columns: 30, rows: 3)
        #expect(widest.contains("\\begin{landscape}") && widest.contains("\\resizebox{\\linewidth}{!}"))
        let long = table(columns: 4, rows: 100)
        #expect(long.components(separatedBy: "\\begin{table}").count == 4)
        #expect(long.components(separatedBy: "(continued)").count == 3)
        #expect(long.components(separatedBy: "\\label{tab:t}").count == 2)
        #expect(long.components(separatedBy: "\\midrule").count == 4)
    }

    @Test("a table without rows, and a report without sections, are documents too")
    func empty() throws {
        let table = Table(name: "none", caption: "Nothing.", columns: [.init("a")])
        try LaTeXStructure(LaTeXRenderer.render(table)).check()
        try LaTeXStructure(LaTeXRenderer.render(Report(title: "T", sections: [], footer: []))).check()
    }
}

@Suite("LaTeX documents through pdfTeX")
struct LaTeXSlowTests {
    private static let program = ["/usr/bin/pdflatex", "/usr/local/bin/pdflatex"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test("a whole report compiles", .enabled(if: program != nil, "pdflatex is not installed"))
    func compiles() throws {
        let program = try #require(Self.program)
        for snapshot in [SampleSuites.trained, SampleSuites.timed, SampleSuites.seeds] {
            var report = SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger)
            let letters = (0xA0...0x17F).compactMap(Unicode.Scalar.init).map { String($0) }
            report.footer.append(letters.joined(separator: " "))
            try TemporaryFolder.with { folder in
                try Data(LaTeXRenderer.render(report).utf8).write(
                    to: URL(fileURLWithPath: folder.path("r.tex")))
                let process = Process()
                process.executableURL = URL(fileURLWithPath: program)
                process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "r.tex"]
                process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                let log = String(decoding: try folder.contents("r.log"), as: UTF8.self)
                #expect(process.terminationStatus == 0, "\(log.suffix(1500))")
                #expect(!log.contains("Missing character"))
            }
        }
    }
}
