/// A premise with two alternatives, one of which is its cause or effect, as in COPA.
struct CauseExample: Hashable {
    /// What is asked for.
    enum Asked: String {
        case cause
        case effect
    }

    let premise: String
    let choices: [String]
    let asked: Asked
    /// 0 or 1, the right choice.
    let label: Int
}

/// Draws premises with a right and a wrong choice, the right one first and second in turn.
struct CausesAndEffects {
    private let world: World
    private var draws: Draws
    private var seen: Set<String> = []
    private var nextLabel = 0

    /// A generator over the given world.
    init(world: World, seed: UInt64) {
        self.world = world
        draws = Draws(seed: seed, stream: "causes and effects")
    }

    /// The next example.
    mutating func next() -> CauseExample {
        while true {
            let rules = draws.chance(percent: 70) ? CauseRule.personal : CauseRule.impersonal
            let rule = draws.pick(rules)
            let other = draws.pick(rules.filter { $0.topics.isDisjoint(with: rule.topics) })
            let asked: CauseExample.Asked = draws.chance(percent: 50) ? .cause : .effect
            let person = draws.pick(world.people)
            let premise = fill(asked == .effect ? rule.cause : rule.effect, person.name, person)
            let right = fill(asked == .effect ? rule.effect : rule.cause, person.pronoun, person)
            let wrong = fill(asked == .effect ? other.effect : other.cause, person.pronoun, person)
            // One example for each pair, whichever choice comes first.
            guard seen.insert("\(asked) \(premise) \(wrong)").inserted else { continue }
            defer { nextLabel = 1 - nextLabel }
            return CauseExample(
                premise: premise, choices: nextLabel == 0 ? [right, wrong] : [wrong, right], asked: asked,
                label: nextLabel)
        }
    }

    private func fill(_ clause: String, _ subject: String, _ person: Person) -> String {
        clause.replacing("{S}", with: subject).replacing("{h}", with: person.possessive)
    }
}
