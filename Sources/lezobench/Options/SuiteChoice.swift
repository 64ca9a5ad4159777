import ResultStore

/// The suite that a command is about, among those of a database.
struct SuiteChoice {
    private let wanted: String?
    private let protocolName: String?

    /// The suite asked for, nil for the only one, and the protocol, nil for the one run last.
    init(_ wanted: String?, protocolName: String? = nil) {
        self.wanted = wanted
        self.protocolName = protocolName
    }

    /// What the database holds of it.
    ///
    /// - Throws: `InputError` that lists the suites of the database when the choice is not clear; what the store throws.
    func snapshot(in store: ResultStore, path: String) throws -> ResultSnapshot {
        try store.snapshot(suiteNamed: try name(in: store, path: path), protocolName: protocolName)
    }

    /// Its name.
    ///
    /// - Throws: `InputError` that lists the suites of the database when the choice is not clear.
    func name(in store: ResultStore, path: String) throws -> String {
        let names = try store.suiteNames()
        let list = names.isEmpty ? "none" : names.joined(separator: ", ")
        if let wanted {
            guard names.contains(wanted) else {
                throw InputError("\(path) holds no suite '\(wanted)'; it holds: \(list)")
            }
            return wanted
        }
        guard let only = names.first, names.count == 1 else {
            throw InputError("\(path) holds \(names.count) suites (\(list)); choose one with --suite")
        }
        return only
    }
}
