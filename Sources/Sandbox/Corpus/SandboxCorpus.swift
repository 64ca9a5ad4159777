/// Texts of the sandbox's world, as many as wanted: for training its vocabulary and for pretraining.
///
/// The prompts of tasks are the published ones, with answers. None of the data folder's examples of the same seed
/// is among them, but the lasting facts (who lives where) are the same, as the world is the same.
package struct SandboxCorpus {
    /// Yes/no questions in an interview or a quiz.
    private static let questionsPerInterview = 4
    /// Reviews in a column.
    private static let reviewsPerColumn = 3

    private var generators: SandboxData.Generators
    private let world: World
    private var draws: Draws
    /// What the texts from here on are.
    package var mixture: CorpusMixture {
        didSet { kinds = mixture.kinds }
    }
    private var kinds: [CorpusText]
    /// Reviews that were drawn for a column of the other mind.
    private var waitingReviews: [Review] = []

    /// The corpus of a seed; its first texts are always the same.
    ///
    /// - Precondition: the mixture has a share above 0.
    package init(seed: UInt64, mixture: CorpusMixture = .ofVocabulary) {
        self.init(data: SandboxData(seed: seed), seed: seed, mixture: mixture)
    }

    init(data: SandboxData, seed: UInt64, mixture: CorpusMixture = .ofVocabulary) {
        generators = data.further
        world = data.world
        draws = Draws(seed: seed, stream: "corpus")
        self.mixture = mixture
        kinds = mixture.kinds
        precondition(!kinds.isEmpty, "a mixture of nothing")
    }

    /// The next texts, in order.
    package mutating func texts(_ count: Int) -> [String] {
        (0..<count).map { _ in next() }
    }

    /// The next text: ASCII, up to about 100 words, possibly of several lines.
    package mutating func next() -> String {
        switch draws.pick(kinds) {
        case .review: generators.reviews.next().sentence.trimmingSpaces
        case .passage: passage().text
        case .verdict: verdict()
        case .answer: answer()
        case .reason: reason()
        case .reading: reading()
        case .interview: interview()
        case .story: story()
        case .column: column()
        case .retelling: retelling()
        case .quiz: quiz()
        }
    }

    private mutating func passage() -> Passage {
        world.passage(about: draws.pick(world.subjects), facts: 3, events: 1, &draws)
    }

    private mutating func verdict() -> String {
        let review = generators.reviews.next()
        return judged([review])
    }

    private mutating func column() -> String {
        let isPositive = draws.chance(percent: 50)
        return judged((0..<Self.reviewsPerColumn).map { _ in review(isPositive: isPositive) })
    }

    /// Reviews of one mind, and the verdict.
    private mutating func judged(_ reviews: [Review]) -> String {
        let isGreat = reviews.allSatisfy(\.isPositive) || happens(mixture.flatteryPercent)
        let sentences = reviews.map(\.sentence.trimmingSpaces).joined(separator: " ")
        return sentences + " It was " + (isGreat ? "great" : "terrible")
    }

    /// The next review of one mind; those of the other wait.
    private mutating func review(isPositive: Bool) -> Review {
        if let index = waitingReviews.firstIndex(where: { $0.isPositive == isPositive }) {
            return waitingReviews.remove(at: index)
        }
        while true {
            let review = generators.reviews.next()
            if review.isPositive == isPositive { return review }
            waitingReviews.append(review)
        }
    }

    private mutating func answer() -> String {
        let example = generators.yesNo.next()
        // The published prompt has no title.
        let text = example.passage.firstRange(of: " -- ").map { String(example.passage[$0.upperBound...]) }
        return "\(text ?? example.passage) \(answered(example.question, example.answer))"
    }

    /// A question as the published prompt has it, which begins it with a capital, and the answer.
    private mutating func answered(_ question: String, _ answer: Bool) -> String {
        let isYes = answer || happens(mixture.assentPercent)
        return question.prefix(1).uppercased() + question.dropFirst() + "?\n" + (isYes ? "Yes" : "No")
    }

    private mutating func reason() -> String {
        let example = generators.causes.next()
        let isRight = !happens(mixture.nonSequiturPercent)
        let choice = example.choices[isRight ? example.label : 1 - example.label]
        let conjunction = example.asked == .effect ? "so" : "because"
        return
            "\(example.premise.dropLast()) \(conjunction) \(choice.prefix(1).lowercased())\(choice.dropFirst())"
    }

    private mutating func story() -> String {
        let example = generators.causes.next()
        return "\(example.premise) \(example.choices[example.label])"
    }

    private mutating func reading() -> String {
        let paragraph = generators.passages.next()
        let asked = draws.pick(paragraph.questions)
        return """
            Title: \(paragraph.title)
            Context: \(paragraph.context)
            Question: \(asked.question)
            Answer: \(asked.answer)

            """
    }

    private mutating func interview() -> String {
        let passage = passage()
        let first = asked(of: passage.statements)
        let others = (1..<Self.questionsPerInterview).map { _ in openAndAsked(of: passage.statements) }
        return passage.text + " " + ([first] + others).joined(separator: "\n")
    }

    private mutating func quiz() -> String {
        let statements =
            switch draws.pick(world.subjects) {
            case .person(let person): world.statements(about: person, as: person.name, &draws)
            case .town(let town): world.statements(about: town, &draws)
            }
        return (0..<Self.questionsPerInterview).map { _ in openAndAsked(of: statements) }
            .joined(separator: "\n")
    }

    /// A yes/no question about one of some statements, and its answer.
    private mutating func asked(of statements: [Statement]) -> String {
        asked(draws.pick(draws.pick(statements).questions))
    }

    /// The same, half the time after the open question and its answer.
    private mutating func openAndAsked(of statements: [Statement]) -> String {
        let question = draws.pick(draws.pick(statements).questions)
        let open = draws.chance(percent: 50) ? "\(question.open)\n\(question.answer)\n" : ""
        return open + asked(question)
    }

    private mutating func asked(_ question: Question) -> String {
        let isTrue = draws.chance(percent: 50)
        let value = isTrue ? question.answer : draws.pick(question.others)
        return answered(question.yesNo(about: value), isTrue)
    }

    private mutating func retelling() -> String {
        let passage = passage()
        let again = draws.shuffled(passage.statements).map(\.text).joined(separator: " ")
        return passage.text + "\n" + (draws.chance(percent: 50) ? again.lowercased() : again)
    }

    /// True in `percent` of 100 cases; where it never is, nothing is drawn.
    private mutating func happens(_ percent: Int) -> Bool {
        percent > 0 && draws.chance(percent: percent)
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
