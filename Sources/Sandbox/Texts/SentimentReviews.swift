/// A one-sentence review with its sentiment, as in SST-2.
struct Review: Hashable {
    /// Lower case, tokens apart, one space at the end: the official look.
    let sentence: String
    let isPositive: Bool
}

/// Draws reviews, positive and negative in turn, never the same sentence twice.
///
/// Every sentence is decided by its words: those of one sentiment, negated words of the other, or both with
/// "but", in which case the part after it counts.
struct SentimentReviews {
    private let world: World
    private var draws: Draws
    private var seen: Set<String> = []
    private var nextIsPositive = true

    /// A generator over the given world.
    init(world: World, seed: UInt64) {
        self.world = world
        draws = Draws(seed: seed, stream: "sentiment reviews")
    }

    /// The next review.
    mutating func next() -> Review {
        while true {
            let same = nextIsPositive ? SentimentWords.positive : SentimentWords.negative
            let opposite = nextIsPositive ? SentimentWords.negative : SentimentWords.positive
            let sentence = compose(same, opposite) + " "
            guard seen.insert(sentence).inserted else { continue }
            defer { nextIsPositive.toggle() }
            return Review(sentence: sentence, isPositive: nextIsPositive)
        }
    }

    private mutating func compose(_ same: SentimentWords.Side, _ opposite: SentimentWords.Side) -> String {
        let thing = draws.pick(SentimentWords.things)
        let part = draws.pick(thing.parts)
        let words = draws.pick(3, of: same.adjectives)
        let name = draws.pick(world.people).name.lowercased()
        return switch draws.below(16) {
        case 0: "\(withArticle(words[0])) and \(words[1]) \(thing.name)"
        case 1: "\(withArticle(words[0])) \(thing.name) \(draws.pick(same.asides))"
        case 2: "the \(thing.name) is \(words[0]) and the \(part) is \(words[1]) ."
        case 3: "\(withArticle(words[0])) \(thing.name) that leaves you \(draws.pick(same.feelings)) ."
        case 4: "one of the \(draws.pick(same.superlatives)) \(plural(thing.name)) of the year ."
        case 5: "i \(draws.pick(same.verbs)) every minute of this \(words[0]) \(thing.name) ."
        case 6: "the \(part) \(draws.pick(same.outcomes)) ."
        case 7: "\(name) 's \(thing.name) is \(words[0]) , \(words[1]) and \(words[2]) ."
        case 8: "what \(withArticle(words[0])) and \(words[1]) \(thing.name) !"
        case 9: "\(words[0]) , \(words[1]) and \(words[2])"
        case 10: "\(name) tells \(withArticle(words[0])) story , and the \(part) is \(words[1]) ."
        case 11: "thanks to \(name) , the \(part) is \(words[0]) ."
        case 12: "there is not one \(draws.pick(opposite.adjectives)) minute in this \(thing.name) ."
        case 13: "not \(withArticle(draws.pick(opposite.adjectives))) \(thing.name) at all"
        case 14:
            "the \(part) is \(draws.pick(opposite.adjectives)) but the \(thing.name) is \(words[0]) ."
        default: "\(draws.pick(opposite.adjectives)) at first but \(words[0]) in the end ."
        }
    }

    private func plural(_ noun: String) -> String {
        noun + "s"
    }
}
