import Foundation
import Sandbox
import Testing

@Suite("Sandbox, labels")
struct SandboxLabelTests {
    private let sandbox: WrittenSandbox

    init() throws { sandbox = try WrittenSandbox.shared.get() }

    /// Whether 45 to 55 of 100 are true.
    private func isBalanced(_ flags: [Bool]) -> Bool {
        let share = Double(flags.count { $0 }) / Double(flags.count)
        return abs(share - 0.5) <= 0.05
    }

    @Test("labels are balanced in every labelled part")
    func balance() throws {
        for part in ["train", "dev"] { #expect(isBalanced(sandbox.reviews(part).map { $0.label == "1" })) }
        for part in ["train", "val"] {
            #expect(isBalanced(try sandbox.yesNo(part).compactMap(\.label)))
            #expect(isBalanced(try sandbox.causes(part).compactMap { $0.label.map { $0 == 1 } }))
        }
    }

    @Test("no example stands twice, in one part or in two")
    func duplicates() throws {
        let numbered = sandbox.lines("SST-2/test.tsv").dropFirst().compactMap {
            $0.components(separatedBy: "\t").last
        }
        let sentences = (sandbox.reviews("train") + sandbox.reviews("dev")).map(\.sentence) + numbered
        #expect(Set(sentences).count == 2800)
        let passages = try ["train", "val", "test"].flatMap { try sandbox.yesNo($0) }.map(\.passage)
        #expect(Set(passages).count == 2200)
        let causes = try ["train", "val", "test"].flatMap { try sandbox.causes($0) }
        #expect(
            Set(causes.map { "\($0.question) \($0.premise) \([$0.choice1, $0.choice2].sorted())" }).count
                == 1000)
        let articles = try ["train", "dev"].map { try sandbox.squad($0).data }
        let contexts = articles.joined().flatMap(\.paragraphs).map(\.context)
        #expect(Set(contexts).count == contexts.count)
        let titles = articles.joined().map(\.title)
        #expect(Set(titles).count == titles.count, "an article is in one part only")
    }

    @Test("the corpus goes on where the data end: none of its examples is in them")
    func corpus() throws {
        var corpus = SandboxCorpus(seed: 7)
        let texts = corpus.texts(2000)
        var again = SandboxCorpus(seed: 7)
        #expect(again.texts(2000) == texts)
        let sentences = Set((sandbox.reviews("train") + sandbox.reviews("dev")).map(\.sentence))
        let contexts = Set(try sandbox.squad("dev").data.flatMap(\.paragraphs).map(\.context))
        var reviewCount = 0
        for text in texts {
            if let end = text.range(of: " It was ") {
                reviewCount += 1
                #expect(!sentences.contains(text[..<end.lowerBound] + " "))
            }
            #expect(!contexts.contains { text.contains($0) })
        }
        #expect(reviewCount > 200)
    }

    @Test("the words of a review decide it: a naive Bayes classifier learns them")
    func reviewsAreLearnable() {
        var counts: [String: [String: Int]] = ["0": [:], "1": [:]]
        for review in sandbox.reviews("train") {
            for word in Set(review.sentence.split(separator: " ")) {
                counts[review.label]?[String(word), default: 0] += 1
            }
        }
        let right = sandbox.reviews("dev").count { review in
            // With 1000 training reviews of each label; one is added to each count.
            let score = Set(review.sentence.split(separator: " ")).reduce(0.0) { sum, word in
                sum + log(Double(1 + (counts["1"]?[String(word)] ?? 0)))
                    - log(Double(1 + (counts["0"]?[String(word)] ?? 0)))
            }
            return (score > 0) == (review.label == "1")
        }
        // Negated and contrasted sentences, a quarter of all, are not a matter of single words.
        #expect(right > 375, "\(right) of 500")
    }

    @Test("no pair of clauses is right in one example and wrong in another")
    func causesAreConsistent() throws {
        // Names, pronouns and sides apart, a pair is always the same.
        func general(_ text: String) -> String {
            text.split(separator: " ").dropFirst().joined(separator: " ")
                .replacingOccurrences(of: "her ", with: "his ")
        }
        var right: Set<String> = []
        var wrong: Set<String> = []
        for example in try sandbox.causes("train") + sandbox.causes("val") {
            let choices = [example.choice1, example.choice2]
            for (index, choice) in choices.enumerated() {
                let pair = "\(example.question): \(general(example.premise)) / \(general(choice))"
                if index == example.label { right.insert(pair) } else { wrong.insert(pair) }
            }
        }
        #expect(right.count > 80)
        #expect(right.isDisjoint(with: wrong))
    }

    @Test("wrong choices are the right ones of other examples, so a choice alone tells nothing")
    func choicesAloneTellNothing() throws {
        let examples = try sandbox.causes("train") + sandbox.causes("val")
        var rightCount: [String: Int] = [:]
        for example in examples {
            rightCount[example.label == 0 ? example.choice1 : example.choice2, default: 0] += 1
        }
        var wrongCount: [String: Int] = [:]
        for example in examples {
            wrongCount[example.label == 0 ? example.choice2 : example.choice1, default: 0] += 1
        }
        // Guessing the choice that is right more often elsewhere, itself left out, stays near a half.
        let guessed = examples.count { example in
            let (right, wrong) =
                example.label == 0 ? (example.choice1, example.choice2) : (example.choice2, example.choice1)
            let rightScore = rightCount[right, default: 0] - 1 - wrongCount[right, default: 0]
            let wrongScore = rightCount[wrong, default: 0] - wrongCount[wrong, default: 0] + 1
            return rightScore > wrongScore
        }
        #expect(abs(Double(guessed) / Double(examples.count) - 0.5) < 0.12, "\(guessed) of \(examples.count)")
    }

    @Test("a yes/no question asked of another passage is not answered by its words alone")
    func questionsAloneTellNothing() throws {
        var yes: [Substring: Int] = [:]
        var no: [Substring: Int] = [:]
        for example in try sandbox.yesNo("train") {
            for word in Set(example.question.split(separator: " ")) {
                if example.label == true { yes[word, default: 0] += 1 } else { no[word, default: 0] += 1 }
            }
        }
        let examples = try sandbox.yesNo("val")
        let right = examples.count { example in
            let score = Set(example.question.split(separator: " ")).reduce(0.0) { sum, word in
                sum + log(Double(1 + yes[word, default: 0])) - log(Double(1 + no[word, default: 0]))
            }
            return (score > 0) == example.label
        }
        #expect(Double(right) / Double(examples.count) < 0.7, "\(right) of \(examples.count)")
    }
}
