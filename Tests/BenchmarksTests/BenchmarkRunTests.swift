import Benchmarks
import Foundation
import Kernels
import Optimizers
import Provenance
import Reports
import Testing

/// Whole runs on the smallest model; nothing is asserted of a time but that it was taken.
@Suite("A benchmark run", .serialized)
struct BenchmarkRunTests {
    private var environment: Environment {
        Environment.capture(
            threadCount: 2, kernelInstructionSet: InstructionSet.current.rawValue,
            blasVersion: BLASLibrary.configuration, blasCoreType: BLASLibrary.coreType.name,
            expectedBLASCoreType: BLASLibrary.coreType.name)
    }

    private func request(_ parts: Set<BenchmarkRequest.Part>) -> BenchmarkRequest {
        var request = BenchmarkRequest(parts: parts, model: "sandbox-opt", threadCount: 2)
        request.bufferBytes = 1 << 20
        request.kernelRounds = 2
        request.productRounds = 1
        request.forwardRounds = 2
        request.forwardShape = .init(batchSize: 2, tokens: 8)
        request.headRows = [4]
        request.stepShapes = [.init(batchSize: 2, tokens: 8), .init(batchSize: 1, tokens: 8)]
        request.stepCount = 2
        request.stepRounds = 2
        return request
    }

    private func measure(_ request: BenchmarkRequest) throws -> BenchmarkResults {
        try BenchmarkRun(request, environment: environment, progress: { _ in }).measure()
    }

