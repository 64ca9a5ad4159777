import Foundation
import Reports
import Testing

@Suite("Renderers")
struct RendererTests {
    var table: Table {
        var table = Table(
            name: "sample", caption: "A *sample*.",
            columns: [.init("name"), .init("value", .trailing), .init("what it is")], footnotes: ["A | note."]
        )
        table.append(["a|b", "1.5", "short"])
        table.append(["日本", "12.25", "a rather long sentence, with \"quotes\", that must be folded"])
        table.append(["c"])
        return table
    }

    @Test("Markdown tables are aligned and markup inside cells is made plain")
    func markdown() {
        let found = MarkdownRenderer.render(table)
        #expect(found.hasPrefix("**A \\*sample\\*.**\n\n| name "))
        #expect(found.hasSuffix("\n\n- A | note."))
        let lines = found.split(separator: "\n").map(String.init).filter { $0.hasPrefix("|") }
        #expect(lines.count == 5)
        #expect(lines[1].hasPrefix("| :--- | ----: | :---"))
        #expect(lines[0].hasPrefix("| name | value | what it is"))
        #expect(lines[2].hasPrefix("| a\\|b |   1.5 | short"))
        #expect(lines[3].hasPrefix("| 日本 | 12.25 | a rather"))
    }

    @Test("CSV follows RFC 4180")
    func csv() {
        #expect(
            CSVRenderer.render(table)
                == "name,value,what it is\r\na|b,1.5,short\r\n"
                + "日本,12.25,\"a rather long sentence, with \"\"quotes\"\", that must be folded\"\r\nc,,\r\n")
    }

    @Test("what has no value is an empty field, so that a column of numbers stays one")
    func emptyFields() {
        var table = Table(name: "n", caption: "c", columns: [.init("value", .trailing)])
        table.append(["1.5"])
        table.append([Figures.none])
        #expect(CSVRenderer.render(table) == "value\r\n1.5\r\n\r\n")
        #expect(MarkdownRenderer.render(table).contains(Figures.none))
    }

    @Test("an estimate stands in one panel with both ends of its interval")
    func intervalsStayWhole() {
        var table = Table(
            name: "n", caption: "c",
            columns: [.init("method")]
                + ["rounds", "speedup", "95% low", "95% high", "bound", "low", "high"].map {
                    .init($0, .trailing)
                })
        table.append(["MeZO", "12", "1.234", "1.200", "1.300", "1.500", "1.400", "1.600"])
        table.append(["LeZO", "13", "1.235", "1.201", "1.301", "1.501", "1.401", "1.601"])
        for width in [30, 36, 40, 44] {
            let lines = TerminalTable(table).lines(width: width, colour: false)
            let panels = lines.split(separator: "").map { $0.joined(separator: "\n") }
            #expect(panels.count > 1)
            let interval = panels.filter {
                $0.contains("1.200") || $0.contains("1.300") || $0.contains("1.234")
            }
            #expect(interval.count == 1, "\(width): \(lines)")
            let other = panels.filter { $0.contains("1.400") || $0.contains("1.600") || $0.contains("1.500") }
            #expect(other.count == 1, "\(width): \(lines)")
        }
    }

    @Test("the combined CSV holds every cell, caption and footnote under its keys")
    func combinedCSV() {
        let report = Report(
            title: "T",
            sections: [.init(title: "S", blocks: [.paragraph("P"), .list(["x"]), .table(table)])],
            footer: ["made"])
        let lines = CSVRenderer.render(report).components(separatedBy: "\r\n")
        #expect(lines[0] == "section,table,row,column,value")
        #expect(lines.contains("S,,1,text,P") && lines.contains("S,,2,text,x"))
        #expect(lines.contains("S,sample,2,value,12.25") && lines.contains("S,sample,1,footnote,A | note."))
        #expect(lines.contains(",,1,footer,made") && lines.last == "")
    }

    @Test("tables of one name get names of their own")
    func names() {
        let report = Report(
            title: "T", sections: [.init(title: "S", blocks: [.table(table), .table(table)])], footer: [])
        #expect(report.namedTables.map(\.name) == ["sample", "sample-2"])
    }

    @Test("no line of a terminal table is wider than the terminal", arguments: [12, 20, 40, 60, 100])
    func terminalWidth(width: Int) {
        for line in TerminalTable(table).lines(width: width, colour: false) {
            let columns = line.reduce(0) { $0 + ($1.unicodeScalars.allSatisfy { $0.value < 0x2E80 } ? 1 : 2) }
            #expect(columns <= width, "\(line)")
        }
    }

    @Test("a wide terminal shows a table as it is, a narrow one folds text and never figures")
    func terminalFolding() {
        let wide = TerminalTable(table).lines(width: 100, colour: false)
        #expect(wide.count == 4)
        #expect(wide[0] == "name  value  what it is")
        #expect(wide[1] == "a|b     1.5  short")
        #expect(wide[2].hasPrefix("日本  12.25  a rather long sentence"))
        let narrow = TerminalTable(table).lines(width: 40, colour: false)
        #expect(narrow.count > 4 && narrow.contains { $0.contains("12.25") })
    }

    @Test("a terminal too narrow for columns gets one block a row")
    func terminalBlocks() {
        let lines = TerminalTable(table).lines(width: 12, colour: false)
        #expect(lines.first == "name: a|b" && lines.contains("value: 1.5") && lines.contains(""))
    }

    @Test("headings are bold only when colour is wanted")
    func colour() {
        #expect(
            TerminalTable(table).lines(width: 100, colour: true)[0]
                == "\u{1B}[1mname  value  what it is\u{1B}[0m")
        let report = Report(title: "T", sections: [], footer: [])
        #expect(!TerminalRenderer.render(report, width: 80, colour: false).contains("\u{1B}"))
    }

    @Test("control characters in a message reach no output")
    func controlCharacters() {
        let nasty = TerminalTable(columns: [.init("message")], rows: [["one\u{1B}[31m\ntwo\u{7}"]])
        #expect(nasty.lines(width: 80, colour: false) == ["message", "one [31m two"])
        var table = Table(name: "n", caption: "c", columns: [.init("message")])
        table.append(["one\ntwo"])
        #expect(CSVRenderer.render(table) == "message\r\none two\r\n")
    }
}
