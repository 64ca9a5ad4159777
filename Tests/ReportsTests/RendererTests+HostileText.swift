import Reports
import Testing

extension RendererTests {
    /// A report of one paragraph.
    private func report(_ text: String) -> Report {
        Report(title: "T", sections: [.init(title: "S", blocks: [.paragraph(text)])], footer: [])
    }

    @Test(
        "Markdown escapes what would be markup, scalar by scalar, and leaves words as they are",
        arguments: [
            ("[a](http://b) [a][b] [a]: b", "[a\\](http://b) [a\\][b] [a\\]: b"),
            ("![a](b) so!", "\\![a\\](b) so!"),
            ("&lt;b&#33; & so; AT&T", "\\&lt;b\\&#33; & so; AT&T"),
            ("_a_ snake_case __b", "\\_a\\_ snake_case \\_\\_b"),
            ("~5 ~~a~~ b~", "~5 \\~\\~a\\~\\~ b\\~"),
            ("<b> `c` \\", "\\<b> \\`c\\` \\\\"),
            ("[1.0, 2.0] a|b > 1", "[1.0, 2.0] a|b > 1"),
            (">50% of a step", "\\>50% of a step"),
            ("  # a #1", "\\# a #1"),
            ("- a - b", "\\- a - b"),
            ("---", "\\---"),
            ("-1.5 to 2.0", "-1.5 to 2.0"),
            ("12. a 13. b", "12\\. a 13. b"),
            ("12.5 a", "12.5 a"),
            ("[x] a", "\\[x] a"),
            ("a\u{0D4E}<\u{301}b", "a\u{0D4E}\\<\u{301}b"),
            ("*\u{301}a*\u{301}", "\\*\u{301}a\\*\u{301}"),
        ])
    func hostileMarkdown(text: String, expected: String) {
        #expect(MarkdownRenderer.render(report(text)) == "# T\n\n## S\n\n" + expected + "\n")
    }

    @Test("a mark that combines with the bar does not end a cell of a Markdown table")
    func hostileCell() {
        var table = Table(name: "n", caption: "c", columns: [.init("m")])
        table.append(["a\u{0D4E}|\u{301}b"])
        let row = "\n| a\u{0D4E}\\|\u{301}b |"
        #expect(MarkdownRenderer.render(table).hasSuffix(row))
    }

    @Test("marks that combine with LaTeX's characters do not hide them")
    func hostileLaTeX() {
        let text = LaTeXRenderer.render(report("\u{0D4E}\\input{x} 50%\u{301}"))
        #expect(text.contains("{[}U+D4E{]}\\textbackslash{}input\\{x\\} 50\\%{[}U+301{]}"))
    }

    @Test(
        "CSV quotes scalar by scalar, and gives formulas but no figures an apostrophe",
        arguments: [
            ("=1+1", "'=1+1"), ("@x", "'@x"), ("＝1", "'＝1"), ("\t=1", "' =1"), ("-1+1", "'-1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-1+HYPERLINK(\"x\")", "\"'-1+HYPERLINK(\"\"x\"\")\""),
            ("-10.0 to 2.0", "-10.0 to 2.0"), ("-2.4 points", "-2.4 points"), ("-1.5*", "-1.5*"),
            ("+0.3 (-1.0 to 1.6)", "+0.3 (-1.0 to 1.6)"), ("-1e-05", "-1e-05"), ("-inf", "-inf"),
            (Figures.none, ""), ("a-b=c", "a-b=c"),
            ("a\u{0D4E}\"\u{301},", "\"a\u{0D4E}\"\"\u{301},\""),
        ])
    func hostileCSV(cell: String, expected: String) {
        var table = Table(name: "n", caption: "c", columns: [.init("m")])
        table.append([cell])
        #expect(CSVRenderer.render(table) == "m\r\n" + expected + "\r\n")
    }

    @Test("one endless message does not make the other rows as long")
    func endlessMessage() {
        var table = Table(name: "n", caption: "c", columns: [.init("message"), .init("other")])
        table.append([String(repeating: "x", count: 100_000), "y"])
        for _ in 0..<50 { table.append(["x", "y"]) }
        #expect(MarkdownRenderer.render(table).utf8.count < 150_000)
        #expect(TerminalTable(table).render(width: .max, colour: false).utf8.count < 150_000)
    }
}
