import LanguageModels
import Optimizers
import Runner
import Testing
import Training

@Suite("Order of two programs")
struct InterleavedOrderTests {
    private static let cells = [0, 6, 9].map { dropped in
        Cell(
            model: ModelReference(name: "opt-125m", weights: .random(seed: 1)),
            workload: .shape(batchSize: 1, tokens: 32),
            method: .zerothOrder(
                ZerothOrderSettings(
                    learningRate: 1e-6, perturbationScale: 1e-3, droppedLayerCount: dropped)),
            plan: .reference, schedule: TrainingSchedule(steps: 0, batchSize: 1, evaluateEvery: 1))
    }

    @Test("each round times each cell once with both programs")
    func complete() {
        let turns = InterleavedOrder.turns(of: Self.cells, rounds: 1...8)
        #expect(turns.count == 24)
        for round in 1...8 {
            #expect(turns.filter { $0.round == round }.map(\.cell).sorted() == [0, 1, 2])
        }
        #expect(
            turns.allSatisfy { Set($0.contenders) == Set(Contender.allCases) && $0.contenders.count == 2 })
    }

    @Test("neither program always goes first, nor do all cells of a round begin with the same one")
    func mixed() {
        let turns = InterleavedOrder.turns(of: Self.cells, rounds: 1...40)
        for cell in 0..<3 {
            let first = turns.filter { $0.cell == cell && $0.contenders.first == .baseline }.count
            #expect((8...32).contains(first), "cell \(cell): \(first)")
        }
        let mixedRounds = (1...40).count { round in
            Set(turns.filter { $0.round == round }.compactMap(\.contenders.first)).count == 2
        }
        #expect(mixedRounds > 15)
        #expect(Set(turns.filter { $0.round <= 6 }.map { "\($0.round) \($0.cell)" }).count == 18)
    }

    @Test("the order depends on nothing but the round and the cells, so that a run that goes on keeps it")
    func stable() {
        let all = InterleavedOrder.turns(of: Self.cells, rounds: 1...10)
        #expect(InterleavedOrder.turns(of: Self.cells, rounds: 1...10) == all)
        #expect(InterleavedOrder.turns(of: Self.cells, rounds: 7...10) == all.filter { $0.round >= 7 })
    }
}
