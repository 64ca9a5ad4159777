/// A yes/no question with the passage that decides it, as in BoolQ.
struct YesNoExample: Hashable {
    /// Title, ` -- `, text, as SuperGLUE has it.
    let passage: String
    /// Lower case, without a question mark.
    let question: String
    let answer: Bool
}

/// Draws yes/no questions, "yes" and "no" in turn, never the same passage twice.
struct YesNoQuestions {
    private let world: World
    private var draws: Draws
    private var seen: Set<String> = []
    private var nextAnswer = true

    /// A generator over the given world.
    init(world: World, seed: UInt64) {
        self.world = world
        draws = Draws(seed: seed, stream: "yes-no questions")
    }

    /// The next example.
    mutating func next() -> YesNoExample {
        while true {
            let passage = world.passage(about: draws.pick(world.subjects), facts: 3, events: 1, &draws)
            guard seen.insert(passage.text).inserted else { continue }
            let question = draws.pick(draws.pick(passage.statements).questions)
            let asked = nextAnswer ? question.answer : draws.pick(question.others)
            defer { nextAnswer.toggle() }
            return YesNoExample(
                passage: passage.title + " -- " + passage.text, question: question.yesNo(about: asked),
                answer: nextAnswer)
        }
    }
}
