import LanguageModels
import Optimizers
import Runner
import Testing
import Training

@Suite("Shards")
struct ShardTests {
    @Test("every trial belongs to exactly one share, whatever the others are", arguments: 1...7)
    func partition(count: Int) throws {
        let shards = try (1...count).map { try Shard("\($0)/\(count)") }
        var sizes = [Int](repeating: 0, count: count)
        for number in 0..<1000 {
            // FNV-1a of the number stands for a hash.
            let hash = "\(number)".utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            let digits = String(hash, radix: 16)
            let identity = String(repeating: "0", count: 16 - digits.count) + digits + "77"
            let holders = shards.filter { $0.holds(trial: identity) }
            #expect(holders.count == 1)
            for shard in holders { sizes[shard.index - 1] += 1 }
        }
        #expect(sizes.allSatisfy { $0 > 1000 / count / 2 })
    }

    @Test("cells that are compared with one another are timed in one share")
    func comparisons() throws {
        let shards = [try Shard("1/3"), try Shard("2/3"), try Shard("3/3")]
        func cell(_ tokens: Int, _ dropped: Int, _ plan: ExecutionPlan) -> Cell {
            Cell(
                model: ModelReference(name: "opt-125m", weights: .random(seed: 1)),
                workload: .shape(batchSize: 1, tokens: tokens),
                method: .zerothOrder(
                    ZerothOrderSettings(
                        learningRate: 1e-6, perturbationScale: 1e-3, droppedLayerCount: dropped)), plan: plan,
                schedule: TrainingSchedule(steps: 1, batchSize: 1, evaluateEvery: 1))
        }
        var used: Set<Int> = []
        for tokens in 1...20 {
            let cells = [0, 6].flatMap { dropped in
                ExecutionPlan.allCases.map { cell(tokens, dropped, $0) }
            }
            let holders = shards.filter { shard in cells.contains(where: shard.times) }
            #expect(holders.count == 1)
            #expect(holders.allSatisfy { shard in cells.allSatisfy(shard.times) })
            used.formUnion(holders.map(\.index))
        }
        #expect(used.count == 3)
    }

    @Test(
        "what names no share is refused with the form that does",
        arguments: ["", "1", "0/2", "3/2", "-1/2", "1/0", "a/b", "1/2/3", "1/"])
    func unreadable(text: String) {
        let error = #expect(throws: Shard.Unreadable.self) { try Shard(text) }
        #expect(error?.description.contains("give i/N") == true)
    }
}
