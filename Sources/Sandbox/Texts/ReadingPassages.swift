/// A passage with open questions whose answers stand in it, as in SQuAD.
struct ReadingParagraph: Hashable {
    let title: String
    let context: String
    let questions: [ReadingQuestion]
}

/// An open question with its answer's place.
struct ReadingQuestion: Hashable {
    let question: String
    let answer: String
    /// Characters before the answer in the context.
    let answerStart: Int
}

/// Draws passages with three questions each, never the same context twice.
struct ReadingPassages {
    private let world: World
    private var draws: Draws
    private var seen: Set<String> = []

    /// A generator over the given world.
    init(world: World, seed: UInt64) {
        self.world = world
        draws = Draws(seed: seed, stream: "reading passages")
    }

    /// The next paragraph about a subject, or about any when none is given.
    mutating func next(about subject: Subject? = nil) -> ReadingParagraph {
        while true {
            let passage = world.passage(
                about: subject ?? draws.pick(world.subjects), facts: 3, events: 2, &draws)
            let context = passage.text
            guard seen.insert(context).inserted else { continue }
            let asked = draws.pick(3, of: Array(passage.statements.indices)).sorted()
            let questions = asked.compactMap { index in
                question(on: passage.statements[index], at: passage.offset(ofStatement: index))
            }
            return ReadingParagraph(title: passage.title, context: context, questions: questions)
        }
    }

    private mutating func question(on statement: Statement, at offset: Int) -> ReadingQuestion? {
        let question = draws.pick(statement.questions)
        guard let range = statement.text.firstRange(of: question.answer) else { return nil }
        let before = statement.text[..<range.lowerBound].utf8.count
        return ReadingQuestion(
            question: question.open, answer: question.answer, answerStart: offset + before)
    }
}
