import Foundation
import Tasks
import Testing

@Suite("Bad records")
struct BadRecordTests {
    private static let goodBoolQ = #"{"passage": "p", "question": "q", "label": true}"#
    private static let goodCOPA =
        #"{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": 0}"#

    private static let cases = [
        BadRecordCase(
            "a column is missing", task: "sst2", entry: "train.tsv",
            text: "text\tlabel\nx\t1\n",
            parts: ["train.tsv", "line 1", "\"sentence\"", "\"text\"", "a column of that name"]),
        BadRecordCase(
            "a field is missing", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\t1\nonly text\n",
            parts: ["line 3", "1 tab-separated fields", "\"only text\"", "expected 2"]),
        BadRecordCase(
            "a line in the middle is empty", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n\nx\t1\n", parts: ["line 2", "1 tab-separated fields", "expected 2"]),
        BadRecordCase(
            "a label is unknown", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\nx\t1\ny\t2\n", parts: ["line 3", "\"label\"", "found \"2\"", "0 or 1"]),
        BadRecordCase(
            "a table has only a header", task: "sst2", entry: "train.tsv",
            text: "sentence\tlabel\n",
            parts: ["train.tsv", "no record"]),
        BadRecordCase(
            "an entry is empty", task: "boolq", entry: "train.jsonl", text: "",
            parts: ["train.jsonl", "no record"]),
        BadRecordCase(
            "a JSON field is missing", task: "boolq", entry: "BoolQ/train.jsonl",
            text: goodBoolQ + "\n" + #"{"passage": "p", "label": true}"# + "\n",
            parts: ["BoolQ/train.jsonl", "line 2", "\"question\"", "no such field"]),
        BadRecordCase(
            "a JSON field has another type", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": "p", "question": "q", "label": 1}"#,
            parts: ["line 1", "\"label\"", "found a number", "true or false"]),
        BadRecordCase(
            "a JSON field is null", task: "boolq", entry: "train.jsonl",
            text: #"{"passage": null, "question": "q", "label": true}"#,
            parts: ["\"passage\"", "found null", "a string"]),
        BadRecordCase(
            "a line is not JSON", task: "boolq", entry: "train.jsonl",
            text: goodBoolQ + "\n{\"passage\": \n", parts: ["line 2", "not valid JSON"]),
        BadRecordCase(
            "a line is JSON but no object", task: "boolq", entry: "train.jsonl",
            text: "[1]\n",
            parts: ["line 1", "found an array", "an object"]),
        BadRecordCase(
            "a line in a JSON-lines file is empty", task: "boolq", entry: "train.jsonl",
            text: goodBoolQ + "\n\n" + goodBoolQ, parts: ["line 2", "not valid JSON"]),
        BadRecordCase(
            "a direction is unknown", task: "copa", entry: "train.jsonl",
            text: goodCOPA.replacingOccurrences(of: "cause", with: "reason"),
            parts: ["line 1", "\"question\"", "found \"reason\"", "\"effect\" or \"cause\""]),
        BadRecordCase(
            "a numeric label is unknown", task: "copa", entry: "train.jsonl",
            text: goodCOPA + "\n" + goodCOPA.replacingOccurrences(of: "0}", with: "2}"),
            parts: ["line 2", "\"label\"", "found 2", "0 or 1"]),
        BadRecordCase(
            "a numeric label is text", task: "copa", entry: "train.jsonl",
            text: goodCOPA.replacingOccurrences(of: "0}", with: "\"0\"}"),
            parts: ["line 1", "\"label\"", "found a string", "an integer"]),
        BadRecordCase(
            "a field deep in a document is missing", task: "squad", entry: "train-v1.1.json",
            text:
                #"{"data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [{"question": "q"}]}]}]}"#,
            parts: ["train-v1.1.json", "\"data[0].paragraphs[0].qas[0].answers\"", "no such field"]),
        BadRecordCase(
            "a question has no answer", task: "squad", entry: "train-v1.1.json",
            text:
                #"{"data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [{"question": "q", "answers": []}]}]}]}"#,
            parts: ["qas[0].answers", "an empty list", "at least one answer"]),
        BadRecordCase(
            "a document is cut off", task: "squad", entry: "train-v1.1.json",
            text: #"{"data": [{"title": "#, parts: ["train-v1.1.json", "not valid JSON"]),
        BadRecordCase(
            "a document has no question", task: "squad", entry: "train-v1.1.json",
            text: #"{"data": []}"#, parts: ["train-v1.1.json", "no record"]),
        BadRecordCase(
            "the entry is not there", task: "copa", entry: "test.jsonl", text: goodCOPA,
            parts: ["train.jsonl", "test.jsonl"]),
    ]

    @Test("the error names the archive, the place, what was found and what was expected", arguments: cases)
    func names(_ bad: BadRecordCase) throws { try bad.expectNamed() }

    @Test("bytes that are not UTF-8 are found on their line", arguments: ["sst2", "boolq", "squad", "drop"])
    func badUTF8(task: String) throws {
        let entry = try #require(
            [
                "sst2": "train.tsv", "boolq": "train.jsonl", "squad": "train-v1.1.json",
                "drop": "drop_dataset_train.json",
            ][task])
        let start = try #require(
            [
                "sst2": "sentence\tlabel\n", "boolq": Self.goodBoolQ + "\n", "squad": "{\n", "drop": "{\n",
            ][task])
        let archive = try WrittenArchive([:])
        try archive.write(Data(start.utf8) + Data([0x61, 0xC3, 0x28, 0x0A]), to: entry)
        let message = try BadRecordCase.message(of: task, in: archive)
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
}
