import Archives
import ArgumentParser
import Foundation
import Tasks

/// Says what data there is, and whether all of it can be read.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List the tasks' archives that are at hand, or read and check every record of them.",
        discussion: """
            EXAMPLES
              lezobench data list --data DATA
              lezobench data verify --data DATA
            """,
        subcommands: [List.self, Verify.self])

    /// Which tasks' archives, and where.
    struct Subject: ParsableArguments {
        @OptionGroup var data: DataPaths

        @Option(
            name: .customLong("task"),
            help:
                "A task's name; may be given several times (default: all, and those without an archive are no trouble)."
        )
        var taskNames: [String] = []

        @Flag(help: "Print JSON.")
        var json = false

        /// Looks for the archives; those that were asked for by their tasks' names must be there.
        func checks(verifies: Bool) throws -> [ArchiveCheck] {
            guard !data.folders.isEmpty else {
                throw InputError("name a folder or file with data archives with --data")
            }
            for folder in data.folders where !FileManager.default.fileExists(atPath: folder) {
                throw InputError("\(folder): there is no such file or folder")
            }
            // Both forms of a task with titles are read from one archive.
            let all = TaskCatalog.tasks.filter { !TaskCatalog.titledTasks.values.contains($0.name) }
            let tasks = try taskNames.map { name in
                guard let task = TaskCatalog.task(named: name) else {
                    throw InputError(
                        "no task is named '\(name)'; known tasks: \(TaskCatalog.names.joined(separator: ", "))"
                    )
                }
                return task
            }
            let checks = (tasks.isEmpty ? all : tasks).map {
                ArchiveCheck(of: $0, in: data.folders, verifies: verifies)
            }
            if let missing = checks.first(where: \.isMissing),
                !taskNames.isEmpty || checks.allSatisfy(\.isMissing)
            {
                throw InputError(
                    taskNames.isEmpty
                        ? "no task's archive was found in \(data.folders.joined(separator: ", "))"
                        : "\(missing.task): \(missing.remarks.joined(separator: " "))")
            }
            return checks
        }

        /// Prints the checks, or the text that says them.
        func show(_ checks: [ArchiveCheck], text: String) throws {
            try json ? printJSON(checks) : StandardOutput.write(text)
        }
    }

    /// What is there.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the archive of each task, without reading its records.",
            discussion: """
                EXAMPLE
                  lezobench data list --data DATA --json

                EXIT CODES
                  0 done; 2 usage or input error, or an archive that cannot be opened.
                """)

        @OptionGroup var subject: Subject

        func run() throws {
            let checks = try subject.checks(verifies: false)
            let rows = checks.map { check in
                [
                    check.task, check.path ?? (check.isMissing ? "not found" : ""),
                    check.byteCount.map { Quantity.bytes(Double($0)) } ?? "",
                    check.trouble ?? (check.isMissing ? "" : check.remarks.joined(separator: " ")),
                ].map(\.printable)
            }
            try subject.show(checks, text: plainTable(["task", "archive", "size", "remark"], rows: rows))
            if !checks.allSatisfy(\.isSound) { throw ExitStatus.inputError }
        }
    }

    /// Whether all of it can be read.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Take the SHA-256 of each task's archive, and read and check every record in it.",
            discussion: """
                Examples of each split are counted and held against the official release. Archives that hold fewer, or \
                data of other making such as the sandbox's, are sound unless --official is given.

                EXAMPLES
                  lezobench data verify --data DATA
                  lezobench data verify --data DATA --task sst2 --official

                EXIT CODES
                  0 all that was found is sound; 2 usage or input error, or a record or archive that is not.
                """)

        @OptionGroup var subject: Subject

        @Flag(help: "Take a split that has not as many examples as the official release for trouble.")
        var official = false

        func run() throws {
            let checks = try subject.checks(verifies: true)
            try subject.show(checks, text: checks.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n"))
            let isIncomplete = checks.contains { !$0.splits.allSatisfy(\.isComplete) }
            if !checks.allSatisfy(\.isSound) || official && isIncomplete { throw ExitStatus.inputError }
        }
    }
}

extension ArchiveCheck {
    /// What was found, for a person; empty when there was no archive.
    var text: String {
        guard path != nil || trouble != nil else { return "" }
        var lines = ["\(title) (\(task))  \(path ?? "")"]
        if let sha256 { lines.append("  SHA-256     \(sha256)") }
        lines += splits.flatMap { $0.lines }
        if let officialSource { lines.append("  official    \(officialSource)") }
        lines += remarks.map { "  remark      \($0)" }
        if let trouble { lines.append("  TROUBLE     \(trouble)") }
        return lines.map { $0.printable + "\n" }.joined()
    }
}

extension ArchiveCheck.Split {
    fileprivate var lines: [String] {
        let name = split.padding(toLength: 12, withPad: " ", startingAt: 0)
        guard let examples else { return ["  \(name)TROUBLE: \(trouble ?? "not readable")"] }
        let official = officialExamples.map {
            examples == $0 ? ", as many as officially" : ", officially \($0)"
        }
        return ["  \(name)\(examples) examples\(official ?? "")"] + remarks.map { "              \($0)" }
    }
}
