/// A trial cannot be replayed, or did not come out the same.
package enum ReplayError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No trial goes by that name.
    case unknownTrial(String, database: String, advice: String)
    /// Several trials go by that name.
    case severalTrials(String, matches: [String], count: Int)
    /// The trial has no result yet.
    case unfinished(trial: String, state: String, advice: String)
    /// What is recorded of its steps does not say what they did.
    case notReplayable(trial: String, reason: String)
    /// Adapters are no model that a folder could describe.
    case adaptersNeedFile(trial: String)
    /// A file is another than the one that the trial read.
    case otherInput(what: String, path: String, found: String, recorded: String, option: String)
    /// The child ended without a result.
    case childFailed(reason: String)
    /// Somebody asked to stop.
    case interrupted
    /// Something is where the result would be written.
    case outputExists(path: String)
    /// The result cannot be written.
    case unwritable(path: String, reason: String)

    package var description: String {
        switch self {
        case .unknownTrial(let name, let database, let advice):
            return "\(database) has no trial '\(name)'; \(advice)"
        case .severalTrials(let name, let matches, let count):
            let rest = count > matches.count ? "\n  - and \(count - matches.count) more" : ""
            return "'\(name)' fits \(count) trials; name one by its number or more of its words:\n"
                + matches.map { "  - \($0)" }.joined(separator: "\n") + rest
        case .unfinished(let trial, let state, let advice): return "\(trial) \(state); \(advice)"
        case .notReplayable(let trial, let reason): return "\(trial) cannot be replayed: \(reason)"
        case .adaptersNeedFile(let trial):
            return
                "\(trial) tuned adapters beside the model, which are written as one file; name one that ends in .safetensors"
        case .otherInput(let what, let path, let found, let recorded, let option):
            return
                "\(path) is not what the trial read: the SHA-256 of \(what) is \(found), recorded is \(recorded); "
                + "name the right file with \(option)"
        case .childFailed(let reason): return "the replay ended without a result: \(reason)"
        case .interrupted: return "stopped on request; nothing was written"
        case .outputExists(let path):
            return "\(path) exists already; name another with --output, or give --overwrite to replace it"
        case .unwritable(let path, let reason):
            return "cannot write \(path): \(reason); check the folder and the room on its disk"
        }
    }
}
