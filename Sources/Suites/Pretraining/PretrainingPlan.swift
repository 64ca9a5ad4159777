package import LanguageModels
package import Optimizers

/// How the sandbox's model is pretrained, as a pretraining file says it.
package struct PretrainingPlan: Sendable, Hashable {
    /// The plan's name, which is also its file's.
    package var name: String
    /// One line for people.
    package var title: String
    /// The seed of the world, of its texts and of the first weights.
    package var seed: UInt64
    /// How the weights are stored in the end; training is in float32.
    package var storage: StorageFormat
    /// Optimizer steps.
    package var steps: Int
    /// Texts in a step's batch, each its own sequence.
    package var textsPerBatch: Int
    /// The optimizer.
    package var optimizer: FirstOrderSettings

    /// A plan from all its parts.
    package init(
        name: String, title: String, seed: UInt64, storage: StorageFormat, steps: Int, textsPerBatch: Int,
        optimizer: FirstOrderSettings
    ) {
        self.name = name
        self.title = title
        self.seed = seed
        self.storage = storage
        self.steps = steps
        self.textsPerBatch = textsPerBatch
        self.optimizer = optimizer
    }
}
