extension GatePolicy {
    /// Larger files are no policies.
    private static let maximumBytes = 100_000

    /// Reads a policy file.
    ///
    /// - Throws: ``SuiteError`` with file, line and column when anything in it is not exactly as `suites/README.md`
    ///   says.
    package static func load(path: String) throws(SuiteError) -> GatePolicy {
        let text = try YAMLFile.text(path: path, kind: "policy", maximumBytes: maximumBytes)
        return try read(text, path: path)
    }

    /// Reads a policy from a text that came from `path`, which names the file in messages.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:)``.
    package static func read(_ text: String, path: String) throws(SuiteError) -> GatePolicy {
        let root = try SuiteNode.compose(text, path: path, name: "the policy")
        let top = try root.mapping(known: ["exact", "quality", "timing", "history", "undecided"])
        var policy = GatePolicy()
        if let place = top["exact"] { policy.exact = try Exact(place) }
        if let place = top["quality"] { policy.quality = try Quality(place) }
        if let place = top["timing"] { policy.timing = try Timing(place) }
        if let place = top["history"] { policy.history = try History(place) }
        // An undecided answer that is ignored would be a pass that nobody was told of.
        if let place = top["undecided"] { policy.undecided = try place.consequence(among: [.fail, .warn]) }
        return policy
    }
}

extension GatePolicy.Exact {
    fileprivate init(_ place: SuiteNode) throws(SuiteError) {
        let keys = try place.mapping(known: ["numbers", "work", "memory", "memory_tolerance"])
        if let place = keys["numbers"] { numbers = try place.consequence() }
        if let place = keys["work"] { work = try place.consequence() }
        if let place = keys["memory"] { memory = try place.consequence() }
        if let place = keys["memory_tolerance"] {
            memoryTolerance = try place.number(from: 0, includingLower: true, to: 10)
        }
    }
}

extension GatePolicy.Quality {
    fileprivate init(_ place: SuiteNode) throws(SuiteError) {
        let keys = try place.mapping(known: ["margin_points", "significance"])
        if let place = keys["margin_points"] {
            marginPoints = try place.number(from: 0, includingLower: true, to: 100)
        }
        if let place = keys["significance"] { significance = try place.significance() }
    }
}

extension GatePolicy.Timing {
    fileprivate init(_ place: SuiteNode) throws(SuiteError) {
        let keys = try place.mapping(
            known: ["missing", "margin", "rounds", "significance", "confirmation", "detectable"])
        if let place = keys["missing"] { missing = try place.consequence() }
        if let place = keys["margin"] { margin = try place.number(from: 0, includingLower: true, to: 1) }
        if let place = keys["rounds"] { rounds = try place.integer(in: 1...1000) }
        if let place = keys["significance"] { significance = try place.significance() }
        if let place = keys["confirmation"] { confirmation = try place.significance() }
        if let place = keys["detectable"] {
            detectable = try place.number(from: 0, includingLower: false, to: 10)
        }
    }
}

extension GatePolicy.History {
    fileprivate init(_ place: SuiteNode) throws(SuiteError) {
        let keys = try place.mapping(known: ["runs", "significance"])
        if let place = keys["runs"] { runs = try place.integer(in: 2...10_000) }
        if let place = keys["significance"] { significance = try place.significance() }
    }
}

extension SuiteNode {
    /// What follows when a condition is not met.
    fileprivate func consequence(
        among allowed: [GatePolicy.Consequence] = GatePolicy.Consequence.allCases
    ) throws(SuiteError) -> GatePolicy.Consequence {
        let name = try word(among: allowed.map(\.rawValue), what: "consequence")
        return GatePolicy.Consequence(rawValue: name) ?? .fail
    }

    /// A chance of a false alarm.
    fileprivate func significance() throws(SuiteError) -> Double {
        try number(from: 0, includingLower: false, to: 0.5)
    }
}
