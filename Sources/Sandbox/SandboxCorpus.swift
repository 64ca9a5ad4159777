/// Texts of the sandbox's world, as many as wanted: for training its vocabulary and for pretraining.
///
/// A third is plain sentences and passages; the rest are examples of the four tasks written as the published
/// prompts with their answers. None of the examples is in the data folder's splits of the same seed, but the
/// lasting facts (who lives where) are the same, as the world is the same.
package struct SandboxCorpus {
    private var generators: SandboxData.Generators
    private let world: World
    private var draws: Draws

    /// The corpus of a seed; its first texts are always the same.
    package init(seed: UInt64) {
        self.init(data: SandboxData(seed: seed), seed: seed)
    }

    init(data: SandboxData, seed: UInt64) {
        generators = data.further
        world = data.world
        draws = Draws(seed: seed, stream: "corpus")
    }

    /// The next texts, in order.
    package mutating func texts(_ count: Int) -> [String] {
        (0..<count).map { _ in next() }
    }

    /// The next text: ASCII, up to about 60 words, possibly of several lines.
    package mutating func next() -> String {
        switch draws.below(6) {
        case 0: plainReview()
        case 1: plainPassage()
        case 2: reviewPrompt()
        case 3: yesNoPrompt()
        case 4: causeSentence()
        default: readingPrompt()
        }
    }

    private mutating func plainReview() -> String {
        generators.reviews.next().sentence.trimmingSpaces
    }

    private mutating func plainPassage() -> String {
        world.passage(about: draws.pick(world.subjects), facts: 3, events: 1, &draws).text
    }

    private mutating func reviewPrompt() -> String {
        let review = generators.reviews.next()
        return review.sentence.trimmingSpaces + " It was " + (review.isPositive ? "great" : "terrible")
    }

    private mutating func yesNoPrompt() -> String {
        let example = generators.yesNo.next()
        // The published prompt has no title, and begins the question with a capital.
        let text = example.passage.firstRange(of: " -- ").map { String(example.passage[$0.upperBound...]) }
        let question = example.question.prefix(1).uppercased() + example.question.dropFirst() + "?"
        return "\(text ?? example.passage) \(question)\n\(example.answer ? "Yes" : "No")"
    }

    private mutating func causeSentence() -> String {
        let example = generators.causes.next()
        let right = example.choices[example.label]
        let conjunction = example.asked == .effect ? "so" : "because"
        return
            "\(example.premise.dropLast()) \(conjunction) \(right.prefix(1).lowercased())\(right.dropFirst())"
    }

    private mutating func readingPrompt() -> String {
        let paragraph = generators.passages.next()
        let asked = draws.pick(paragraph.questions)
        return """
            Title: \(paragraph.title)
            Context: \(paragraph.context)
            Question: \(asked.question)
            Answer: \(asked.answer)

            """
    }
}

extension String {
    /// The text without spaces at its ends.
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
