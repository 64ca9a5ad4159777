package import LanguageModels
package import Optimizers
package import Sandbox

/// How the sandbox's model is pretrained, as a pretraining file says it.
package struct PretrainingPlan: Sendable, Hashable {
    /// The plan's name, which is also its file's.
    package var name: String
    /// One line for people.
    package var title: String
    /// The seed of the world, of its texts and of the first weights.
    package var seed: UInt64
    /// What the texts are.
    package var texts: CorpusMixture
    /// How the weights are stored in the end; training is in float32.
    package var storage: StorageFormat
    /// Optimizer steps.
    package var steps: Int
    /// The last steps, in which the authors of texts have their habits; before that they are exact.
    package var habitSteps: Int
    /// Texts in a step's batch, each its own sequence.
    package var textsPerBatch: Int
    /// The optimizer.
    package var optimizer: FirstOrderSettings
    /// SHA-256 of the file that the plan gave when the weights that come with this program were made, in hexadecimal.
    package var sha256: String?

    /// A plan from all its parts.
    package init(
        name: String, title: String, seed: UInt64, texts: CorpusMixture, storage: StorageFormat, steps: Int,
        habitSteps: Int, textsPerBatch: Int, optimizer: FirstOrderSettings, sha256: String? = nil
    ) {
        self.name = name
        self.title = title
        self.seed = seed
        self.texts = texts
        self.storage = storage
        self.steps = steps
        self.habitSteps = habitSteps
        self.textsPerBatch = textsPerBatch
        self.optimizer = optimizer
        self.sha256 = sha256
    }
}
