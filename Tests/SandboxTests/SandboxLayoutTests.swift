import Foundation
import Testing

@Suite("Sandbox, official layouts")
struct SandboxLayoutTests {
    private let sandbox: WrittenSandbox

    init() throws { sandbox = try WrittenSandbox.shared.get() }

    @Test("SST-2 has a header, a sentence that ends with a space, and a label; its test part is numbered")
    func reviews() {
        for (part, count) in [("train", 2000), ("dev", 500)] {
            #expect(sandbox.lines("SST-2/\(part).tsv").first == "sentence\tlabel")
            let reviews = sandbox.reviews(part)
            #expect(reviews.count == count)
            #expect(reviews.allSatisfy { ["0", "1"].contains($0.label) })
            #expect(
                reviews.allSatisfy {
                    $0.sentence.last == " " && $0.sentence == $0.sentence.lowercased()
                        && !$0.sentence.dropLast().contains("  ")
                })
        }
        let test = sandbox.lines("SST-2/test.tsv")
        #expect(test.first == "index\tsentence")
        #expect(test.count == 301)
        #expect(test.dropFirst().enumerated().allSatisfy { $1.hasPrefix("\($0)\t") })
    }

    @Test("BoolQ has title, passage, question, index and label, the last not in the test part")
    func yesNo() throws {
        for (part, count) in [("train", 1600), ("val", 400), ("test", 200)] {
            let examples = try sandbox.yesNo(part)
            #expect(examples.map(\.idx) == Array(0..<count))
            #expect(examples.allSatisfy { ($0.label == nil) == (part == "test") })
            #expect(examples.allSatisfy { $0.passage.components(separatedBy: " -- ").count == 2 })
            #expect(
                examples.allSatisfy { $0.question == $0.question.lowercased() && !$0.question.contains("?") })
        }
    }

    @Test("COPA has premise, two choices, what is asked, index and label, the last not in the test part")
    func causes() throws {
        for (part, count) in [("train", 400), ("val", 500), ("test", 100)] {
            let examples = try sandbox.causes(part)
            #expect(examples.map(\.idx) == Array(0..<count))
            #expect(examples.allSatisfy { $0.label.map { [0, 1].contains($0) } ?? (part == "test") })
            #expect(examples.allSatisfy { ["cause", "effect"].contains($0.question) })
            for text in examples.flatMap({ [$0.premise, $0.choice1, $0.choice2] }) {
                #expect(text.last == "." && text.first?.isUppercase == true && !text.contains("{"), "\(text)")
            }
        }
    }

    @Test("every SQuAD answer stands where it is said to, as a whole word, and ids are unique")
    func squad() throws {
        var ids: [String] = []
        for (part, count) in [("train", 1620), ("dev", 378)] {
            let squad = try sandbox.squad(part)
            #expect(squad.version == "1.1")
            #expect(squad.data.flatMap(\.paragraphs).flatMap(\.qas).count == count)
            for paragraph in squad.data.flatMap(\.paragraphs) {
                let context = Array(paragraph.context)
                for question in paragraph.qas {
                    ids.append(question.id)
                    #expect(question.question.hasSuffix("?") && question.answers.count == 1)
                    for answer in question.answers {
                        let end = answer.answerStart + answer.text.count
                        #expect(String(context[answer.answerStart..<end]) == answer.text)
                        let before = answer.answerStart == 0 ? " " : context[answer.answerStart - 1]
                        #expect(!before.isLetter && !before.isNumber, "\(paragraph.context): \(answer.text)")
                        #expect(
                            !context[end].isLetter && !context[end].isNumber,
                            "\(paragraph.context): \(answer.text)")
                    }
                }
            }
        }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.count == 24 })
    }

    @Test("all texts are ASCII")
    func ascii() throws {
        for (name, bytes) in sandbox.files where !name.hasSuffix(".zip") && !name.hasSuffix(".safetensors") {
            // merges.txt is in GPT-2's alphabet, whose space is not ASCII.
            if !name.hasSuffix("merges.txt") { #expect(bytes.allSatisfy { $0 < 0x80 }, "\(name)") }
        }
        for (name, text) in sandbox.entries { #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(name)") }
    }

    @Test("texts are short enough for a small model: 20, 60, 25 and 80 words at most")
    func lengths() throws {
        func words(_ text: String) -> Int { text.split { $0 == " " || $0 == "\n" }.count }
        #expect((sandbox.reviews("train") + sandbox.reviews("dev")).allSatisfy { words($0.sentence) <= 20 })
        #expect(try sandbox.yesNo("train").allSatisfy { words($0.passage + " " + $0.question) <= 60 })
        #expect(try sandbox.causes("train").allSatisfy { words("\($0.premise) \($0.choice1)") <= 25 })
        #expect(
            try sandbox.squad("train").data.flatMap(\.paragraphs).allSatisfy { paragraph in
                paragraph.qas.allSatisfy { words(paragraph.context + " " + $0.question) <= 80 }
            })
    }
}
