import Benchmarks
import Foundation
import Kernels
import ModelFiles
import RandomStreams
import Testing

@Suite("Rates and shares from recorded samples")
struct RateArithmeticTests {
    @Test("a rate over another is the median of the ratios within rounds, not a ratio of medians")
    func pairedRatio() {
        let ceiling = RoundTimes(nanoseconds: [100, 300, 110])
        let kernel = RoundTimes(nanoseconds: [200, 330, 440])
        // Ratios within rounds: 0.5, 0.909, 0.25.
        #expect(kernel.rate(over: ceiling) == 0.5)
        #expect(kernel.medianNanoseconds == 330)
        #expect(kernel.perNanosecond(660) == 2)
        // Twice the work in the same time is twice the rate.
        #expect(kernel.rate(over: ceiling, amount: 2, otherAmount: 1) == 1)
        #expect(RoundTimes(nanoseconds: []).rate(over: ceiling) == 0)
        #expect(RoundTimes(nanoseconds: []).perNanosecond(1) == 0)
    }

    @Test("times are a plain list in JSON")
    func coding() throws {
        let times = RoundTimes(nanoseconds: [1.5, 2])
        let text = String(decoding: try JSONEncoder().encode(times), as: UTF8.self)
        #expect(text == "[1.5,2]")
        #expect(try JSONDecoder().decode(RoundTimes.self, from: Data(text.utf8)) == times)
    }

    @Test(
        "a noise pass is compared per element with read-modify-write on as many threads, and with one thread")
    func memoryRates() throws {
        func pass(_ threads: Int, elements: Int = 1000) -> NoiseWork {
            NoiseWork(
                instructionSet: .scalar, distribution: .gaussian, threadCount: threads, elementCount: elements
            )
        }
        let rates = MemoryRates(
            bufferBytes: 4000,
            readModifyWrite: [
                (1, RoundTimes(nanoseconds: [200, 200, 200])), (2, RoundTimes(nanoseconds: [100, 100, 100])),
            ],
            noise: [
                (pass(1), RoundTimes(nanoseconds: [800, 800, 800])),
                (pass(2), RoundTimes(nanoseconds: [400, 500, 400])),
                (pass(2, elements: 100), RoundTimes(nanoseconds: [40, 40, 40])),
            ])
        #expect(rates.readModifyWrite.map(\.elementNanoseconds) == [0.2, 0.1])
        #expect(rates.readModifyWrite.map(\.gigabytesPerSecond) == [40, 80])
        #expect(rates.noise.map(\.elementNanoseconds) == [0.8, 0.4, 0.4])
        #expect(rates.noise.map(\.shareOfReadModifyWrite) == [0.25, 0.25, 0.25])
        // No pass of 100 elements was timed on one thread.
        #expect(rates.noise.map(\.speedupOverOneThread) == [nil, 2, nil])
    }

    @Test("targets are asked of the vector instruction sets alone")
    func targets() {
        #expect(NoiseWork.target(.gaussian, on: .avx512, widest: .avx512) == 0.35)
        #expect(NoiseWork.target(.gaussian, on: .avx2, widest: .avx512) == 0.2)
        #expect(NoiseWork.target(.gaussian, on: .scalar, widest: .avx2) == nil)
        #expect(NoiseWork.target(.rademacher, on: .avx2, widest: .avx2) == 0.85)
        #expect(NoiseWork.target(.rademacher, on: .avx2, widest: .avx512) == nil)
    }

    @Test(
        "a layer kernel's bytes are those of its reads and writes, its ceiling's those of the plain loop",
        arguments: [
            (PlainLoop.copy, 2, 2, 8192, 8192), (.readModifyWrite, 3, 2, 12288, 16384),
            (.read, 1, 1, 4096, 4096),
        ])
    func layerKernel(
        ceiling: PlainLoop, passes: Int, matrices: Int, bytes: Int, ceilingBytes: Int
    ) {
        let shape = LayerKernelShape(
            kernel: "k", rowCount: 32, columnCount: 32, passes: passes, matrixCount: matrices,
            ceiling: ceiling)
        let rate = LayerKernelRate(
            shape, callNanoseconds: RoundTimes(nanoseconds: [1000, 1000]),
            ceilingNanoseconds: RoundTimes(nanoseconds: [500, 500]))
        #expect(rate.bytesMoved == bytes)
        #expect(rate.gigabytesPerSecond == Double(bytes) / 1000)
        #expect(rate.ceilingGigabytesPerSecond == Double(ceilingBytes) / 500)
        #expect(abs(rate.shareOfCeiling - 0.5 * Double(bytes) / Double(ceilingBytes)) < 1e-12)
    }

