import Optimizers

extension ZerothOrderOptimizer {
    /// Does to the parameters what recorded steps did, one after the other.
    ///
    /// - Parameters:
    ///   - records: Steps whose place in their array, counted from 1, is their number.
    ///   - stopIsRequested: Asked before each step.
    /// - Throws: ``TrainingError/brokenProgress(expectedStep:foundStep:)`` at the first step that is not the next;
    ///   ``StopRequested``; `OptimizerError` when a record was not made by this optimizer.
    func replay(_ records: ArraySlice<StepRecord>, stopIsRequested: () -> Bool) throws {
        for (index, record) in zip(records.indices, records) {
            guard record.step == index + 1 else {
                throw TrainingError.brokenProgress(expectedStep: index + 1, foundStep: record.step)
            }
            if stopIsRequested() { throw StopRequested() }
            try replay(record)
        }
    }
}
