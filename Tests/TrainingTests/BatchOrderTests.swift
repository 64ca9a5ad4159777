import Testing
import Training

@Suite("Batch order")
struct BatchOrderTests {
    @Test("an epoch shows every example once, the last batch holding what is left")
    func epoch() {
        let order = BatchOrder(exampleCount: 10, batchSize: 4, noiseSeed: 7)
        let batches = (1...3).map(order.indices(ofStep:))
        #expect(batches.map(\.count) == [4, 4, 2])
        #expect(batches.flatMap { $0 }.sorted() == Array(0..<10))
    }

    @Test("epochs and noise seeds differ in order; the same arguments give the same batch")
    func seeds() {
        let order = BatchOrder(exampleCount: 50, batchSize: 50, noiseSeed: 1)
        #expect(order.indices(ofStep: 1) != order.indices(ofStep: 2))
        #expect(
            order.indices(ofStep: 1)
                != BatchOrder(exampleCount: 50, batchSize: 50, noiseSeed: 2).indices(ofStep: 1))
        #expect(order.indices(ofStep: 2) == order.indices(ofStep: 2))
    }
}
