import ArgumentParser
import Comparison
import ResultStore
import Runner
import Suites

/// What the exit code of a gate is when it cannot judge.
enum GateFailure {
    /// The code of a usage or input error.
    static let usage = ExitCode(64)

    /// The code for an error: what the caller can mend by calling otherwise is usage, what keeps two sides from being
    /// compared is not comparable, and all else is the gate's own crash.
    static func exitCode(for error: any Error) -> ExitCode {
        switch error {
        case let error as ResultStoreError: exitCode(for: error.kind)
        case let error as RunnerError: exitCode(for: error)
        case is SuiteError, is ValidationError, is InputError: usage
        default: ExitCode(GateOutcome.crash.rawValue)
        }
    }

    private static func exitCode(for kind: ResultStoreError.Kind) -> ExitCode {
        switch kind {
        case .missing, .notAResultStore, .otherTables, .damaged, .locked, .interrupted, .readOnly: usage
        case .newerSchema, .olderSchema, .unknownRow:
            ExitCode(GateOutcome.notComparable.rawValue)
        case .diskFull, .changedWhileReading, .conflict, .other:
            ExitCode(GateOutcome.crash.rawValue)
        }
    }

    private static func exitCode(for error: RunnerError) -> ExitCode {
        switch error {
        case .foreignProgram, .otherPrograms, .missingInputs: usage
        case .environmentChanged, .kernelsChanged: ExitCode(GateOutcome.notComparable.rawValue)
        case .cannotStartChild, .unreadableEvent: ExitCode(GateOutcome.crash.rawValue)
        }
    }
}
