import Kernels
import Testing

/// Counters are the process's own, so each test has a process to itself.
@Suite("Kernel profile")
struct KernelProfileTests {
    @Test("a profile counts the calls and operations of what was run meanwhile, and nothing else")
    func counts() async {
        await #expect(processExitsWith: .success) {
            let team = ThreadTeam(threadCount: 2)
            let input = try OwnedMatrix(rows: 600, columns: 32, seed: 1)
            let weight = try OwnedMatrix(rows: 48, columns: 32, seed: 2)
            let output = try OwnedMatrix(rows: 600, columns: 48, seed: 3)
            let bias = try OwnedMatrix(rows: 1, columns: 48, seed: 4)
            func work() {
                MatrixProduct.multiply(
                    input.view, byTransposeOf: weight.view, into: output.view, finish: .bias(bias.view.base),
                    team: team)
                Normalization.rootMeanSquareNorm(
                    input.view, weight: weight.view.base, epsilon: 1e-5, into: input.view, team: team)
            }
            work()
            let (_, profile) = KernelProfile.recording(work)
            work()
            let blocks = ProductBlocks(rowCount: 600, columnCount: 48)
            #expect(profile[.weightProduct].calls == Int64(blocks.count))
            #expect(profile[.weightProduct].operations == 2 * 600 * 48 * 32)
            #expect(profile[.weightProduct].nanoseconds > 0)
            #expect(profile[.activation].calls == Int64(blocks.count))
            // Rows of 32 elements in chunks of 512.
            #expect(profile[.normalization].calls == 2)
            for kind in [
                KernelProfile.Kind.softmax, .attentionProduct, .rotation, .gathering, .logitReduction,
            ] {
                #expect(profile[kind] == KernelProfile.Tally())
            }
            let (_, second) = KernelProfile.recording {}
            #expect(second == KernelProfile(tallies: [:]))
        }
    }

    @Test("every kind of kernel is counted as its own")
    func kinds() async {
        await #expect(processExitsWith: .success) {
            let team = ThreadTeam(threadCount: 1)
            let rows = try OwnedMatrix(rows: 16, columns: 16, seed: 1)
            let other = try OwnedMatrix(rows: 16, columns: 16, seed: 2)
            let product = try OwnedMatrix(rows: 16, columns: 16, seed: 3)
            let rotary = try RotaryEmbedding(headSize: 16, positionCount: 16, base: 10_000)
            let indices = (0..<16).map { Int32($0) }
            let ends = [Int32](repeating: 16, count: 16)
            let (_, profile) = KernelProfile.recording {
                MatrixTile.multiply(
                    rows.view, by: other.view, into: product.view, accumulating: true, kind: .attentionProduct
                )
                RowReduction.softmax(rows.view, first: 0, ends: ends)
                RowReduction.exponentialSums(rows.view, maxima: other.view.row(0), sums: other.view.row(1))
                _ = RowReduction.maxima(rows.view)
                GatedActivation.silu(gate: rows.view, up: other.view, team: team)
                rotary.rotate(rows.view, positions: indices, team: team)
                RowGathering.gather(indices, from: other.view, into: rows.view, team: team)
                RowGathering.add(indices, from: other.view, into: rows.view, team: team)
            }
            #expect(profile[.attentionProduct].operations == 2 * 16 * 16 * 16)
            let calls = KernelProfile.Kind.allCases.map { profile[$0].calls }
            #expect(calls == [0, 1, 1, 0, 1, 1, 2, 2])
        }
    }
}
