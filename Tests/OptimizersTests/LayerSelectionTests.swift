import Optimizers
import RandomStreams
import Testing

@Suite("Layer selection")
struct LayerSelectionTests {
    @Test("over the steps of a trial each set of dropped layers is equally likely")
    func uniform() {
        let selection = LayerSelection(layerCount: 6, droppedCount: 3)
        var counts: [[Int]: Int] = [:]
        let stepCount = 40_000
        for step in 1...stepCount {
            let seed = SeedDerivation.stepSeed(step: step, noiseSeed: 42)
            counts[selection.droppedLayers(stepSeed: seed), default: 0] += 1
        }
        #expect(counts.count == 20)
        let expected = Double(stepCount) / 20
        let chiSquare = counts.values.reduce(0) {
            $0 + (Double($1) - expected) * (Double($1) - expected) / expected
        }
        // The 0.999 quantile of chi-square with 19 degrees of freedom.
        #expect(chiSquare < 43.82)
    }

    @Test("draws of neighbouring steps are independent: the overlap of two draws is hypergeometric")
    func independentSteps() {
        let selection = LayerSelection(layerCount: 6, droppedCount: 3)
        var overlaps = [Int](repeating: 0, count: 4)
        let stepCount = 40_000
        var last = Set<Int>()
        for step in 0...stepCount {
            let seed = SeedDerivation.stepSeed(step: step, noiseSeed: 43)
            let dropped = Set(selection.droppedLayers(stepSeed: seed))
            if step > 0 { overlaps[dropped.intersection(last).count] += 1 }
            last = dropped
        }
        let chiSquare = zip(overlaps, [1.0, 9, 9, 1]).reduce(0) { sum, pair in
            let expected = Double(stepCount) * pair.1 / 20
            return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
        }
        // The 0.999 quantile of chi-square with 3 degrees of freedom.
        #expect(chiSquare < 16.27)
    }

    @Test("the draw is a function of the step's seed alone")
    func pure() {
        let selection = LayerSelection(layerCount: 24, droppedCount: 18)
        #expect(selection.droppedLayers(stepSeed: 5) == selection.droppedLayers(stepSeed: 5))
        #expect(selection.droppedLayers(stepSeed: 5) != selection.droppedLayers(stepSeed: 6))
        #expect(LayerSelection(layerCount: 24, droppedCount: 0).droppedLayers(stepSeed: 5) == [])
    }
}
