import Foundation
import Tasks
import Testing

@Suite("Records, written by a stranger")
struct HostileRecordTests {
    private static let boolQ = #"{"passage": "p", "question": "q", "label": true}"#

    private static let jsonCases = [
        BadRecordCase(
            "lists nest without end", task: "boolq", entry: "train.jsonl",
            text: boolQ + "\n" + #"{"passage": "# + String(repeating: "[", count: 200_000),
            parts: ["train.jsonl", "line 2"]),
        BadRecordCase(
            "objects nest without end in a field that is not read", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": "p", "x": "# + String(repeating: #"{"x":"#, count: 200_000),
            parts: ["train.jsonl", "line 1"]),
        BadRecordCase(
            "half a surrogate pair", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": "\ud800", "question": "q", "label": true}"#,
            parts: ["line 1", "not valid JSON"]),
        BadRecordCase(
            "the second half of a surrogate pair alone", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": "\udc00", "question": "q", "label": true}"#,
            parts: ["line 1", "not valid JSON"]),
        BadRecordCase(
            "a control character in a text", task: "boolq", entry: "train.jsonl",
            text: "{\"passage\": \"a\u{1}b\", \"question\": \"q\", \"label\": true}",
            parts: ["line 1", "not valid JSON"]),
        BadRecordCase(
            "a number beyond all numbers", task: "copa", entry: "train.jsonl",
            text: #"{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": 1e999}"#,
            parts: ["line 1"]),
        BadRecordCase(
            "an integer beyond all integers", task: "copa", entry: "train.jsonl",
            text:
                #"{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": 99999999999999999999}"#,
            parts: ["line 1"]),
        BadRecordCase(
            "a line longer than any record", task: "boolq", entry: "train.jsonl",
            text: boolQ + "\n" + #"{"passage": ""# + String(repeating: "p", count: 17 << 20) + #""}"#,
            parts: ["line 2", "a line of 17825807 bytes", "at most 16777216"]),
        BadRecordCase(
            "a document that nests without end", task: "squad", entry: "train-v1.1.json",
            text: #"{"data": "# + String(repeating: "[", count: 200_000),
            parts: ["train-v1.1.json", "line 1", "at byte 72 of the document", "at most 64 levels"]),
        BadRecordCase(
            "a document of objects within one another", task: "squad", entry: "train-v1.1.json",
            text: "{\n\"data\": " + String(repeating: #"{"a": 1, "b": "#, count: 100_000),
            parts: ["train-v1.1.json", "line 2", "within one another", "at most 64 levels"]),
        BadRecordCase(
            "a document of very many empty lists", task: "squad", entry: "train-v1.1.json",
            text: "{\"data\":\n[" + String(repeating: "[],", count: 4_100_000),
            parts: ["train-v1.1.json", "line 2", "more than 8000000 names and values", "at most 8000000"]),
        BadRecordCase(
            "a document of very many members", task: "drop", entry: "drop_dataset_train.json",
            text: "{" + String(repeating: "\"\":{},", count: 2_700_000),
            parts: ["drop_dataset_train.json", "line 1", "more than 8000000 names and values"]),
        BadRecordCase(
            "a document with a text longer than any", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": ""# + String(repeating: "p", count: 17 << 20) + #"", "qa_pairs": []}}"#,
            parts: [
                "drop_dataset_train.json", "line 1", "a text of 17825792 bytes, at byte 18",
                "at most 16777216",
            ]),
        BadRecordCase(
            "a document's member that nests without end", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": "# + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
                + "}",
            parts: ["drop_dataset_train.json", "line 1", "at most 64 levels"]),
        BadRecordCase(
            "a document that ends in an escape", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a\"#, parts: ["drop_dataset_train.json", "not valid JSON"]),
        BadRecordCase(
            "a document that ends in a member's escape", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": "b\"#, parts: ["drop_dataset_train.json", "not valid JSON"]),
    ]

    /// Marks that each span all 2,000 letters of a text.
    private static let longMarks = Array(repeating: #"{"start": 0, "end": 1999}"#, count: 17)
        .joined(separator: ", ")
    private static let spanningRecord =
        #"{"passage": {"text": ""# + String(repeating: "a", count: 2000) + #"", "entities": ["# + longMarks
        + #"]}, "qas": []}"#

    private static let spanCases = [
        BadRecordCase(
            "entities that are many times as long as their text", task: "record", entry: "train.jsonl",
            text: spanningRecord,
            parts: [
                "line 1", "\"passage.entities[16]\"", "found 34000 code points",
                "at most 32000 in all for the 2000 of the text",
            ])
    ]

    private static let tableCases = [
        BadRecordCase(
            "a header of very many columns", task: "sst2", entry: "train.tsv",
            text: String(repeating: "x\t", count: 900) + "\n", parts: ["line 1", "and 881 more"]),
        BadRecordCase(
            "a header of more columns than any table has", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel" + String(repeating: "\t", count: 5_000) + "\n",
            parts: ["line 1", "5002 tab-separated fields", "at most 1000"]),
        BadRecordCase(
            "a record of very many fields", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n" + String(repeating: "\t", count: 1_000_000),
            parts: ["line 2", "1000001 tab-separated fields", "at most 1000"]),
        BadRecordCase(
            "a label that a terminal would obey", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\t\u{1b}[2J\u{202e}\n", parts: ["line 2", "\\u{1B}[2J"]),
        BadRecordCase(
            "a label of one character and very many marks", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\ty" + String(repeating: "\u{301}", count: 100_000),
            parts: ["line 2", "…"]),
        BadRecordCase(
            "more records than any split has", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n" + String(repeating: "\n", count: 4_000_000),
            parts: ["line 4000001", "4000001 lines", "at most 4000000"]),
        BadRecordCase(
            "NUL in place of a label", task: "sst2", entry: "train.tsv", text: "sentence\tlabel\nx\t\0\n",
            parts: ["line 2", "\"label\""]),
    ]

    @Test("the error names the place and stays short", arguments: jsonCases + spanCases + tableCases)
    func names(_ bad: BadRecordCase) throws {
        try bad.expectNamed()
        let archive = try WrittenArchive([bad.entry: bad.text])
        let message = try BadRecordCase.message(of: bad.task, in: archive)
        #expect(message != "accepted" && message.unicodeScalars.count < 3000)
        #expect(!message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
    }

    @Test("a text that is nothing but line ends is refused at its first line")
    func lineEnds() throws {
        let archive = try WrittenArchive(["train.jsonl": String(repeating: "\n", count: 1_000_000)])
        #expect(try BadRecordCase.message(of: "boolq", in: archive).contains("line 1"))
    }

    @Test("brackets, commas and colons within texts count for nothing, and quoted quotation marks end none")
    func punctuationInTexts() throws {
        let marks = String(repeating: #"[{,:\"\\"#, count: 1_500_000)
        let archive = try WrittenArchive([
            "train-v1.1.json": #"{"data": [{"title": "t", "paragraphs": [{"context": ""# + marks
                + #"", "qas": [{"question": "q", "answers": [{"text": "a"}]}]}]}]}"#
        ])
        #expect(try BadRecordCase.message(of: "squad", in: archive) == "accepted")
    }

    @Test("a document of as many questions as the largest known one is far from any bound")
    func largestKnown() throws {
        // As DROP's train split has them: 77,409 questions with all parts of an answer.
        let question =
            #"{"question":"q","answer":{"number":"1","date":{"day":"","month":"","year":""},"spans":[]},"query_id":"i"}"#
        let questions = Array(repeating: question, count: 77_409).joined(separator: ",")
        let archive = try WrittenArchive([
            "drop_dataset_train.json": #"{"p": {"passage": "p", "qa_pairs": ["# + questions + "]}}"
        ])
        #expect(try BadRecordCase.message(of: "drop", in: archive) == "accepted")
    }

    @Test("finding the line that is not UTF-8 takes no memory for the lines before it")
    func manyLinesBefore() throws {
        let archive = try WrittenArchive([:])
        let lines = 20 << 20
        try archive.write(Data(repeating: 0x0a, count: lines) + Data([0xff]), to: "train-v1.1.json")
        let before = peakResidentBytes()
        let message = try BadRecordCase.message(of: "squad", in: archive)
        #expect(message.contains("line \(lines + 1)") && message.contains("not UTF-8"), "\(message)")
        // A slice a line would be 640 MiB.
        #expect(peakResidentBytes() - before < 400 << 20)
    }

    private func peakResidentBytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    @Test("a document on one long line that is not UTF-8 is refused for that, with its line")
    func longLine() throws {
        let archive = try WrittenArchive([:])
        let text = Data("{}\n".utf8) + Data(repeating: 0x20, count: 17 << 20) + Data([0xff])
        try archive.write(text, to: "train-v1.1.json")
        let message = try BadRecordCase.message(of: "squad", in: archive)
        #expect(message.contains("line 2") && message.contains("not UTF-8"), "\(message)")
    }
}
