package import LanguageModels
package import Optimizers

/// What is to be measured, and how long.
package struct BenchmarkRequest: Sendable, Hashable {
    /// A part of the whole.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case kernels, products, forward, steps
    }

    /// A batch of random tokens.
    package struct Shape: Sendable, Hashable {
        /// Sequences.
        package var batchSize: Int
        /// Tokens of each.
        package var tokens: Int

        /// A shape from its two sizes.
        package init(batchSize: Int, tokens: Int) {
            self.batchSize = batchSize
            self.tokens = tokens
        }

        /// All tokens.
        package var rowCount: Int { batchSize * tokens }
    }

    /// The parts, measured in the order of ``Part``.
    package var parts: Set<Part>
    /// A known model's name; its shape is used, with random weights.
    package var model: String
    /// How steps hold parameters in memory.
    package var storage = StorageFormat.float32
    /// Threads that loops may use.
    package var threadCount: Int
    /// Bytes of the buffer for passes over memory.
    package var bufferBytes = 1 << 30
    /// Samples of kernels.
    package var kernelRounds = 7
    /// Samples of products.
    package var productRounds = 5
    /// Samples of forward passes.
    package var forwardRounds = 5
    /// The batch of products and forward passes.
    package var forwardShape = Shape(batchSize: 16, tokens: 64)
    /// Further numbers of rows for the head's product.
    package var headRows = [32, 16]
    /// The batches of steps, where no file with one is given.
    package var stepShapes = [
        Shape(batchSize: 1, tokens: 32), Shape(batchSize: 16, tokens: 32), Shape(batchSize: 16, tokens: 64),
    ]
    /// A file with the one batch of steps.
    package var batchPath: String?
    /// Shares of layers that steps leave out.
    package var sparsities = [0, 0.75]
    /// Plans of steps.
    package var plans = ExecutionPlan.allCases
    /// Timed steps of a combination in a round.
    package var stepCount = 1
    /// Rounds of steps; an interval at 95% needs 6.
    package var stepRounds = 7

    /// A request for some parts at their full length.
    package init(parts: Set<Part>, model: String, threadCount: Int) {
        self.parts = parts
        self.model = model
        self.threadCount = threadCount
    }

    /// The same for a first look: fewer samples, smaller batches, no intervals.
    package var shortened: BenchmarkRequest {
        var request = self
        request.bufferBytes = 1 << 29
        request.kernelRounds = 3
        request.productRounds = 3
        request.forwardRounds = 3
        request.forwardShape = Shape(batchSize: 4, tokens: 64)
        request.headRows = [16]
        request.stepShapes = [Shape(batchSize: 1, tokens: 32), Shape(batchSize: 4, tokens: 64)]
        request.stepRounds = 2
        return request
    }
}
