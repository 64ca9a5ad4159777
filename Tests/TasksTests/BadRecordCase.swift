import Foundation
import Tasks
import Testing

/// Entries of an archive, the task that reads it, and what the error must name.
struct BadRecordCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let task: String
    let entry: String
    let text: String
    let parts: [String]

    init(_ testDescription: String, task: String, entry: String, text: String, parts: [String]) {
        self.testDescription = testDescription
        self.task = task
        self.entry = entry
        self.text = text
        self.parts = parts
    }

    /// Reads the train split and looks for the archive's path and all parts in the error.
    func expectNamed() throws {
        let archive = try WrittenArchive([entry: text])
        let message = try Self.message(of: task, in: archive)
        for part in [archive.folder.path] + parts { #expect(message.contains(part), "\(message)") }
    }

    /// What is said of an archive that a task cannot read.
    static func message(of task: String, in archive: WrittenArchive) throws -> String {
        let opened = try archive.open()
        let definition = try #require(TaskCatalog.task(named: task))
        do throws(TaskError) {
            _ = try definition.examples(of: .train, in: opened)
            return "accepted"
        } catch {
            return error.description
        }
    }
}
