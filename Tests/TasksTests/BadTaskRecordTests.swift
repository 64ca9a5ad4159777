import Tasks
import Testing

@Suite("Bad records of RTE, CB, WSC, WiC, MultiRC, ReCoRD and DROP")
struct BadTaskRecordTests {
    private static let rte = #"{"premise": "p", "hypothesis": "h", "label": "entailment"}"#
    private static let wsc =
        #"{"text": "The cat sat. It fell.", "label": true, "target": {"span1_text": "The cat", "#
        + #""span1_index": 0, "span2_text": "It", "span2_index": 3}}"#
    private static let record =
        #"{"passage": {"text": "Zoe ran.", "entities": [{"start": 0, "end": 2}]}, "#
        + #""qas": [{"query": "@placeholder ran", "answers": [{"text": "Zoe"}]}]}"#
    private static let drop = #"{"question": "q", "answer": {"number": "7", "date": {}, "spans": []}}"#

    private static let choices = [
        BadRecordCase(
            "a label's text is unknown", task: "rte", entry: "RTE/train.jsonl",
            text: rte + "\n" + rte.replacing("entailment", with: "neutral"),
            parts: ["line 2", "\"label\"", "found \"neutral\"", "\"entailment\" or \"not_entailment\""]),
        BadRecordCase(
            "one label of three is unknown", task: "cb", entry: "train.jsonl",
            text: rte.replacing("entailment", with: "maybe"),
            parts: ["line 1", "found \"maybe\"", "\"entailment\" or \"contradiction\" or \"neutral\""]),
        BadRecordCase(
            "labels are missing, as in a test split", task: "cb", entry: "train.jsonl",
            text: #"{"premise": "p", "hypothesis": "h", "idx": 0}"#,
            parts: ["train.jsonl", "line 1", "\"label\"", "no such field"]),
        BadRecordCase(
            "a label is a number where it must be true or false", task: "wic", entry: "train.jsonl",
            text: #"{"word": "w", "sentence1": "s", "sentence2": "t", "label": 0}"#,
            parts: ["line 1", "\"label\"", "found a number", "true or false"]),
        BadRecordCase(
            "a span has no text", task: "wsc", entry: "train.jsonl",
            text: wsc.replacing("span1_text", with: "span_text"),
            parts: ["line 1", "\"target.span1_text\"", "no such field"]),
        BadRecordCase(
            "a span is not in the text", task: "wsc", entry: "train.jsonl",
            text: wsc + "\n" + wsc.replacing("\"The cat\"", with: "\"the dog\""),
            parts: ["line 2", "\"target.span1_text\"", "found \"the dog\"", "a span of the text"]),
        BadRecordCase(
            "a span's word is past the end", task: "wsc", entry: "train.jsonl",
            text: wsc.replacing("\"It\"", with: "\"it.\"").replacing("3}", with: "5}"),
            parts: ["line 1", "\"target.span2_index\"", "found 5", "one of the 5 words"]),
        BadRecordCase(
            "an answer's label is unknown", task: "multirc", entry: "train.jsonl",
            text: #"{"passage": {"text": "t", "questions": [{"question": "q", "answers": "#
                + #"[{"text": "a", "label": 1}, {"text": "b", "label": 3}]}]}}"#,
            parts: ["line 1", "\"passage.questions[0].answers[1].label\"", "found 3", "0 or 1"]),
        BadRecordCase(
            "an answer's label is missing, as in a test split", task: "multirc", entry: "train.jsonl",
            text: #"{"passage": {"text": "t", "questions": [{"question": "q", "answers": "#
                + #"[{"text": "a"}]}]}}"#,
            parts: ["line 1", "\"passage.questions[0].answers[0].label\"", "no such field"]),
        BadRecordCase(
            "no paragraph has an answer", task: "multirc", entry: "train.jsonl",
            text: #"{"passage": {"text": "t", "questions": []}}"#, parts: ["train.jsonl", "no record"]),
        BadRecordCase(
            "an entity ends past the text", task: "record", entry: "train.jsonl",
            text: record + "\n" + record.replacing("\"end\": 2", with: "\"end\": 8"),
            parts: ["line 2", "\"passage.entities[0]\"", "found 0 to 8", "the 8 of the text"]),
        BadRecordCase(
            "an entity ends before it starts", task: "record", entry: "train.jsonl",
            text: record.replacing("\"start\": 0", with: "\"start\": 3"),
            parts: ["line 1", "\"passage.entities[0]\"", "found 3 to 2"]),
        BadRecordCase(
            "no answer is an entity", task: "record", entry: "train.jsonl",
            text: record.replacing("\"Zoe\"", with: "\"Abe\""),
            parts: ["line 1", "\"qas[0].answers\"", "only \"Abe\"", "one of the passage's entities"]),
        BadRecordCase(
            "a query's answers are missing, as in a test split", task: "record", entry: "train.jsonl",
            text: record.replacing("answers", with: "other"),
            parts: ["line 1", "\"qas[0].answers\"", "no such field"]),
        BadRecordCase(
            "a query has no answer", task: "record", entry: "train.jsonl",
            text: record.replacing(#"[{"text": "Zoe"}]"#, with: "[]"),
            parts: ["line 1", "\"qas[0].answers\"", "an empty list"]),
        BadRecordCase(
            "a query has no gap", task: "record", entry: "train.jsonl",
            text: record.replacing("@placeholder", with: "Who"),
            parts: ["line 1", "\"qas[0].query\"", "found \"Who ran\"", "@placeholder"]),
    ]

    private static let documents = [
        BadRecordCase(
            "a field deep in a section is missing", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": [\#(drop)]}, "#
                + #""b_1": {"passage": "p", "qa_pairs": [\#(drop), {"question": "q"}]}}"#,
            parts: ["drop_dataset_train.json", "\"b_1.qa_pairs[1].answer\"", "no such field"]),
        BadRecordCase(
            "a number is no text", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": [\#(drop.replacing("\"7\"", with: "7"))]}}"#,
            parts: ["\"a.qa_pairs[0].answer.number\"", "found a number", "a string"]),
        BadRecordCase(
            "a section is a list", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": []}"#, parts: ["\"a\"", "found an array", "an object"]),
        BadRecordCase(
            "a section is named twice", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": []}, "a": {"passage": "p", "qa_pairs": []}}"#,
            parts: ["\"a\"", "second time"]),
        BadRecordCase(
            "a document is a list", task: "drop", entry: "drop_dataset_train.json", text: "[]",
            parts: ["drop_dataset_train.json", "found an array", "an object"]),
        BadRecordCase(
            "an object is cut off", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": []"#,
            parts: ["drop_dataset_train.json", "not valid JSON"]),
        BadRecordCase(
            "a text is cut off after a backslash", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p\"#, parts: ["drop_dataset_train.json", "not valid JSON"]),
        BadRecordCase(
            "brackets do not match", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": [}}"#, parts: ["not valid JSON"]),
        BadRecordCase(
            "something stands after an object", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": []}} x"#,
            parts: ["drop_dataset_train.json", "not valid JSON"]),
        BadRecordCase(
            "an object has no member", task: "drop", entry: "drop_dataset_train.json",
            text: " { } \n", parts: ["drop_dataset_train.json", "no record"]),
        BadRecordCase(
            "no question has an answer", task: "drop", entry: "drop_dataset_train.json",
            text: #"{"a": {"passage": "p", "qa_pairs": [\#(drop.replacing("\"7\"", with: "\"\""))]}}"#,
            parts: ["drop_dataset_train.json", "no record"]),
    ]

    @Test(
        "the error names the archive, the place, what was found and what was expected",
        arguments: choices + documents)
    func names(_ bad: BadRecordCase) throws { try bad.expectNamed() }
}
