import Foundation
import Tasks
import Testing

@Suite("Bad records")
struct BadRecordTests {
    /// Entries of an archive, the task that reads it, and what the error must name.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let task: String
        let entry: String
        let text: String
        let parts: [String]
    }

    private static let goodBoolQ = #"{"passage": "p", "question": "q", "label": true}"#
    private static let goodCOPA =
        #"{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": 0}"#

    private static let cases = [
        Case(
            testDescription: "a column is missing", task: "sst2", entry: "train.tsv",
            text: "text\tlabel\nx\t1\n",
            parts: ["train.tsv", "line 1", "\"sentence\"", "\"text\"", "a column of that name"]),
        Case(
            testDescription: "a field is missing", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\t1\nonly text\n",
            parts: ["line 3", "1 tab-separated fields", "\"only text\"", "expected 2"]),
        Case(
            testDescription: "a line in the middle is empty", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n\nx\t1\n", parts: ["line 2", "1 tab-separated fields", "expected 2"]),
        Case(
            testDescription: "a label is unknown", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\t1\ny\t2\n", parts: ["line 3", "\"label\"", "found \"2\"", "0 or 1"]),
        Case(
            testDescription: "a table has only a header", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n",
            parts: ["train.tsv", "no record"]),
        Case(
            testDescription: "an entry is empty", task: "boolq", entry: "train.jsonl", text: "",
            parts: ["train.jsonl", "no record"]),
        Case(
            testDescription: "a JSON field is missing", task: "boolq", entry: "BoolQ/train.jsonl",
            text: goodBoolQ + "\n" + #"{"passage": "p", "label": true}"# + "\n",
            parts: ["BoolQ/train.jsonl", "line 2", "\"question\"", "no such field"]),
        Case(
            testDescription: "a JSON field has another type", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": "p", "question": "q", "label": 1}"#,
            parts: ["line 1", "\"label\"", "found a number", "true or false"]),
        Case(
            testDescription: "a JSON field is null", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": null, "question": "q", "label": true}"#,
            parts: ["\"passage\"", "found null", "a string"]),
        Case(
            testDescription: "a line is not JSON", task: "boolq", entry: "train.jsonl",
            text: goodBoolQ + "\n{\"passage\": \n", parts: ["line 2", "not valid JSON"]),
        Case(
            testDescription: "a line is JSON but no object", task: "boolq", entry: "train.jsonl",
            text: "[1]\n",
            parts: ["line 1", "found an array", "an object"]),
        Case(
            testDescription: "a line in a JSON-lines file is empty", task: "boolq", entry: "train.jsonl",
            text: goodBoolQ + "\n\n" + goodBoolQ, parts: ["line 2", "not valid JSON"]),
        Case(
            testDescription: "a direction is unknown", task: "copa", entry: "train.jsonl",
            text: goodCOPA.replacingOccurrences(of: "cause", with: "reason"),
            parts: ["line 1", "\"question\"", "found \"reason\"", "\"effect\" or \"cause\""]),
        Case(
            testDescription: "a numeric label is unknown", task: "copa", entry: "train.jsonl",
            text: goodCOPA + "\n" + goodCOPA.replacingOccurrences(of: "0}", with: "2}"),
            parts: ["line 2", "\"label\"", "found 2", "0 or 1"]),
        Case(
            testDescription: "a numeric label is text", task: "copa", entry: "train.jsonl",
            text: goodCOPA.replacingOccurrences(of: "0}", with: "\"0\"}"),
            parts: ["line 1", "\"label\"", "found a string", "an integer"]),
        Case(
            testDescription: "a field deep in a document is missing", task: "squad", entry: "train-v1.1.json",
            text:
                #"{"data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [{"question": "q"}]}]}]}"#,
            parts: ["train-v1.1.json", "\"data[0].paragraphs[0].qas[0].answers\"", "no such field"]),
        Case(
            testDescription: "a question has no answer", task: "squad", entry: "train-v1.1.json",
            text:
                #"{"data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [{"question": "q", "answers": []}]}]}]}"#,
            parts: ["qas[0].answers", "an empty list", "at least one answer"]),
        Case(
            testDescription: "a document is cut off", task: "squad", entry: "train-v1.1.json",
            text: #"{"data": [{"title": "#, parts: ["train-v1.1.json", "not valid JSON"]),
        Case(
            testDescription: "a document has no question", task: "squad", entry: "train-v1.1.json",
            text: #"{"data": []}"#, parts: ["train-v1.1.json", "no record"]),
        Case(
            testDescription: "the entry is not there", task: "copa", entry: "test.jsonl", text: goodCOPA,
            parts: ["train.jsonl", "test.jsonl"]),
    ]

    @Test("the error names the archive, the place, what was found and what was expected", arguments: cases)
    func names(_ bad: Case) throws {
        let archive = try WrittenArchive([bad.entry: bad.text])
        let message = try errorMessage(of: bad.task, in: archive)
        for part in [archive.folder.path] + bad.parts { #expect(message.contains(part), "\(message)") }
    }

    @Test("bytes that are not UTF-8 are found on their line", arguments: ["sst2", "boolq", "squad"])
    func badUTF8(task: String) throws {
        let entry = ["sst2": "train.tsv", "boolq": "train.jsonl", "squad": "train-v1.1.json"][task] ?? ""
        let start = ["sst2": "sentence\tlabel\n", "boolq": Self.goodBoolQ + "\n", "squad": "{\n"][task] ?? ""
        let archive = try WrittenArchive([:])
        try archive.write(Data(start.utf8) + Data([0x61, 0xC3, 0x28, 0x0A]), to: entry)
        let message = try errorMessage(of: task, in: archive)
        for part in [entry, "line 2", "not UTF-8"] { #expect(message.contains(part), "\(message)") }
    }

    @Test("a count below zero is refused")
    func negativeCount() throws {
        let archive = try WrittenArchive(["train.jsonl": Self.goodCOPA, "val.jsonl": Self.goodCOPA])
        #expect(throws: TaskError.negativeCount(what: "dev", count: -1)) {
            try ProtocolSampling.draw(
                task: COPA(), archive: archive.open(), trainExamples: 1, devExamples: -1, testExamples: 1,
                dataSeed: 0)
        }
    }

    private func errorMessage(of task: String, in archive: WrittenArchive) throws -> String {
        let opened = try archive.open()
        let definition = try #require(TaskCatalog.task(named: task))
        do throws(TaskError) {
            _ = try definition.examples(of: .train, in: opened)
            return "accepted"
        } catch {
            return error.description
        }
    }
}
