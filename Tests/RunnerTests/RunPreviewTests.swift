import Optimizers
import ResultStore
import Runner
import Suites
import Testing
import Training

/// A dry run, held against what a run would do.
@Suite("Run preview")
struct RunPreviewTests {
    private static let text = """
        suite: tiny
        title: A test
        models: [{name: opt-125m, weights: random(1)}]
        shapes: [{batch: 1, tokens: 8}]
        methods:
          - {mezo: {learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
          - {lezo: {dropped_layers: [6], learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
        timing: {rounds: 6, warmup_steps: 1, steps: 2}
        """

    private func suite() throws -> Suites.Suite {
        try Suites.Suite.read(
            Self.text, path: "tiny.yaml",
            vocabulary: SuiteVocabulary(
                modelNames: ["opt-125m"], layerCount: { _ in 12 }, taskNames: ["sst2"]))
    }

    /// What a database holds when the suite's cells have these rounds.
    private func snapshot(of suite: Suites.Suite, rounds: [[Int]], sha256: String? = nil) -> ResultSnapshot {
        ResultSnapshot(
            suiteName: suite.name, suiteSHA256: sha256 ?? suite.fileSHA256, title: suite.title, claims: [],
            environments: [:], artifacts: [],
            cells: zip(suite.timingCells, rounds).enumerated().map { index, cell in
                CellResult(
                    id: Int64(index + 1), cell: cell.0, layerCount: 12, layerParameterCount: 0,
                    parameterCount: 0, trials: [],
                    rounds: cell.1.map {
                        RoundResult(
                            round: $0, position: 0, environmentID: nil, steps: [], peakResidentBytes: 0)
                    })
            })
    }

    private func preview(
        _ suite: Suites.Suite, recorded: ResultSnapshot?
    ) throws -> (rounds: Int, seconds: Double) {
        let preview = try RunPreview(
            suite: suite, inputs: SuiteInputs(suite: suite, dataFolders: [], modelPaths: []),
            probe: RuntimeProbe(
                environment: PreviewFixture.environment, gigaflops: 10, perturbedGigaelements: 1),
            databasePath: "none.sqlite", recorded: recorded)
        return (preview.roundCount, try #require(preview.totalSeconds))
    }

    @Test("a round that one of the compared cells lacks counts for all of them, in time as well")
    func halfFinishedRound() throws {
        let suite = try suite()
        #expect(suite.timingCells.count == 2)
        let all = try preview(suite, recorded: nil)
        #expect(all.rounds == 12)
        #expect(all.seconds > 0)
        let rest = try preview(
            suite, recorded: snapshot(of: suite, rounds: [Array(1...6), Array(1...5)]))
        #expect(rest.rounds == 2)
        #expect(abs(rest.seconds - all.seconds / 6) <= 1e-9 * all.seconds)
    }

    @Test("a recorded round beyond those that are asked for stands for none of them")
    func surplusRound() throws {
        let suite = try suite()
        let rest = try preview(
            suite, recorded: snapshot(of: suite, rounds: [Array(1...6), [1, 2, 3, 4, 5, 7]]))
        #expect(rest.rounds == 2)
    }

    @Test("with all rounds there is nothing left; rounds of another file of the name do not count")
    func finished() throws {
        let suite = try suite()
        let rounds = [Array(1...6), Array(1...6)]
        let done = try preview(suite, recorded: snapshot(of: suite, rounds: rounds))
        #expect(done == (0, 0))
        let other = try preview(
            suite, recorded: snapshot(of: suite, rounds: rounds, sha256: "another file"))
        #expect(other.rounds == 12)
    }
}
