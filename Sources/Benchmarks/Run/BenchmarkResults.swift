package import LanguageModels
package import Provenance

/// What one run of benchmarks measured, and where.
///
/// Ceilings are of the same run, so ratios mean something; absolute times hold for this machine at that hour.
package struct BenchmarkResults: Sendable, Hashable, Codable {
    /// Machine, build, libraries and threads.
    package var environment: Environment
    /// How busy the machine was before.
    package var loadBefore: LoadSample
    /// How busy it was after.
    package var loadAfter: LoadSample
    /// Processors that other processes and other machines on the same host kept busy while everything was measured,
    /// the mean over the whole run.
    package var otherBusyProcessors: Double
    /// How long everything took.
    package var seconds: Double
    /// Memory, noise and the kernels of a layer, if asked for.
    package var kernels: KernelRates?
    /// Dense products, if asked for.
    package var products: ProductRates?
    /// Forward passes, if asked for.
    package var forward: ForwardProfiles?
    /// Steps, if asked for.
    package var steps: StepTimes?
}

/// Rates of kernels that are bound by memory or by their own arithmetic.
package struct KernelRates: Sendable, Hashable, Codable {
    /// Passes over a buffer larger than the caches.
    package let memory: MemoryRates
    /// Kernels of a layer, whose rows are in cache.
    package let layers: [LayerKernelRate]
}

/// Rates of a model's products.
package struct ProductRates: Sendable, Hashable, Codable {
    /// The model whose shapes they are.
    package let model: String
    /// One entry a product and number of rows.
    package let rates: [ProductRate]
}

/// Profiles of a model's forward passes.
package struct ForwardProfiles: Sendable, Hashable, Codable {
    /// The model's shape; weights are random.
    package let model: String
    /// Sequences of a batch.
    package let batchSize: Int
    /// Tokens of a sequence.
    package let tokens: Int
    /// The library's rates that the products are compared with.
    package let productRates: [ProductRate]
    /// One entry a kind of pass.
    package let profiles: [ForwardProfile]
}

/// Times of a model's steps.
package struct StepTimes: Sendable, Hashable, Codable {
    /// The model's shape; weights are random.
    package let model: String
    /// How parameters are held in memory.
    package let storage: StorageFormat
    /// All parameters.
    package let parameterCount: Int
    /// Bytes that they take in memory.
    package let parameterBytes: Int
    /// Bytes of activations that the model holds.
    package let workspaceBytes: Int
    /// The most bytes of this process that were resident at one time; nil where other benchmarks ran in it before.
    package let peakResidentBytes: Int64?
    /// η.
    package let learningRate: Double
    /// ε.
    package let perturbationScale: Double
    /// One entry a combination of work, plan and sparsity.
    package let cells: [StepCell]
    /// LeZO over MeZO.
    package let sparsitySpeedups: [StepRatio]
    /// The fused plan over the reference plan.
    package let planSpeedups: [StepRatio]
}
