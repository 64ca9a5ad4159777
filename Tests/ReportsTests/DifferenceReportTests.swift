import Comparison
import Foundation
import Reports
import ResultStore
import Suites
import Testing
import Training

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Reports of differences and gates")
struct DifferenceReportTests {
    @Test("a difference reads as the golden text, and JSON has its figures")
    func difference() throws {
        let difference = SampleDifference.difference
        let report = DifferenceReport.make(
            from: difference, baseline: "before.sqlite", candidate: "after.sqlite")
        try expectGolden(MarkdownRenderer.render(report), "difference.md")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = try #require(
            JSONSerialization.jsonObject(with: encoder.encode(DifferenceDocument(difference)))
                as? [String: Any])
        #expect(json["conclusion"] as? String == "different")
        let suites = try #require(json["suites"] as? [[String: Any]])
        let cells = try #require(suites.first?["cells"] as? [[String: Any]])
        #expect(cells.count == 2)
        let time = try #require(cells.first?["stepTime"] as? [String: Any])
        #expect(time["pairing"] as? String == "interleaved")
        #expect((time["logRatios"] as? [Double])?.count == 12)
    }

    @Test("a database against itself reads: the same")
    func itself() {
        let snapshot = SampleDifference.baseline
        let report = DifferenceReport.make(
            from: DatabaseDifference(baseline: [snapshot], candidate: [snapshot]), baseline: "a.sqlite",
            candidate: "a.sqlite")
        #expect(report.sections.count == 1)
        #expect(
            report.sections.first?.blocks == [
                .paragraph("The same: both hold the very same records, times included.")
            ])
    }

    @Test("a gate reads as the golden texts: Markdown, JUnit XML and workflow annotations")
    func gate() throws {
        let difference = try #require(SampleDifference.difference.suites.first)
        let policy = GatePolicy()
        let gate = Gate(of: difference, policy: policy)
        try expectGolden(
            MarkdownRenderer.render(GateReport.make(from: gate, of: difference, policy: policy)), "gate.md")
        let xml = JUnitRenderer.render(gate, of: difference)
        try expectGolden(xml, "gate.xml")
        try expectGolden(WorkflowAnnotations.render(gate, of: difference), "gate.txt")
        #expect(
            try JUnitShape(xml).failures
                == gate.checks.count { [.regression, .inferior].contains($0.finding) })
    }

    @Test("what XML and workflow commands would read as markup is escaped")
    func escapes() throws {
        var difference = SampleDifference.candidate
        difference.suiteName = "a<b>&\"c\"\u{1}"
        difference.cells[0].trials[0].status = .failed
        difference.cells[0].trials[0].failure = .init(
            reason: .crashed, step: 1, message: "100 % <gone>\nreally, yes: \"so\" & so")
        let suite = SuiteDifference(baseline: SampleDifference.baseline, candidate: difference)
        let gate = Gate(of: suite, policy: GatePolicy())
        let xml = JUnitRenderer.render(gate, of: suite)
        let shape = try JUnitShape(xml)
        #expect(shape.name == "lezobench gate: a<b>&\"c\" ")
        #expect(
            shape.errors == 1
                && shape.messages.contains { $0.hasSuffix("100 % <gone> really, yes: \"so\" & so") })
        let lines = WorkflowAnnotations.render(gate, of: suite).split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("::") })
        #expect(lines.contains { $0.contains("100 %25 <gone> really, yes") })
    }

    @Test("a message stays inside its workflow command, whatever it holds")
    func hostileAnnotation() {
        var candidate = SampleDifference.candidate
        candidate.cells[0].trials[0].status = .failed
        candidate.cells[0].trials[0].failure = .init(
            reason: .crashed, step: 1, message: "100 %\r\n::notice::x\u{1B}[31m, %\u{301}41")
        let suite = SuiteDifference(baseline: SampleDifference.baseline, candidate: candidate)
        let text = WorkflowAnnotations.render(Gate(of: suite, policy: GatePolicy()), of: suite)
        #expect(text.contains("100 %25  ::notice::x [31m, %25\u{301}41"))
        #expect(!text.unicodeScalars.contains { $0 == "\r" || $0 == "\u{1B}" })
        let lines = text.unicodeScalars.split(whereSeparator: { $0 == "\n" })
        #expect(lines.allSatisfy { String($0).hasPrefix("::") && !String($0).hasPrefix("::notice::x") })
    }

    @Test("a peak of memory beyond every count is shown")
    func hugeMemory() {
        var baseline = SampleDifference.baseline
        for cell in baseline.cells.indices {
            for round in baseline.cells[cell].rounds.indices {
                baseline.cells[cell].rounds[round].peakResidentBytes = .max
            }
        }
        let report = DifferenceReport.make(
            from: DatabaseDifference(baseline: [baseline], candidate: [SampleDifference.candidate]),
            baseline: "a.sqlite", candidate: "b.sqlite")
        #expect(MarkdownRenderer.render(report).contains(" 8796093022208.0 "))
    }
}

/// What a build server reads of a JUnit file.
private final class JUnitShape: NSObject, XMLParserDelegate {
    var name = ""
    var failures = 0
    var errors = 0
    var messages: [String] = []

    init(_ text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes: [String: String] = [:]
    ) {
        if elementName == "testsuites" { name = attributes["name"] ?? "" }
        if elementName == "failure" { failures += 1 }
        if elementName == "error" { errors += 1 }
        if let message = attributes["message"] { messages.append(message) }
    }
}
