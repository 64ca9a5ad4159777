import Tasks
import Testing

/// The tasks that only the larger comparison has, each with the least that shows its form.
@Suite("Task wording of RTE, CB, WSC, WiC, MultiRC, ReCoRD and DROP")
struct PublishedWordingTests {
    @Test("RTE: premise, question about the hypothesis, Yes or No")
    func rte() throws {
        let archive = try WrittenArchive([
            "RTE/val.jsonl": #"{"premise": "P.", "hypothesis": "H.", "label": "not_entailment", "idx": 0}"#
        ])
        let example = try RTE().examples(of: .validation, in: archive.open())[0]
        #expect(example.prompt == "P.\nDoes this mean that \"H.\" is true? Yes or No?\n")
        #expect(example.fullTexts == ["Yes", "No"].map { example.prompt + $0 })
        #expect(example.goldIndices == [1])
    }

    @Test("CB: Yes, No and Maybe for entailment, contradiction and neutral")
    func cb() throws {
        let lines = ["entailment", "contradiction", "neutral"].map {
            #"{"premise": "P.", "hypothesis": "h", "label": "\#($0)"}"# + "\n"
        }
        let archive = try WrittenArchive(["CB/train.jsonl": lines.joined()])
        let examples = try CB().examples(of: .train, in: archive.open())
        let prompt = "Suppose P. Can we infer that \"h\"? Yes, No, or Maybe?\n"
        #expect(examples.allSatisfy { $0.prompt == prompt && $0.fullTexts.count == 3 })
        #expect(
            examples.map { $0.fullTexts[$0.goldIndex] } == ["Yes", "No", "Maybe"].map { prompt + $0 })
    }

    @Test("WSC: the pronoun in small letters, the corrected phrase, No or Yes")
    func wsc() throws {
        let archive = try WrittenArchive([
            "train.jsonl": #"{"text": "The cat sat. It fell.", "label": true, "target": {"#
                + #""span1_text": "the cat.", "span1_index": 0, "span2_text": "It", "span2_index": 3}}"#
        ])
        let example = try WSC().examples(of: .train, in: archive.open())[0]
        #expect(
            example.prompt == "The cat sat. It fell.\nIn the previous sentence, does the pronoun \"it\" "
                + "refer to The cat? Yes or No?\n")
        #expect(example.goldAnswers == ["Yes"])
        #expect(example.fullTexts[example.goldIndex].hasSuffix("?\nYes"))
    }

    @Test("WiC: the question first, then both sentences, No or Yes")
    func wic() throws {
        let archive = try WrittenArchive([
            "WiC/val.jsonl": #"{"word": "w", "sentence1": "S w.", "sentence2": "T w.", "label": false}"#
        ])
        let example = try WiC().examples(of: .validation, in: archive.open())[0]
        #expect(
            example.prompt
                == "Does the word \"w\" have the same meaning in these two sentences? Yes, No?\nS w.\nT w.\n")
        #expect(example.fullTexts == ["No", "Yes"].map { example.prompt + $0 })
        #expect(example.goldIndex == 0)
    }

    @Test("MultiRC: one example for each answer, No or Yes")
    func multirc() throws {
        let archive = try WrittenArchive([
            "train.jsonl": #"{"passage": {"text": "T.", "questions": [{"question": "Q?", "answers": "#
                + #"[{"text": "a", "label": 0}, {"text": "b", "label": 1}]}]}}"#
        ])
        let examples = try MultiRC().examples(of: .train, in: archive.open())
        #expect(examples.map(\.id) == ["train:0", "train:1"])
        #expect(
            examples[1].prompt
                == "T.\nQuestion: Q?\nI found this answer \"b\". Is that correct? Yes or No?\n")
        #expect(examples.map(\.goldAnswers) == [["No"], ["Yes"]])
    }

    @Test("ReCoRD: each entity once, answers in the order of their letters: the first trained on, all right")
    func record() throws {
        let archive = try WrittenArchive([
            "val.jsonl": #"{"passage": {"text": "Zoe, Abe and Zoe\n@highlight\nAbe ran", "entities": "#
                + #"[{"start": 5, "end": 7}, {"start": 0, "end": 2}, {"start": 13, "end": 15}]}, "qas": "#
                + #"[{"query": "@placeholder won.", "answers": [{"text": "Zoe"}, {"text": "Abe"}]}]}"#
        ])
        let example = try ReCoRD().examples(of: .validation, in: archive.open())[0]
        #expect(example.prompt == "Zoe, Abe and Zoe\n- Abe ran\n-")
        #expect(example.fullTexts == ["Zoe", "Abe"].map { "\(example.prompt) \($0) won." })
        #expect(example.goldIndex == 1)
        #expect(example.goldIndices == [1, 0])
        #expect(example.goldAnswers == ["Abe", "Zoe"])
    }

    @Test("DROP: dates without their missing parts, every span an answer, passages in the file's order")
    func drop() throws {
        let archive = try WrittenArchive([
            "drop_dataset_dev.json": """
            {"z": {"passage": "P.", "qa_pairs": [{"question": " when? ", "validated_answers": [
            {"number": "", "date": {"day": "", "month": "May", "year": "1900"}, "spans": []},
            {"number": "", "date": {}, "spans": ["one", "two"]}]}]},
            "a": {"passage": "R.", "qa_pairs": [{"question": "q", "validated_answers": [
            {"number": "7", "date": {}, "spans": []}]}]}}
            """
        ])
        let examples = try DROP().examples(of: .validation, in: archive.open())
        #expect(examples[0].prompt == "Passage: P.\nQuestion: when?\nAnswer:")
        #expect(examples[0].fullTexts == [examples[0].prompt + " May 1900\n"])
        #expect(examples[0].goldAnswers == ["May 1900", "one", "two"])
        #expect(examples[1].goldAnswers == ["7"])
    }
}
