import Benchmarks
import Foundation
import ModelFiles
import Tasks
import TestSupport
import Testing
import Training

@Suite("A batch from a file")
struct OptionBatchTests {
    private func read(_ text: String) throws -> OptionBatch {
        let configuration = try #require(KnownModels.configuration(named: "sandbox-opt"))
        return try OptionBatch(
            json: Data(text.utf8), path: "b.json", name: "b", configuration: configuration)
    }

    @Test("examples, options and scored tokens are what the file says")
    func reads() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("sst2.json")
            let text =
                #"{"examples":[{"gold":1,"options":[{"tokens":[2,5],"scored":1},{"tokens":[2,6,7],"scored":2}]}]}"#
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let batch = try OptionBatch(
                path: path, configuration: #require(KnownModels.configuration(named: "sandbox-opt")))
            #expect(batch.name == "sst2")
            let example = try #require(batch.examples.first)
            #expect(example.goldIndex == 1)
            #expect(example.options.map(\.tokens) == [[2, 5], [2, 6, 7]])
            #expect(example.options.map(\.optionTokenCount) == [1, 2])
            #expect(batch.objective == .optionCrossEntropy)
        }
    }

    @Test("examples of one option are taught their scored tokens, one of several makes it a classification")
    func objective() throws {
        let one = #"{"gold":0,"options":[{"tokens":[2,5],"scored":1}]}"#
        let two = #"{"gold":0,"options":[{"tokens":[2,5],"scored":1},{"tokens":[2,6],"scored":1}]}"#
        #expect(try read("{\"examples\":[\(one),\(one)]}").objective == .goldTokenCrossEntropy)
        #expect(try read("{\"examples\":[\(one),\(two)]}").objective == .optionCrossEntropy)
    }

    @Test(
        "a wrong value is answered with its place, what it is and what was expected",
        arguments: [
            (#"{"examples":[]}"#, "examples is an empty list"),
            (#"{"examples":[{"gold":1,"options":[{"tokens":[2,5],"scored":1}]}]}"#, "examples[0].gold is 1"),
            (
                #"{"examples":[{"gold":0,"options":[{"tokens":[2],"scored":1}]}]}"#,
                "options[0].tokens is 1 tokens"
            ),
            (
                #"{"examples":[{"gold":0,"options":[{"tokens":[2,5],"scored":2}]}]}"#,
                "options[0].scored is 2, expected 1 to 1"
            ),
            (
                #"{"examples":[{"gold":0,"options":[{"tokens":[2,512],"scored":1}]}]}"#,
                "token 512, expected ids from 0 to 511"
            ),
            (
                #"{"examples":[{"gold":0,"options":[{"tokens":[2,5]}]}]}"#,
                "examples[0].options[0].scored is missing"
            ),
            (#"{"examples":[{"gold":"x","options":[]}]}"#, "examples[0].gold has another type"),
            ("{", "not JSON"),
        ])
    func refuses(text: String, expected: String) throws {
        let error = #expect(throws: BenchmarkError.self) { try read(text) }
        let message = try #require(error).description
        #expect(message.hasPrefix("b.json: ") && message.contains(expected), "\(message)")
    }

    @Test("a file that is not there is named")
    func missing() throws {
        let configuration = try #require(KnownModels.configuration(named: "sandbox-opt"))
        let error = #expect(throws: BenchmarkError.self) {
            try OptionBatch(path: "/nowhere/b.json", configuration: configuration)
        }
        #expect(try #require(error).description.contains("/nowhere/b.json"))
    }
}
