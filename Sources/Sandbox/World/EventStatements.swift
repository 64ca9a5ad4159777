/// The kinds of event; a passage tells at most one of each, so that its questions have one answer.
enum EventKind: CaseIterable {
    case sale, loan, loss, meal, contest, market
}

extension World {
    /// Something that happened to a person once; only the passage that tells it decides what is true.
    func event(_ kind: EventKind, in town: Town, to person: Person, _ draws: inout Draws) -> Statement {
        let other = someone(otherThan: person, &draws)
        return switch kind {
        case .sale: saleEvent(person, other, &draws)
        case .loan: loanEvent(person, other, &draws)
        case .loss: lossEvent(person, other, &draws)
        case .meal: mealEvent(person, other, &draws)
        case .contest: contestEvent(person, other, &draws)
        case .market: marketEvent(town, &draws)
        }
    }

    private func names(except person: Person) -> [String] {
        people.map(\.name).filter { $0 != person.name }
    }

    private func saleEvent(_ seller: Person, _ buyer: Person, _ draws: inout Draws) -> Statement {
        let number = draws.pick(Lexicon.smallNumbers)
        let goods = seller.trade.goods
        return Statement(
            "On \(draws.pick(Lexicon.days)), \(seller.name) sold \(number) \(goods) to \(buyer.name).",
            [
                Question(
                    "How many \(goods) did \(seller.name) sell to \(buyer.name)?", answer: number,
                    claim: "did \(seller.name) sell @ \(goods) to \(buyer.name)", kind: Lexicon.smallNumbers),
                Question(
                    "Who bought \(goods) from \(seller.name)?", answer: buyer.name,
                    claim: "did @ buy \(goods) from \(seller.name)", kind: names(except: seller)),
            ])
    }

    private func loanEvent(_ owner: Person, _ borrower: Person, _ draws: inout Draws) -> Statement {
        let tool = owner.trade.tool
        let season = draws.pick(Lexicon.seasons)
        return Statement(
            "Last \(season), \(owner.name) lent a \(tool) to \(borrower.name).",
            [
                Question(
                    "Who borrowed a \(tool) from \(owner.name)?", answer: borrower.name,
                    claim: "did @ borrow a \(tool) from \(owner.name)", kind: names(except: owner)),
                Question(
                    "What did \(owner.name) lend to \(borrower.name)?", answer: tool,
                    claim: "did \(owner.name) lend a @ to \(borrower.name)",
                    kind: Lexicon.trades.map(\.tool)),
                Question(
                    "When did \(owner.name) lend a \(tool) to \(borrower.name)?", answer: season,
                    claim: "did \(owner.name) lend a \(tool) to \(borrower.name) last @",
                    kind: Lexicon.seasons),
            ])
    }

    private func lossEvent(_ loser: Person, _ finder: Person, _ draws: inout Draws) -> Statement {
        let thing = draws.pick(Lexicon.lostThings)
        let place = draws.pick(Lexicon.places)
        return Statement(
            "One day \(loser.name) lost a \(thing), and \(finder.name) found it near the \(place).",
            [
                Question(
                    "What did \(loser.name) lose?", answer: thing, claim: "did \(loser.name) lose a @",
                    kind: Lexicon.lostThings),
                Question(
                    "Who found the \(thing)?", answer: finder.name, claim: "did @ find the \(thing)",
                    kind: people.map(\.name)),
                Question(
                    "Where was the \(thing) found?", answer: place,
                    claim: "was the \(thing) found near the @", kind: Lexicon.places),
            ])
    }

    private func mealEvent(_ person: Person, _ guest: Person, _ draws: inout Draws) -> Statement {
        let food = draws.pick(Lexicon.meals)
        let day = draws.pick(Lexicon.days)
        return Statement(
            "On \(day), \(person.name) shared \(food) with \(guest.name).",
            [
                Question(
                    "What did \(person.name) share with \(guest.name)?", answer: food,
                    claim: "did \(person.name) share @ with \(guest.name)", kind: Lexicon.meals),
                Question(
                    "When did \(person.name) eat with \(guest.name)?", answer: day,
                    claim: "did \(person.name) eat with \(guest.name) on @", kind: Lexicon.days),
            ])
    }

    private func contestEvent(_ first: Person, _ second: Person, _ draws: inout Draws) -> Statement {
        let contest = draws.pick(Lexicon.contests)
        let winner = draws.chance(percent: 50) ? first : second
        let runnerUp = winner == first ? second : first
        return Statement(
            "\(winner.name) won the \(contest), and \(runnerUp.name) came second.",
            [
                // Asking for the other of the two needs more than finding the name in the passage.
                Question(
                    "Who won the \(contest)?", answer: winner.name, claim: "did @ win the \(contest)",
                    kind: [runnerUp.name]),
                Question(
                    "Who came second in the \(contest)?", answer: runnerUp.name,
                    claim: "did @ come second in the \(contest)", kind: [winner.name]),
            ])
    }

    private func marketEvent(_ town: Town, _ draws: inout Draws) -> Statement {
        let place = draws.pick(Lexicon.marketPlaces)
        let reason = draws.pick(Lexicon.marketReasons)
        return Statement(
            "Because of the \(reason), the market in \(town.name) was moved to the \(place).",
            [
                Question(
                    "Where was the market moved?", answer: place,
                    claim: "was the market in \(town.name) moved to the @",
                    kind: Lexicon.marketPlaces),
                Question(
                    "Why was the market moved?", answer: reason,
                    claim: "was the market in \(town.name) moved because of the @",
                    kind: Lexicon.marketReasons),
            ])
    }
}
