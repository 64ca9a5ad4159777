/// The examples of the sandbox's four tasks, split as the official files are.
struct SandboxData {
    /// The three parts of a data set; no example stands in two of them.
    struct Splits<Example> {
        let train: [Example]
        let validation: [Example]
        let test: [Example]

        var all: [Example] { train + validation + test }
    }

    let world: World
    let reviews: Splits<Review>
    let yesNoExamples: Splits<YesNoExample>
    let causeExamples: Splits<CauseExample>
    /// SQuAD's test part is not public, so this one is empty; the articles of the parts are different.
    let paragraphs: Splits<ReadingParagraph>

    /// Generators that go on where the examples end, so that what they draw is in none of the splits.
    private(set) var further: Generators

    /// The generators of the four tasks.
    struct Generators {
        var reviews: SentimentReviews
        var yesNo: YesNoQuestions
        var causes: CausesAndEffects
        var passages: ReadingPassages
    }

    /// The data of a seed.
    init(seed: UInt64) {
        let world = World(seed: seed)
        var further = Generators(
            reviews: SentimentReviews(world: world, seed: seed),
            yesNo: YesNoQuestions(world: world, seed: seed),
            causes: CausesAndEffects(world: world, seed: seed),
            passages: ReadingPassages(world: world, seed: seed))
        var draws = Draws(seed: seed, stream: "splits")
        reviews = Self.splits(train: 2000, validation: 500, test: 300, &draws) { further.reviews.next() }
        yesNoExamples = Self.splits(train: 1600, validation: 400, test: 200, &draws) { further.yesNo.next() }
        causeExamples = Self.splits(train: 400, validation: 500, test: 100, &draws) { further.causes.next() }
        let subjects = draws.shuffled(world.subjects)
        let forValidation = subjects.count / 4
        paragraphs = Splits(
            train: subjects.dropFirst(forValidation).flatMap { subject in
                (0..<20).map { _ in further.passages.next(about: subject) }
            },
            validation: subjects.prefix(forValidation).flatMap { subject in
                (0..<14).map { _ in further.passages.next(about: subject) }
            },
            test: [])
        self.world = world
        self.further = further
    }

    /// Splits of even sizes; the generators give labels in turn, so each is balanced before it is shuffled.
    private static func splits<Example>(
        train: Int, validation: Int, test: Int, _ draws: inout Draws, next: () -> Example
    ) -> Splits<Example> {
        Splits(
            train: draws.shuffled((0..<train).map { _ in next() }),
            validation: draws.shuffled((0..<validation).map { _ in next() }),
            test: draws.shuffled((0..<test).map { _ in next() }))
    }
}
