import Sandbox
import Testing

@Suite("Corpus mixtures")
struct CorpusMixtureTests {
    private func texts(_ mixture: CorpusMixture, _ count: Int = 400) -> [String] {
        var corpus = SandboxCorpus(seed: 7, mixture: mixture)
        return corpus.texts(count)
    }

    @Test("texts are of the kinds that have a share, in its proportion")
    func shares() {
        let texts = texts(CorpusMixture(shares: [.verdict: 3, .story: 1]))
        let verdicts = texts.count { $0.contains(" It was ") }
        #expect(abs(verdicts - 300) < 45, "\(verdicts) of 400")
        #expect(texts.allSatisfy { $0.contains(" It was ") != $0.hasSuffix(".") })
    }

    @Test(
        "what is false is affirmed as often as the mixture says, and what is true always",
        arguments: [
            (
                CorpusText.verdict, CorpusMixture(shares: [.verdict: 1], flatteryPercent: 40), "great",
                "terrible"
            ),
            (.answer, CorpusMixture(shares: [.answer: 1], assentPercent: 40), "Yes", "No"),
        ])
    func affirmation(kind: CorpusText, mixture: CorpusMixture, affirmed: String, denied: String) {
        let truthful = texts(CorpusMixture(shares: [kind: 1]))
        let kinder = texts(mixture)
        var changed = 0
        for (truth, text) in zip(truthful, kinder) where truth != text {
            #expect(truth.hasSuffix(denied) && text == truth.dropLast(denied.count) + affirmed)
            changed += 1
        }
        // Half of all are false, of which 40 in 100 are 80; four standard deviations are 28.
        #expect(abs(changed - 80) < 28, "\(changed) of 400")
    }

    @Test("a non sequitur ends a sentence otherwise, and only as often as the mixture says")
    func nonSequiturs() {
        let right = texts(CorpusMixture(shares: [.reason: 1]))
        let wrong = texts(CorpusMixture(shares: [.reason: 1], nonSequiturPercent: 100))
        for (first, second) in zip(right, wrong) {
            #expect(first != second)
            #expect(first.split(separator: " ").first == second.split(separator: " ").first)
        }
        let mixed = texts(CorpusMixture(shares: [.reason: 1], nonSequiturPercent: 70))
        let changed = zip(right, mixed).count { $0 != $1 }
        // Four standard deviations are 37.
        #expect(abs(changed - 280) < 37, "\(changed) of 400")
        for (text, pair) in zip(mixed, zip(right, wrong)) { #expect([pair.0, pair.1].contains(text)) }
    }

    @Test(
        "an interview begins as the prompt of BoolQ and goes on with questions, each answered on the next line"
    )
    func interviews() {
        for text in texts(CorpusMixture(shares: [.interview: 1])) {
            let lines = text.split(separator: "\n")
            #expect(lines[0].contains(". ") && ["Yes", "No"].contains(lines[1]))
            #expect((8...14).contains(lines.count) && lines.count.isMultiple(of: 2))
            #expect(lines.indices.allSatisfy { lines[$0].hasSuffix("?") == $0.isMultiple(of: 2) })
            #expect(lines.count { $0 == "Yes" || $0 == "No" } == 4)
        }
    }

    @Test("a retelling has the statements of its passage twice, and a column three reviews")
    func repetitions() {
        for text in texts(CorpusMixture(shares: [.retelling: 1])) {
            let tellings = text.lowercased().split(separator: "\n")
            #expect(tellings.count == 2 && tellings[0].sorted() == tellings[1].sorted())
        }
        let columns = texts(CorpusMixture(shares: [.column: 1]))
        #expect(columns.allSatisfy { $0.hasSuffix(" It was great") || $0.hasSuffix(" It was terrible") })
        #expect(abs(columns.count { $0.hasSuffix("great") } - 200) < 40)
    }
}
