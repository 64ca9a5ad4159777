extension World {
    /// Everything that is always true of a person, one statement a fact, the phrasings drawn.
    ///
    /// - Parameter subject: How the sentences call the person: the name, or "She" or "He".
    func statements(about person: Person, as subject: String, _ draws: inout Draws) -> [Statement] {
        let own = subject == person.name ? person.name + "'s" : (person.isWoman ? "Her" : "His")
        return [
            homeStatement(person, subject, &draws),
            tradeStatement(person, subject, &draws),
            workStatement(person, subject, &draws),
            toolStatement(person, subject, own, &draws),
            foodStatement(person, subject, own, &draws),
            animalStatement(person, subject, &draws),
            friendStatement(person, subject, own, &draws),
            Statement(
                "\(subject) is \(person.age) years old.",
                [
                    Question(
                        "How old is \(person.name)?", answer: person.age,
                        claim: "is \(person.name) @ years old",
                        kind: stride(from: 21, to: 80, by: 4).map(String.init))
                ]),
        ]
    }

    private func homeStatement(_ person: Person, _ subject: String, _ draws: inout Draws) -> Statement {
        let home = towns[person.homeIndex]
        return Statement(
            draws.pick([
                "\(subject) lives in \(home.name).", "\(subject) has a house in \(home.name).",
                "The home of \(person.name) is in \(home.name).",
            ]),
            [
                Question(
                    "Where does \(person.name) live?", answer: home.name,
                    claim: "does \(person.name) live in @", kind: towns.map(\.name))
            ])
    }

    private func tradeStatement(_ person: Person, _ subject: String, _ draws: inout Draws) -> Statement {
        let trade = person.trade.name
        return Statement(
            draws.pick([
                "\(subject) is a \(trade).", "\(subject) works as a \(trade).",
                "\(subject) has been a \(trade) for years.",
            ]),
            [
                Question(
                    "What is \(person.name)'s trade?", answer: trade, claim: "is \(person.name) a @",
                    kind: Lexicon.trades.map(\.name))
            ])
    }

    private func workStatement(_ person: Person, _ subject: String, _ draws: inout Draws) -> Statement {
        let trade = person.trade
        return Statement(
            draws.pick([
                "\(subject) works in the \(trade.workplace) and sells \(trade.goods).",
                "\(subject) sells \(trade.goods) and works in the \(trade.workplace).",
            ]),
            [
                Question(
                    "Where does \(person.name) work?", answer: trade.workplace,
                    claim: "does \(person.name) work in the @", kind: Lexicon.trades.map(\.workplace)),
                Question(
                    "What does \(person.name) sell?", answer: trade.goods,
                    claim: "does \(person.name) sell @", kind: Lexicon.trades.map(\.goods)),
            ])
    }

    private func toolStatement(
        _ person: Person, _ subject: String, _ own: String, _ draws: inout Draws
    ) -> Statement {
        let tool = person.trade.tool
        return Statement(
            draws.pick([
                "\(own) best tool is a \(tool).", "\(subject) takes good care of a \(tool).",
                "\(subject) uses a \(tool) every day.",
            ]),
            [
                Question(
                    "What tool does \(person.name) have?", answer: tool,
                    claim: "does \(person.name) have a @", kind: Lexicon.trades.map(\.tool))
            ])
    }

    private func foodStatement(
        _ person: Person, _ subject: String, _ own: String, _ draws: inout Draws
    ) -> Statement {
        Statement(
            draws.pick([
                "\(own) favorite food is \(person.food).", "\(subject) likes \(person.food) best.",
                "\(subject) loves to eat \(person.food).",
            ]),
            [
                Question(
                    "What does \(person.name) like to eat?", answer: person.food,
                    claim: "does \(person.name) like to eat @", kind: Lexicon.foods)
            ])
    }

    private func animalStatement(_ person: Person, _ subject: String, _ draws: inout Draws) -> Statement {
        let animal = person.animal
        return Statement(
            draws.pick([
                "\(subject) has a \(person.animalColor) \(animal) named \(person.animalName).",
                "\(subject) keeps a \(person.animalColor) \(animal) called \(person.animalName).",
            ]),
            [
                Question(
                    "What animal does \(person.name) have?", answer: animal,
                    claim: "does \(person.name) have a @", kind: Lexicon.animals),
                Question(
                    "What is the name of \(person.name)'s \(animal)?", answer: person.animalName,
                    claim: "is \(person.name)'s \(animal) called @", kind: Lexicon.animalNames),
                Question(
                    "What color is \(person.name)'s \(animal)?", answer: person.animalColor,
                    claim: "is \(person.name)'s \(animal) @", kind: Lexicon.animalColors),
            ])
    }

    private func friendStatement(
        _ person: Person, _ subject: String, _ own: String, _ draws: inout Draws
    ) -> Statement {
        Statement(
            draws.pick([
                "\(own) best friend is \(person.friend).",
                "\(subject) calls \(person.friend) the best of friends.",
            ]),
            [
                Question(
                    "Who is \(person.name)'s best friend?", answer: person.friend,
                    claim: "is @ the best friend of \(person.name)",
                    kind: people.map(\.name).filter { $0 != person.name })
            ])
    }
}
