import ArgumentParser

/// What an exit code means to the caller; ``GateFailure`` and `GateOutcome` have those of a gate.
enum ExitStatus {
    /// Some trials or rounds of a run failed.
    static let someTrialsFailed = ExitCode(1)
    /// Of `diff` alone, as of the program that it is named after.
    static let databasesDiffer = ExitCode(1)
    /// Of `replay` alone: the weights or answers are not those recorded.
    static let notConfirmed = ExitCode(1)
    /// A usage, input or output error.
    static let inputError = ExitCode(2)
    /// Stopped on request; the same command goes on from there.
    static let interrupted = ExitCode(130)
}
