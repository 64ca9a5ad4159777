extension World {
    /// Everything that is always true of a town, one statement a fact, the phrasings drawn.
    func statements(about town: Town, _ draws: inout Draws) -> [Statement] {
        [
            riverStatement(town, &draws), landmarkStatement(town, &draws), produceStatement(town, &draws),
            marketStatement(town, &draws), weatherStatement(town, &draws), roadStatement(town, &draws),
            Statement(
                draws.pick([
                    "\(town.families) families live in \(town.name).",
                    "\(town.name) is a town of \(town.families) families.",
                ]),
                [
                    Question(
                        "How many families live in \(town.name)?", answer: town.families,
                        claim: "do @ families live in \(town.name)",
                        kind: stride(from: 20, through: 200, by: 20).map(String.init))
                ]),
        ] + residents(of: town).map { residentStatement($0, town, &draws) }
    }

    private func riverStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        Statement(
            draws.pick([
                "\(town.name) lies on the river \(town.river).",
                "The river \(town.river) runs through \(town.name).",
            ]),
            [
                Question(
                    "What river does \(town.name) lie on?", answer: town.river,
                    claim: "does \(town.name) lie on the river @", kind: Lexicon.rivers)
            ])
    }

    private func landmarkStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        let landmark = withArticle(town.landmark)
        return Statement(
            draws.pick([
                "In the middle of \(town.name) stands \(landmark).",
                "There is \(landmark) in the middle of \(town.name).",
            ]),
            [
                Question(
                    "What stands in the middle of \(town.name)?", answer: town.landmark,
                    claim: "does the @ stand in \(town.name)", kind: Lexicon.landmarks)
            ])
    }

    private func produceStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        Statement(
            draws.pick([
                "\(town.name) is known for its \(town.produce).",
                "People come to \(town.name) to buy \(town.produce).",
            ]),
            [
                Question(
                    "What is \(town.name) known for?", answer: town.produce,
                    claim: "is \(town.name) known for its @", kind: Lexicon.produce)
            ])
    }

    private func marketStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        Statement(
            draws.pick([
                "The market in \(town.name) is held on \(town.marketDay).",
                "\(town.marketDay) is the market day of \(town.name).",
            ]),
            [
                Question(
                    "When is the market in \(town.name)?", answer: town.marketDay,
                    claim: "is the market in \(town.name) on @", kind: Lexicon.days)
            ])
    }

    private func weatherStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        Statement(
            draws.pick([
                "In \(town.season), there is a lot of \(town.weather) in \(town.name).",
                "There is much \(town.weather) in \(town.name) in \(town.season).",
            ]),
            [
                Question(
                    "What is there a lot of in \(town.name) in \(town.season)?", answer: town.weather,
                    claim: "is there a lot of @ in \(town.name) in \(town.season)", kind: Lexicon.weathers)
            ])
    }

    private func roadStatement(_ town: Town, _ draws: inout Draws) -> Statement {
        Statement(
            draws.pick([
                "The road from \(town.name) leads to \(town.roadLeadsTo).",
                "From \(town.name), the road leads to \(town.roadLeadsTo).",
            ]),
            [
                Question(
                    "Where does the road from \(town.name) lead?", answer: town.roadLeadsTo,
                    claim: "does the road from \(town.name) lead to @",
                    kind: Lexicon.towns.filter { $0 != town.name })
            ])
    }

    private func residentStatement(_ person: Person, _ town: Town, _ draws: inout Draws) -> Statement {
        let trade = person.trade.name
        return Statement(
            draws.pick([
                "The \(trade) of \(town.name) is \(person.name).",
                "\(person.name) is the \(trade) of \(town.name).",
            ]),
            [
                Question(
                    "Who is the \(trade) of \(town.name)?", answer: person.name,
                    claim: "is @ the \(trade) of \(town.name)", kind: people.map(\.name))
            ])
    }
}
