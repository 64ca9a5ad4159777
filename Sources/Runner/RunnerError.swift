/// A run cannot start, or cannot go on.
package enum RunnerError: Error, CustomStringConvertible {
    /// The system refused to start a child process.
    case cannotStartChild(executable: String, reason: String)
    /// A program that was named is none of ours, or one that does not understand this one.
    case foreignProgram(path: String, reason: String)
    /// A folder holds rounds of other programs than those named.
    case otherPrograms(folder: String)
    /// A child wrote something that is no event.
    case unreadableEvent(line: String, reason: String)
    /// Inputs are missing; nothing was started.
    case missingInputs([MissingInput])
    /// A child computes with another BLAS kernel or instruction set than was recorded.
    case environmentChanged(expected: String, found: String)
    /// A trial was begun with other BLAS kernels than there are now.
    case kernelsChanged(recorded: String, found: String)

    package var description: String {
        switch self {
        case .cannotStartChild(let executable, let reason):
            return "cannot start the child process \(executable): \(reason)"
        case .foreignProgram(let path, let reason):
            return
                "\(path) cannot be timed beside this program: \(reason); name a lezobench of a near version"
        case .otherPrograms(let folder):
            return
                "\(folder) holds rounds of other programs, which must not mix with these; remove it, or name another "
                + "with --folder"
        case .unreadableEvent(let line, let reason):
            return "a child process wrote a line that is no event (\(reason)): \(line.prefix(200)); "
                + "parent and child must be the same program"
        case .missingInputs(let inputs):
            let list = inputs.map { "  - \($0)" }.joined(separator: "\n")
            return "inputs are missing, so nothing was started:\n\(list)"
        case .environmentChanged(let expected, let found):
            return "a child process runs on '\(found)' where this run recorded '\(expected)'; "
                + "its times would not be comparable, so the run stops"
        case .kernelsChanged(let recorded, let found):
            return
                "a trial in this database was begun with BLAS '\(recorded)' and would go on with '\(found)', "
                + "which rounds differently; go on where the first is in use, or start over with another --db"
        }
    }
}

/// An input that a suite needs and that was not found.
package struct MissingInput: Sendable, Hashable, CustomStringConvertible {
    /// What needs it: a task's or model's name.
    package let subject: String
    /// The finder's own words: what was looked for and where.
    package let reason: String

    package var description: String { "\(subject): \(reason)" }
}
