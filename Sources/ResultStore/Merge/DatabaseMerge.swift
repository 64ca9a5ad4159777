import Foundation
import GRDB
import Glibc

/// What a merge made.
package struct MergeOutcome: Sendable, Hashable, Encodable {
    /// The database that was written.
    package var output: String
    /// Databases that went into it.
    package var inputs: [String]
    /// Trials of the result.
    package var trials = 0
    /// Those that are done.
    package var doneTrials = 0
    /// Timing rounds of the result.
    package var rounds = 0
}

/// Puts several results databases together into a new one.
///
/// Rows are known again by what they say: a suite by its file and protocol, an environment, artifact and cell by their
/// content, a trial by its identity, a round by suite, cell and number. A trial that several databases hold is taken from the
/// one where it is done, or has come furthest, and all of them must agree in every number. Merging a database with itself,
/// or a result with one of its parts, changes nothing. The inputs are only read, as data: nothing that their schemas bring
/// along is run.
package struct DatabaseMerge {
    private let inputs: [String]
    private let output: String
    private let overwrites: Bool

    /// A merge of some databases.
    ///
    /// - Parameters:
    ///   - inputs: Their files; in rows that all agree on but for times, the first one's times stay.
    ///   - output: The file to make, which may be one of them.
    ///   - overwrites: Whether a results database in its place may be replaced.
    package init(_ inputs: [String], into output: String, overwrites: Bool) {
        self.inputs = inputs
        self.output = output
        self.overwrites = overwrites
    }

    /// Makes the database; it appears as a whole or not at all.
    ///
    /// - Throws: ``ResultStoreError`` naming the file: `conflict` with all rows in which databases contradict one another,
    ///   or what is wrong with an input or the place of the output.
    package func run() throws(ResultStoreError) -> MergeOutcome {
        try checkOutput()
        let partial = "\(output).merging-\(UUID().uuidString)"
        defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(partial + ending) } }
        var outcome = MergeOutcome(output: output, inputs: inputs)
        let store = try ResultStore(path: partial, mode: .readWrite)
        var contradictions: [String] = []
        for input in inputs {
            let source = try ResultStore(path: input, mode: .readOnly)
            contradictions += try source.read { from in
                try store.write { into in
                    var merge = try SourceMerge(from: from, path: input, into: into, partial: partial)
                    return try merge.run()
                }
            }
            try source.close()
        }
        guard contradictions.isEmpty else { throw refusal(contradictions) }
        (outcome.trials, outcome.doneTrials, outcome.rounds) = try store.read { database in
            func count(_ rows: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rows)") ?? 0
            }
            return (try count("trial"), try count("trial WHERE status = 'done'"), try count("round"))
        }
        try store.close()
        try putInPlace(partial)
        return outcome
    }

    private static let listedCount = 20

    private func refusal(_ contradictions: [String]) -> ResultStoreError {
        let rest = contradictions.count - Self.listedCount
        let list =
            contradictions.prefix(Self.listedCount).map { "  - \($0)" }
            + (rest > 0 ? ["  - and \(rest) more"] : [])
        return .conflict(
            output,
            "the databases contradict one another, so nothing was written:\n\(list.joined(separator: "\n"))\n",
            advice: "compare them with 'lezobench diff', and leave out the one that is wrong")
    }

    /// What lies in the output's place may be replaced when that was asked for, and when it is a results database that
    /// nobody writes to.
    private func checkOutput() throws(ResultStoreError) {
        guard access(output, F_OK) == 0 else {
            for (ending, isThere) in [
                ("-wal", StoreFile.hasPendingLog(beside: output)),
                ("-journal", StoreFile.hasJournal(beside: output)),
            ] where isThere {
                throw ResultStoreError(
                    kind: .other, path: output, problem: "the log of a database that is gone lies beside it",
                    advice: "name another file, or remove \(output)\(ending)")
            }
            return
        }
        guard overwrites else {
            throw ResultStoreError(
                kind: .other, path: output, problem: "this file exists already",
                advice: "name another file, or replace it with --overwrite")
        }
        // Also brings what is only in its log into the file, whose name the new one takes.
        try ResultStore(path: output, mode: .readWrite).close()
    }

    private func putInPlace(_ partial: String) throws(ResultStoreError) {
        func failure(_ number: Int32) -> ResultStoreError {
            ResultStoreError(
                kind: number == ENOSPC ? .diskFull : .other, path: output,
                problem: "it cannot be put in place (\(String(cString: strerror(number))))",
                advice: "check the folder and its disk")
        }
        let descriptor = open(partial, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw failure(errno) }
        close(descriptor)
        // A link, unlike a renaming, never replaces a file that somebody made meanwhile.
        if !overwrites {
            if link(partial, output) == 0 { return }
            guard errno == EPERM || errno == ENOTSUP else { throw failure(errno) }
        }
        guard rename(partial, output) == 0 else { throw failure(errno) }
    }
}
