import ModelFiles
import Testing

@Suite("KnownModels")
struct KnownModelsTests {
    /// Numbers of parameters of transformers' models of these shapes, tied head once (`count_parameters.py`).
    static let parameterCounts = [
        ("opt-125m", 125_239_296), ("opt-350m", 331_196_416), ("opt-1.3b", 1_315_758_080),
        ("opt-2.7b", 2_651_596_800), ("opt-6.7b", 6_658_473_984), ("opt-13b", 12_853_473_280),
        ("opt-30b", 29_974_540_288), ("opt-66b", 65_719_701_504), ("smollm2-135m-instruct", 134_515_008),
    ]

    @Test("the shapes have the published numbers of parameters", arguments: parameterCounts)
    func parameters(name: String, count: Int) throws {
        #expect(try #require(KnownModels.configuration(named: name)).parameterCount == count)
    }

    @Test("every name has a shape, other names have none and are told the nearest")
    func names() {
        for name in KnownModels.names {
            #expect(KnownModels.configuration(named: name) != nil)
        }
        #expect(KnownModels.configuration(named: "opt-175b") == nil)
        #expect(KnownModels.nearestName(to: "opt-1.3B") == "opt-1.3b")
        #expect(KnownModels.nearestName(to: "opt125m") == "opt-125m")
        #expect(KnownModels.nearestName(to: "smollm2-135m") == "smollm2-135m-instruct")
        #expect(KnownModels.nearestName(to: "gpt-neox-20b") == nil)
    }

    @Test("a name of tens of thousands of letters is done with at once", .timeLimit(.minutes(1)))
    func longName() {
        // Each of its parts could begin the quantisation that a name may end in.
        let name = String(repeating: "_q4", count: 20_000) + "!"
        #expect(KnownModels.nearestName(to: name) == nil)
    }
}
