import Foundation
import ResultStore
package import Suites
import Training

/// A run that would find nothing left to do, known without measuring the machine or writing to the database.
package enum FinishedRun {
    /// How such a run would end, or nil when the database is not there, of an older version, in the middle of a
    /// transaction that was cut short, or lacks something.
    ///
    /// - Parameters:
    ///   - suite: The suite, filtered.
    ///   - inputs: The files that it needs.
    ///   - shard: The share of the work that is asked for; nil for all of it.
    ///   - databasePath: The results database, which is only read.
    /// - Throws: `ResultStoreError` when the file is there and no results database.
    package static func outcome(
        suite: Suite, inputs: SuiteInputs, shard: Shard?, databasePath: String
    ) throws -> RunOutcome? {
        guard inputs.missing.isEmpty, FileManager.default.fileExists(atPath: databasePath) else { return nil }
        let store: ResultStore
        do throws(ResultStoreError) {
            store = try ResultStore(path: databasePath, mode: .readOnly)
        } catch  where [.olderSchema, .interrupted].contains(error.kind) {
            return nil
        }
        guard let suiteID = try store.newestSuite(sameAs: suite),
            let outcome = try trialOutcome(
                suite, inputs: inputs, shard: shard, suiteID: suiteID, store: store),
            try holdsAllRounds(suite, inputs: inputs, shard: shard, suiteID: suiteID, store: store)
        else { return nil }
        return outcome
    }

    /// Counts the trials of a share; nil when one of them is not planned or not over.
    private static func trialOutcome(
        _ suite: Suite, inputs: SuiteInputs, shard: Shard?, suiteID: Int64, store: ResultStore
    ) throws -> RunOutcome? {
        let recorded = Dictionary(
            try store.trials(suiteID: suiteID).map { ($0.identity, $0) },
            uniquingKeysWith: { first, _ in first })
        var hashes: [Cell: [String]] = [:]
        var outcome = RunOutcome()
        for specification in suite.trials {
            let cell = specification.cell
            let inputHashes = hashes[cell] ?? inputs.hashes(for: cell)
            hashes[cell] = inputHashes
            let identity = try TrialIdentity.hash(specification: specification, inputs: inputHashes)
            guard shard?.holds(trial: identity) ?? true else { continue }
            guard let trial = recorded[identity], !trial.isOpen else { return nil }
            switch trial.status {
            case .done: outcome.doneTrials += 1
            case _ where trial.isUnavailable: outcome.unavailableTrials += 1
            default: outcome.failedTrials += 1
            }
        }
        return outcome
    }

    private static func holdsAllRounds(
        _ suite: Suite, inputs: SuiteInputs, shard: Shard?, suiteID: Int64, store: ResultStore
    ) throws -> Bool {
        guard let timing = suite.timing else { return true }
        let wanted = Set(
            suite.timingCells.filter { inputs.unavailability(of: $0) == nil && (shard?.times($0) ?? true) })
        let planned = try store.timingCells(suiteID: suiteID).filter { wanted.contains($0.cell) }
        let finished = try store.finishedRounds(suiteID: suiteID)
        return planned.count == wanted.count
            && RoundOrder.openRounds(of: planned, timing: timing, finished: finished).isEmpty
    }
}
