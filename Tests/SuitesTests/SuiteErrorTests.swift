import Suites
import Testing

@Suite("Suite errors")
struct SuiteErrorTests {
    @Test("every mistake is met with file, line, column and what to do", arguments: mistakes)
    func mistake(_ wrong: WrongSuite) throws {
        let text = SuiteTexts.replacing(wrong.old, by: wrong.new, in: wrong.text)
        try #require(text != wrong.text, "the change must apply")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        #expect(error?.description == wrong.message)
    }

    @Test("the unchanged texts are right")
    func unchanged() throws {
        _ = try SuiteTexts.read(SuiteTexts.tasks)
        _ = try SuiteTexts.read(SuiteTexts.shapes)
    }

    @Test("every beginning of a file is read or refused with its place, and nothing else happens")
    func prefixes() {
        for text in [SuiteTexts.tasks, SuiteTexts.shapes] {
            for end in text.indices {
                do {
                    _ = try SuiteTexts.read(String(text[..<end]))
                } catch {
                    #expect(error.line != nil && error.column != nil, "\(error)")
                }
            }
        }
    }

    static let mistakes =
        WrongSuite.keys + WrongSuite.values + WrongSuite.names + WrongSuite.lists + WrongSuite.protocols
        + WrongSuite.contexts + WrongSuite.syntax

    @Test("aliases of aliases, which stand for a value of any size, are refused by line")
    func aliases() throws {
        let chain = (1...12).map { level in
            let former = [String](repeating: level == 1 ? "x" : "*a\(level - 1)", count: 9).joined(
                separator: ", ")
            return "k\(level): &a\(level) [\(former)]"
        }
        let error = #expect(throws: SuiteError.self) {
            try Suite.read(
                chain.joined(separator: "\n") + "\n? *a12\n: 1\n", path: "example.yaml",
                vocabulary: SuiteTexts.vocabulary)
        }
        #expect(error?.line == 4)
        #expect(error?.problem.contains("more than 24 aliases") == true)
    }

    @Test("lists that nest without end are refused with their place", arguments: ["[", "{a: ", "- ", "? "])
    func nesting(opening: String) throws {
        let error = #expect(throws: SuiteError.self) {
            try Suite.read(
                "suite: " + (opening == "- " || opening == "? " ? "\n" : "")
                    + String(repeating: opening, count: 20_000),
                path: "example.yaml", vocabulary: SuiteTexts.vocabulary)
        }
        #expect(error?.problem.isEmpty == false && error?.file == "example.yaml")
    }
}
