import Kernels
import LanguageModels
import ModelFiles
package import Provenance
import Training

/// Carries out a request in this process.
package struct BenchmarkRun {
    private let request: BenchmarkRequest
    private let configuration: ModelConfiguration
    private let works: [StepWork]
    private let environment: Environment
    private let progress: (String) -> Void

    /// A run of a request, which is checked first.
    ///
    /// - Parameters:
    ///   - environment: This process's environment, for the results.
    ///   - progress: Told what is measured next, in a few words.
    /// - Throws: ``BenchmarkError`` when the model is unknown or a batch does not fit it.
    package init(
        _ request: BenchmarkRequest, environment: Environment, progress: @escaping (String) -> Void
    ) throws(BenchmarkError) {
        guard let configuration = KnownModels.configuration(named: request.model) else {
            throw .unknownModel(
                name: request.model, known: KnownModels.names,
                nearest: KnownModels.nearestName(to: request.model))
        }
        for shape in [request.forwardShape] + request.stepShapes
        where shape.tokens > configuration.maximumPositions {
            throw .tooManyTokens(
                model: request.model, tokens: shape.tokens, most: configuration.maximumPositions)
        }
        if let path = request.batchPath {
            works = [.batch(try OptionBatch(path: path, configuration: configuration))]
        } else {
            works = request.stepShapes.map { .shape(batchSize: $0.batchSize, tokens: $0.tokens) }
        }
        self.request = request
        self.configuration = configuration
        self.environment = environment
        self.progress = progress
    }

    /// Measures everything that was asked for.
    ///
    /// - Throws: `OutOfMemory`, or a model's or optimizer's error.
    package func measure() throws -> BenchmarkResults {
        let start = MonotonicClock.nanoseconds()
        let loadBefore = LoadSample.take()
        let busyBefore = BusyTicks.now()
        var kernels: KernelRates?
        var products: ProductRates?
        var forward: ForwardProfiles?
        var steps: StepTimes?
        if request.parts.contains(.kernels) { kernels = try measureKernels() }
        if request.parts.contains(.products) { products = try measureProducts() }
        if request.parts.contains(.forward) {
            forward = try measureForward(known: products?.rates ?? [])
        }
        if request.parts.contains(.steps) { steps = try measureSteps() }
        let seconds = Double(MonotonicClock.nanoseconds() - start) / 1e9
        return BenchmarkResults(
            environment: environment, loadBefore: loadBefore, loadAfter: LoadSample.take(),
            otherBusyProcessors: BusyTicks.others(since: busyBefore, elapsedSeconds: seconds),
            seconds: seconds,
            kernels: kernels, products: products, forward: forward, steps: steps)
    }

    private var team: ThreadTeam { ThreadTeam(threadCount: request.threadCount) }

    private func measureKernels() throws -> KernelRates {
        progress("memory and noise, \(request.bufferBytes >> 20) MiB")
        let memory = try MemoryBenchmark(
            bufferBytes: request.bufferBytes, threadCount: request.threadCount,
            roundCount: request.kernelRounds
        ).run()
        progress("kernels of a layer")
        let layers = try LayerKernelBenchmark(
            threadCount: request.threadCount, roundCount: request.kernelRounds
        ).run()
        return KernelRates(memory: memory, layers: layers)
    }

    private func measureProducts() throws -> ProductRates {
        let all = ModelProduct.all(of: configuration)
        let rows = all.map { ($0, request.forwardShape.rowCount) }
        let headRows = all.filter(\.isHead).flatMap { head in request.headRows.map { (head, $0) } }
        return ProductRates(model: request.model, rates: try rates(of: rows + headRows, known: []))
    }

    private func rates(
        of products: [(product: ModelProduct, rowCount: Int)], known: [ProductRate]
    ) throws -> [ProductRate] {
        let benchmark = ProductBenchmark(
            threadCount: request.threadCount, roundCount: request.productRounds)
        var rates = known
        for (product, rowCount) in products
        where !rates.contains(where: { $0.product == product && $0.rowCount == rowCount }) {
            progress("product \(product.name), \(rowCount) rows")
            if let rate = try benchmark.measure(product, rowCount: rowCount) { rates.append(rate) }
        }
        return rates
    }

    private func measureForward(known: [ProductRate]) throws -> ForwardProfiles {
        let shape = request.forwardShape
        let needed = ForwardPassKind.allCases.flatMap {
            ForwardBenchmark.products(
                of: $0, configuration: configuration, batchSize: shape.batchSize, tokens: shape.tokens)
        }
        let rates = try rates(of: needed, known: known)
        progress("forward passes, \(shape.batchSize) x \(shape.tokens)")
        let bench = try makeBench(storage: .float32)
        let profiles = try ForwardBenchmark(
            model: bench.model, batchSize: shape.batchSize, tokens: shape.tokens,
            threadCount: request.threadCount, roundCount: request.forwardRounds
        ).run(rates: rates)
        return ForwardProfiles(
            model: request.model, batchSize: shape.batchSize, tokens: shape.tokens, productRates: rates,
            profiles: profiles)
    }

    private func measureSteps() throws -> StepTimes {
        let bench = try makeBench(storage: request.storage)
        let settings = StepBenchmark.Settings(
            works: works, sparsities: request.sparsities, plans: request.plans, stepCount: request.stepCount,
            roundCount: request.stepRounds)
        progress("steps, \(request.stepRounds) rounds")
        let cells = try StepBenchmark(bench: bench, settings: settings, team: team).run { done in
            progress("steps, round \(done) of \(request.stepRounds) done")
        }
        let counts = ParameterCounts(configuration: configuration)
        return StepTimes(
            model: request.model, storage: request.storage, parameterCount: counts.total,
            parameterBytes: counts.total * request.storage.bytesPerElement,
            workspaceBytes: bench.model.workspaceBytes,
            peakResidentBytes: request.parts == [.steps] ? ResidentMemory.peakBytes() : nil,
            learningRate: StepBenchmark.learningRate, perturbationScale: StepBenchmark.perturbationScale,
            cells: cells,
            sparsitySpeedups: StepSpeedups.ofSparsity(
                cells, layerParameterShare: Double(counts.inDecoderLayers) / Double(max(1, counts.total))),
            planSpeedups: StepSpeedups.ofPlan(cells))
    }

    private func makeBench(storage: StorageFormat) throws -> Workbench {
        try Workbench(
            reference: ModelReference(name: request.model, weights: .random(seed: 1), storage: storage),
            modelPath: nil, team: team)
    }
}
