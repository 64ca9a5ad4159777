import ArgumentParser
import ResultStore

/// The suite that a command is about, among those of a database.
struct SuiteChoice {
    private let wanted: String?

    /// The suite asked for; nil for the only one.
    init(_ wanted: String?) {
        self.wanted = wanted
    }

    /// Its name.
    ///
    /// - Throws: `ValidationError` that lists the suites of the database when the choice is not clear.
    func name(in store: ResultStore, path: String) throws -> String {
        let names = try store.suiteNames()
        let list = names.isEmpty ? "none" : names.joined(separator: ", ")
        if let wanted {
            guard names.contains(wanted) else {
                throw ValidationError("\(path) holds no suite '\(wanted)'; it holds: \(list)")
            }
            return wanted
        }
        guard let only = names.first, names.count == 1 else {
            throw ValidationError("\(path) holds \(names.count) suites (\(list)); choose one with --suite")
        }
        return only
    }
}