    @Test("steps hold every record, repeat their losses in every round, and agree between plans")
    func steps() throws {
        let steps = try #require(try measure(request([.steps])).steps)
        #expect(steps.cells.count == 8)
        for cell in steps.cells {
            #expect(cell.rounds.count == 2)
            #expect(
                cell.rounds.allSatisfy { $0.warmup.map(\.step) == [1] && $0.steps.map(\.step) == [2, 3] })
            let losses = cell.rounds.map { $0.steps.map { [$0.lossPlus, $0.lossMinus] } }
            #expect(losses[0] == losses[1])
            #expect(
                cell.rounds[0].steps.allSatisfy { $0.droppedLayers.count == cell.setting.droppedLayerCount })
            #expect(cell.rounds[0].steps.allSatisfy { $0.times.forwardNanoseconds > 0 })
        }
        for fused in steps.cells where fused.setting.plan == .fused {
            let reference = try #require(
                steps.cells.first {
                    $0.setting.plan == .reference && $0.setting.work == fused.setting.work
                        && $0.setting.droppedLayerCount == fused.setting.droppedLayerCount
                })
            for (one, other) in zip(fused.rounds[0].steps, reference.rounds[0].steps) {
                #expect(abs(one.lossPlus - other.lossPlus) < 1e-4 * abs(other.lossPlus))
            }
        }
        #expect(steps.sparsitySpeedups.count == 4 && steps.planSpeedups.count == 4)
        #expect((steps.peakResidentBytes ?? 0) > steps.parameterBytes)
        // The papers' layer count: 12 layers, of which 9 are 0.75.
        #expect(Set(steps.cells.map(\.setting.droppedLayerCount)) == [0, 9])
    }

    @Test("a batch from a file takes the place of shapes")
    func batch() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("lezobench-batch-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: path) }
        let text =
            #"{"examples":[{"gold":0,"options":[{"tokens":[2,5,9],"scored":1},{"tokens":[2,5,8],"scored":1}]}]}"#
        try Data(text.utf8).write(to: path)
        var request = request([.steps])
        request.batchPath = path.path
        let steps = try #require(try measure(request).steps)
        #expect(steps.cells.count == 4)
        let loss = try #require(steps.cells.first?.rounds.first?.steps.first?.lossPlus)
        // Random weights tell two options apart by next to nothing.
        #expect(abs(loss - 0.6931) < 0.2)
    }

    @Test("kernels, products and forward passes have an entry for each thing measured")
    func others() throws {
        let results = try measure(request([.kernels, .products, .forward]))
        let kernels = try #require(results.kernels)
        #expect(kernels.memory.readModifyWrite.map(\.threadCount) == [1, 2])
        #expect(kernels.memory.noise.count == 2 * 2 * InstructionSet.supported.count)
        #expect(
            kernels.memory.noise.allSatisfy {
                $0.shareOfReadModifyWrite > 0 && $0.passNanoseconds.nanoseconds.count == 2
            })
        #expect(kernels.layers.count == 10)
        #expect(kernels.layers.allSatisfy { $0.shareOfCeiling > 0 })
        let products = try #require(results.products)
        #expect(products.rates.map(\.rowCount) == [16, 16, 16, 16, 16, 4])
        #expect(products.rates.allSatisfy { $0.library.count == 4 && $0.gigaflops > 0 })
        let forward = try #require(results.forward)
        #expect(forward.profiles.map(\.pass) == ForwardPassKind.allCases)
        for profile in forward.profiles {
            #expect(profile.bestGigaflops > 0)
            #expect(profile.rounds.count == 2)
            let shares = profile.kernelShares.values.reduce(0, +) + profile.noiseShare
            // Medians of shares add up to 1 only nearly.
            #expect(abs(shares + profile.restShare - 1) < 0.2)
            #expect((profile.noiseShare > 0) == (profile.pass == .probed))
            let products = profile.rounds.map { $0.kernels[.weightProduct].operations }
            #expect(products[0] == products[1] && products[0] > 0)
        }
        #expect(results.steps == nil)
    }

    @Test("JSON reads back to the same results, and every table comes out as CSV and text")
    func shapes() throws {
        let results = try measure(request(Set(BenchmarkRequest.Part.allCases)))
        let encoder = JSONEncoder()
        let bytes = try encoder.encode(results)
        #expect(try JSONDecoder().decode(BenchmarkResults.self, from: bytes) == results)
        let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        for key in ["environment", "loadBefore", "loadAfter", "kernels", "products", "forward", "steps"] {
            #expect(object[key] != nil, "\(key)")
        }
        let steps = try #require(object["steps"] as? [String: Any])
        let cell = try #require((steps["cells"] as? [[String: Any]])?.first)
        let round = try #require((cell["rounds"] as? [[String: Any]])?.first)
        let step = try #require((round["steps"] as? [[String: Any]])?.first)
        #expect(step["lossPlus"] is Double && step["projectedGradient"] is Double)
        #expect((step["times"] as? [String: Any])?["forwardNanoseconds"] is Int)
        // Other benchmarks of the same process had more memory than steps.
        #expect(steps["peakResidentBytes"] == nil)

        let report = BenchmarkReport.make(from: results)
        let names = report.tables.map(\.table.name)
        #expect(
            names == [
                "environment", "memory", "noise", "layer-kernels", "products", "forward-shares",
                "forward-rates",
                "step-times", "sparsity-speedup", "plan-speedup",
            ])
        let lines = CSVRenderer.render(report).split(separator: "\r\n")
        #expect(lines.first == "section,table,row,column,value")
        for name in names { #expect(lines.contains { $0.contains(",\(name),1,") }, "\(name)") }
        #expect(MarkdownRenderer.render(report).contains("| "))
    }

    @Test("an unknown model and a sequence longer than its positions are refused before anything is measured")
    func refuses() throws {
        var unknown = request([.forward])
        unknown.model = "opt-125"
        let error = #expect(throws: BenchmarkError.self) { try measure(unknown) }
        #expect(try #require(error).description.contains("did you mean 'opt-125m'"))
        var long = request([.steps])
        long.stepShapes = [.init(batchSize: 1, tokens: 257)]
        let second = #expect(throws: BenchmarkError.self) { try measure(long) }
        #expect(try #require(second).description.contains("256 positions"))
    }
}
