import LanguageModels
import Optimizers
import ResultStore
import Runner
import Suites
import Testing
import Training

@Suite("Order of rounds")
struct RoundOrderTests {
    private static let timing = TimingProtocol(rounds: 4, warmupSteps: 1, steps: 2)

    private static func cell(
        _ id: Int64, tokens: Int, dropped: Int, plan: ExecutionPlan = .reference,
        storage: StorageFormat = .float32
    ) -> PlannedCell {
        PlannedCell(
            id: id,
            cell: Cell(
                model: ModelReference(name: "opt-125m", weights: .random(seed: 1), storage: storage),
                workload: .shape(batchSize: 1, tokens: tokens),
                method: .zerothOrder(
                    ZerothOrderSettings(
                        learningRate: 1e-6, perturbationScale: 1e-3, droppedLayerCount: dropped)),
                plan: plan, schedule: TrainingSchedule(steps: 0, batchSize: 1, evaluateEvery: 1)))
    }

    private static let cells = [
        cell(1, tokens: 32, dropped: 0), cell(2, tokens: 64, dropped: 0), cell(3, tokens: 32, dropped: 6),
        cell(4, tokens: 64, dropped: 6), cell(5, tokens: 32, dropped: 9),
    ]

    @Test("every cell is timed once a round, next to those that it is compared with")
    func interleaved() {
        let rounds = RoundOrder.openRounds(of: Self.cells, timing: Self.timing, finished: [])
        #expect(rounds.count == 20)
        for round in 1...4 {
            let ids = rounds.filter { $0.round == round }.map(\.cellID)
            #expect(ids.sorted() == [1, 2, 3, 4, 5])
            #expect(Set(ids.prefix(3)) == [1, 3, 5])
            #expect(rounds.filter { $0.round == round }.map(\.position) == [0, 1, 2, 0, 1])
        }
    }

    @Test("both plans of a model and shape take turns within a round, other storage comes apart")
    func plans() {
        let cells = [
            Self.cell(1, tokens: 32, dropped: 0), Self.cell(2, tokens: 32, dropped: 0, storage: .bfloat16),
            Self.cell(3, tokens: 32, dropped: 0, plan: .fused), Self.cell(4, tokens: 32, dropped: 6),
            Self.cell(5, tokens: 32, dropped: 6, plan: .fused),
        ]
        let timing = TimingProtocol(rounds: 20, warmupSteps: 0, steps: 1)
        let rounds = RoundOrder.openRounds(of: cells, timing: timing, finished: [])
        #expect(rounds.count == 100)
        for round in 1...20 {
            let ids = rounds.filter { $0.round == round }.map(\.cellID)
            #expect(ids.first == 2 || ids.last == 2)
            #expect(Set(ids.filter { $0 != 2 }) == [1, 3, 4, 5])
        }
        let orders = Set((1...20).map { round in rounds.filter { $0.round == round }.map(\.cellID) })
        #expect(orders.count > 10)
    }

    @Test("the order within a round varies from round to round")
    func random() {
        let timing = TimingProtocol(rounds: 30, warmupSteps: 0, steps: 1)
        let rounds = RoundOrder.openRounds(of: Self.cells, timing: timing, finished: [])
        let firsts = (1...30).compactMap { round in rounds.first { $0.round == round }?.cellID }
        #expect(Set(firsts) == [1, 3, 5])
    }

    @Test("a resumed run takes a round that lacks a cell anew as a whole, in the order that it had")
    func resumed() {
        let all = RoundOrder.openRounds(of: Self.cells, timing: Self.timing, finished: [])
        let finished = Set(all.prefix(7).map { RoundKey(cellID: $0.cellID, round: $0.round) })
        let rest = RoundOrder.openRounds(of: Self.cells, timing: Self.timing, finished: finished)
        // Seven are round 1 with its five cells, and two of the three that round 2 begins with.
        #expect(rest == Array(all.dropFirst(5)))
    }
}
