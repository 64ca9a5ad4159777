/// Whom or what a passage is about.
enum Subject {
    case person(Person)
    case town(Town)
}

extension World {
    /// Everyone and every town.
    var subjects: [Subject] {
        people.map { .person($0) } + towns.map { .town($0) }
    }

    /// A passage of lasting facts in their natural order, followed by events.
    func passage(about subject: Subject, facts: Int, events: Int, _ draws: inout Draws) -> Passage {
        let lasting: [Statement]
        let title: String
        let town: Town
        let protagonist: Person
        switch subject {
        case .person(let person):
            lasting = portrait(of: person, facts: facts, &draws)
            (title, town, protagonist) = (person.name, towns[person.homeIndex], person)
        case .town(let place):
            let all = statements(about: place, &draws)
            lasting = draws.pick(facts, of: Array(all.indices)).sorted().map { all[$0] }
            (title, town, protagonist) = (place.name, place, draws.pick(people))
        }
        let happenings = draws.pick(events, of: EventKind.allCases).map { kind in
            event(kind, in: town, to: protagonist, &draws)
        }
        return Passage(title: title, statements: lasting + happenings)
    }

    /// Facts about a person, who is named in the first sentence and "she" or "he" afterwards.
    private func portrait(of person: Person, facts: Int, _ draws: inout Draws) -> [Statement] {
        let named = statements(about: person, as: person.name, &draws)
        let continued = statements(about: person, as: person.pronoun, &draws)
        let chosen = draws.pick(facts, of: Array(named.indices)).sorted()
        return chosen.enumerated().map { place, index in place == 0 ? named[index] : continued[index] }
    }
}
