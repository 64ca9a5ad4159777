import Tasks
import Testing

@Suite("Task wording")
struct TaskWordingTests {
    @Test("SST-2: the sentence stripped, It was, terrible or great")
    func sst2() throws {
        let archive = try WrittenArchive([
            "SST-2/train.tsv": "sentence\tlabel\na \"fine\" film . \t1\n dull\t0\n",
            "SST-2/dev.tsv": "label\tsentence\r\n0\tit 's flat\r\n",
        ])
        let train = try SST2().examples(of: .train, in: archive.open())
        #expect(train.count == 2)
        #expect(
            train[0]
                == Example(
                    id: "train:0", prompt: "a \"fine\" film . It was",
                    fullTexts: ["a \"fine\" film . It was terrible", "a \"fine\" film . It was great"],
                    goldIndex: 1, goldAnswers: ["great"],
                    calibration: CalibrationTexts(
                        prompt: " It was", fullTexts: [" It was terrible", " It was great"])))
        #expect(train[1].prompt == "dull It was")
        let validation = try SST2().examples(of: .validation, in: archive.open())
        #expect(validation.map(\.id) == ["validation:0"])
        #expect(validation[0].prompt == "it 's flat It was")
        #expect(validation[0].goldAnswers == ["terrible"])
    }

    @Test("BoolQ: passage without its title, question with a capital and a question mark, Yes or No")
    func boolq() throws {
        let archive = try WrittenArchive([
            "val.jsonl": """
            {"passage": "Sea -- Salt -- water.", "question": "is the sea salty", "label": true, "idx": 0}
            {"passage": "No title.", "question": "\u{E9}t\u{E9}?", "label": false}
            {"passage": "P", "question": "", "label": false}

            """
        ])
        let examples = try BoolQ().examples(of: .validation, in: archive.open())
        #expect(examples[0].prompt == "Salt -- water. Is the sea salty?\n")
        #expect(examples[0].fullTexts.map { $0.suffix(4) } == ["\nYes", "?\nNo"])
        #expect(examples[0].goldIndex == 0)
        #expect(examples[1].prompt == "No title. \u{C9}t\u{E9}?\n")
        #expect(examples[1].goldAnswers == ["No"])
        #expect(examples[2].prompt == "P ?\n")
        let titled = BoolQ(keepsTitles: true)
        #expect(try titled.examples(of: .validation, in: archive.open())[0].prompt.hasPrefix("Sea -- Salt"))
        #expect(titled.name == "boolq-with-titles")
        #expect(try titled.notes(on: archive.open()) != BoolQ().notes(on: archive.open()))
    }

    @Test("COPA: premise without its full stop, so or because, the choice with a small first word")
    func copa() throws {
        let archive = try WrittenArchive([
            "COPA/train.jsonl": """
            {"premise": "It rained. ", "choice1": "The street got wet.", "choice2": "I sang.", "question": "effect", "label": 1}
            {"premise": "He slept..", "choice1": "USA won.", "choice2": "Tired", "question": "cause", "label": 0}
            """
        ])
        let examples = try COPA().examples(of: .train, in: archive.open())
        #expect(examples[0].prompt == "It rained so ")
        #expect(examples[0].fullTexts == ["It rained so the street got wet.", "It rained so I sang."])
        #expect(examples[0].goldIndex == 1)
        #expect(examples[0].goldAnswers == ["I sang."])
        #expect(examples[1].fullTexts == ["He slept. because usa won.", "He slept. because tired"])
    }

    @Test("SQuAD: title, context, question and the first answer")
    func squad() throws {
        let document = """
            {"version": "1.1", "data": [{"title": "T_1", "paragraphs": [{"context": " C. ", "qas": [
            {"id": "x", "question": " why? ", "answers": [{"text": "one", "answer_start": 0}, {"text": "two"}]}]}]}]}
            """
        let archive = try WrittenArchive(["train-v1.1.json": document, "squad/dev-v1.1.json": document])
        let examples = try SQuAD().examples(of: .train, in: archive.open())
        #expect(examples.count == 1)
        #expect(examples[0].prompt == "Title: T_1\nContext:  C. \nQuestion: why?\nAnswer:")
        #expect(examples[0].fullTexts == [examples[0].prompt + " one\n"])
        #expect(examples[0].goldAnswers == ["one", "two"])
        #expect(try SQuAD().notes(on: archive.open()) == [])
        #expect(try SQuAD().examples(of: .validation, in: archive.open()).count == 1)
    }

    @Test("a byte order mark before the first record is no part of it")
    func byteOrderMark() throws {
        let archive = try WrittenArchive(["train.tsv": "\u{FEFF}sentence\tlabel\nx\t1\n"])
        #expect(try SST2().examples(of: .train, in: archive.open()).count == 1)
    }
}
