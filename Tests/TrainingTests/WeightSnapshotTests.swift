import Kernels
import LanguageModels
import ModelFiles
import Testing
import Training

@Suite("Weight snapshot")
struct WeightSnapshotTests {
    @Test("the parameters come back bit for bit, as they were when last kept")
    func roundTrip() throws {
        let arena = try ParameterArena(
            layout: [("layers.0.weight", [300, 1001], .decoderLayer(0))], layerCount: 1)
        func fill(_ factor: Float) {
            for index in 0..<arena.count { arena.base[index] = factor * Float(index % 997) }
        }
        let snapshot = WeightSnapshot(of: arena)
        fill(7)
        let start = arena.digest()
        snapshot.restore()
        #expect(arena.digest() == start, "nothing was kept yet")
        fill(1)
        try snapshot.keep()
        fill(-3)
        try snapshot.keep()
        let kept = arena.digest()
        fill(0.5)
        #expect(arena.digest() != kept)
        snapshot.restore()
        #expect(arena.digest() == kept)
        fill(2)
        snapshot.restore()
        #expect(arena.digest() == kept)
    }
}