    @Test("a product is compared with the library's fastest way")
    func product() throws {
        let configuration = try #require(KnownModels.configuration(named: "opt-125m"))
        let product = try #require(ModelProduct.all(of: configuration).first)
        let operations = product.operations(rowCount: 10)
        #expect(operations == 2 * 10 * 2304 * 768)
        let rate = try #require(
            ProductRate(
                product: product, rowCount: 10, threadCount: 2,
                library: [
                    (.oneThread, RoundTimes(nanoseconds: [operations / 100])),
                    (.rowParts, RoundTimes(nanoseconds: [operations / 200])),
                    (.columnParts, RoundTimes(nanoseconds: [operations / 160])),
                ], ours: RoundTimes(nanoseconds: [operations / 190])))
        #expect(rate.best.way == .rowParts)
        #expect(abs(rate.gigaflops - 190) < 1e-9)
        #expect(abs(rate.shareOfBest - 0.95) < 1e-12)
    }

    @Test("the products of a model multiply every matrix parameter once, tied heads included")
    func modelProducts() throws {
        for (name, weights) in [
            ("opt-125m", 12 * 12 * 768 * 768 + 50272 * 768),
            ("opt-350m", 24 * 12 * 1024 * 1024 + 2 * 512 * 1024 + 50272 * 512),
        ] {
            let configuration = try #require(KnownModels.configuration(named: name))
            let products = ModelProduct.all(of: configuration)
            #expect(products.reduce(0) { $0 + $1.countInForward * $1.inputWidth * $1.outputWidth } == weights)
            #expect(products.last?.isHead == true)
        }
        // 9 query heads and 3 key/value heads of 64.
        let llama = ModelProduct.all(
            of: try #require(KnownModels.configuration(named: "smollm2-135m-instruct")))
        #expect(llama.map(\.outputWidth) == [960, 576, 3072, 576, 49152])
        #expect(llama.map(\.inputWidth) == [576, 576, 576, 1536, 576])
    }

    @Test("shares of a forward pass are worker time over threads and wall time, and add up to 1")
    func forwardProfile() {
        func round(_ wall: Int64) -> ForwardProfile.Round {
            ForwardProfile.Round(
                wallNanoseconds: wall, noiseNanoseconds: wall / 20,
                kernels: KernelProfile(tallies: [
                    .weightProduct: .init(calls: 4, nanoseconds: 2 * wall * 8 / 10, operations: wall * 240),
                    .attentionProduct: .init(calls: 4, nanoseconds: 2 * wall / 100, operations: wall),
                    .softmax: .init(calls: 2, nanoseconds: 2 * wall * 4 / 100, operations: 0),
                ]))
        }
        let profile = ForwardProfile(
            pass: .probed, threadCount: 2, rounds: [round(1000), round(2000), round(1000)], bestGigaflops: 400
        )
        #expect(profile.wallNanoseconds == 1000)
        #expect(abs(profile.productShare - 0.81) < 1e-9)
        #expect(abs((profile.kernelShares[.softmax] ?? 0) - 0.04) < 1e-9)
        #expect(profile.kernelShares[.rotation] == 0)
        #expect(abs(profile.noiseShare - 0.05) < 1e-9)
        #expect(abs(profile.restShare - 0.1) < 1e-9)
        // Everything but products and noise.
        #expect(abs(profile.otherShare - 0.14) < 1e-9)
        // 240 operations a wall nanosecond in 0.8 of it on both threads at once.
        #expect(abs(profile.weightProductGigaflops - 300) < 1e-9)
        #expect(abs(profile.shareOfBest - 0.75) < 1e-9)
    }
}
