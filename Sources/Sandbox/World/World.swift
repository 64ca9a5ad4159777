/// The facts that hold in one sandbox: 24 people in 12 towns, the same for every task of a seed.
struct World {
    let people: [Person]
    let towns: [Town]

    /// The world of a seed.
    init(seed: UInt64) {
        var draws = Draws(seed: seed, stream: "world")
        towns = World.makeTowns(&draws)
        people = World.makePeople(&draws, townCount: towns.count)
    }

    /// The people who live in a town.
    func residents(of town: Town) -> [Person] {
        people.filter { towns[$0.homeIndex] == town }
    }

    /// Somebody other than the given person.
    func someone(otherThan person: Person, _ draws: inout Draws) -> Person {
        draws.pick(people, except: person)
    }

    private static func makeTowns(_ draws: inout Draws) -> [Town] {
        let rivers = draws.shuffled(Lexicon.rivers)
        let landmarks = draws.shuffled(Lexicon.landmarks)
        let produce = draws.shuffled(Lexicon.produce)
        // The roads make one ring through all the towns, so each leads to another town.
        let ring = draws.shuffled(Array(Lexicon.towns.indices))
        var towns: [Town] = []
        for (index, name) in Lexicon.towns.enumerated() {
            let place = ring.firstIndex(of: index) ?? 0
            towns.append(
                Town(
                    name: name, river: rivers[index], landmark: landmarks[index], produce: produce[index],
                    marketDay: draws.pick(Lexicon.days), weather: draws.pick(Lexicon.weathers),
                    season: draws.pick(Lexicon.seasons), families: String(20 + 5 * draws.below(37)),
                    roadLeadsTo: Lexicon.towns[ring[(place + 1) % ring.count]]))
        }
        return towns
    }

    private static func makePeople(_ draws: inout Draws, townCount: Int) -> [Person] {
        let names = draws.shuffled(
            Lexicon.women.map { (name: $0, isWoman: true) } + Lexicon.men.map { (name: $0, isWoman: false) })
        let firstTrades = draws.shuffled(Lexicon.trades)
        let shift = 1 + draws.below(Lexicon.trades.count - 1)
        // Friends in a ring as well: nobody is their own best friend.
        let friendShift = 1 + draws.below(names.count - 1)
        return names.indices.map { index in
            // The second resident of a town has the trade that stands `shift` places further.
            let round = index / townCount
            let trade = firstTrades[(index + round * shift) % firstTrades.count]
            return Person(
                name: names[index].name, isWoman: names[index].isWoman, trade: trade,
                homeIndex: index % townCount, food: draws.pick(Lexicon.foods),
                animal: draws.pick(Lexicon.animals), animalColor: draws.pick(Lexicon.animalColors),
                animalName: draws.pick(Lexicon.animalNames),
                friend: names[(index + friendShift) % names.count].name, age: String(20 + draws.below(60)))
        }
    }
}

/// A person and what is always true of them.
struct Person: Hashable {
    let name: String
    let isWoman: Bool
    let trade: Trade
    /// The index of their town in ``World/towns``.
    let homeIndex: Int
    let food: String
    let animal: String
    let animalColor: String
    let animalName: String
    let friend: String
    let age: String

    /// "She" or "He".
    var pronoun: String { isWoman ? "She" : "He" }
    /// "her" or "his".
    var possessive: String { isWoman ? "her" : "his" }
}

/// A town and what is always true of it.
struct Town: Hashable {
    let name: String
    let river: String
    let landmark: String
    let produce: String
    let marketDay: String
    let weather: String
    /// When there is much of ``weather``.
    let season: String
    let families: String
    let roadLeadsTo: String
}

/// The noun with "a" or "an" before it.
func withArticle(_ noun: String) -> String {
    ("aeiou".contains(noun.prefix(1).lowercased()) ? "an " : "a ") + noun
}
