import Foundation
import TestSupport
import Testing

@Suite("Inspecting a task's examples")
struct InspectExampleTests {
    /// What is printed of examples of the hand-written records.
    private struct Answer: Decodable {
        struct Example: Decodable {
            struct Option: Decodable {
                let tokens: [Int]
                let optionTokenCount: Int
            }
            let id: String
            let prompt: String
            let fullTexts: [String]
            let goldIndices: [Int]
            let goldAnswers: [String]
            let options: [Option]?
            let isCut: Bool?
        }
        let task: String
        let notes: [String]
        let examples: [Example]
    }

    private static let records = TaskGoldens.fixtures.appending(path: "records").path

    private func inTemporaryFolder<Result>(_ body: (Program) throws -> Result) throws -> Result {
        try TemporaryFolder.with { try body(Program(folder: URL(fileURLWithPath: $0.path))) }
    }

    @Test("examples are printed in the order asked, from both splits")
    func withoutModel() throws {
        try inTemporaryFolder { program in
            let printed = try program.run([
                "inspect", "example", "--task", "wsc", "--data", Self.records, "--id", "validation:0",
                "--id", "train:3",
            ])
            #expect(printed.exitCode == 0, "\(printed.errors)")
            let answer = try JSONDecoder().decode(Answer.self, from: Data(printed.output.utf8))
            #expect(answer.task == "wsc")
            #expect(answer.examples.map(\.id) == ["validation:0", "train:3"])
            #expect(answer.examples[1].prompt.contains("refer to blue salt hill?"))
            #expect(answer.examples[1].fullTexts.map { $0.suffix(3) } == ["\nNo", "Yes"])
            #expect(answer.examples[1].goldIndices == [1])
            #expect(answer.examples.allSatisfy { $0.options == nil && $0.isCut == nil })
        }
    }

    @Test("with a model each option is shown with OPT's leading 0 and its count of option tokens")
    func withModel() throws {
        try inTemporaryFolder { program in
            let made = try program.run(["sandbox", "make", "box"])
            #expect(made.exitCode == 0, "\(made.errors)")
            let printed = try program.run([
                "inspect", "example", "--task", "record", "--data", Self.records, "--id", "train:0",
                "--model", "box/models/sandbox-opt",
            ])
            #expect(printed.exitCode == 0, "\(printed.errors)")
            let answer = try JSONDecoder().decode(Answer.self, from: Data(printed.output.utf8))
            let options = try #require(answer.examples[0].options)
            #expect(options.count == answer.examples[0].fullTexts.count)
            #expect(
                options.allSatisfy {
                    $0.tokens.first == 0 && $0.optionTokenCount > 0 && $0.optionTokenCount < $0.tokens.count
                })
            #expect(answer.examples[0].goldIndices.count == 2)
            #expect(answer.examples[0].isCut == false)
        }
    }

    @Test(
        "what is not there is named",
        arguments: [
            (["--task", "wcs", "--id", "train:0"], "known tasks"),
            (["--task", "wsc", "--id", "train:7"], "the split has 7"),
            (["--task", "wsc", "--id", "test:0"], "splits are train or validation"),
            (["--task", "wsc", "--id", "17"], "give split:position, such as train:17"),
            (["--task", "drop", "--id", "train:5"], "the split has 5"),
        ])
    func refusals(arguments: [String], part: String) throws {
        try inTemporaryFolder { program in
            let printed = try program.run(["inspect", "example", "--data", Self.records] + arguments)
            #expect(printed.exitCode != 0)
            #expect(printed.output.isEmpty)
            #expect(printed.errors.contains(part), "\(printed.errors)")
        }
    }
}
