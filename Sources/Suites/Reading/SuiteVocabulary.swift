/// The names that a suite may use, and how many decoder layers each model has.
///
/// It is given to the reader instead of being looked up by it, so that tests can name their own models.
package struct SuiteVocabulary: Sendable {
    /// Names of the models, in the order in which messages list them.
    package var modelNames: [String]
    /// Decoder layers of a model, nil when the name is not known.
    package var layerCount: @Sendable (_ modelName: String) -> Int?
    /// Names of the tasks.
    package var taskNames: [String]
    /// Those of them whose answers are generated.
    package var generationTasks: Set<String>
    /// Those with one fixed set of answers, which a linear probe can tell apart.
    package var classificationTasks: Set<String>
    /// Those whose texts carry titles in their archive, with the name of the same task with its titles kept.
    package var titledTasks: [String: String]
    /// Identifiers in the claims ledger; nil leaves them unchecked.
    package var claimNames: [String]?

    /// A vocabulary from all its parts.
    package init(
        modelNames: [String], layerCount: @escaping @Sendable (_ modelName: String) -> Int?,
        taskNames: [String], generationTasks: Set<String> = [],
        classificationTasks: Set<String> = [], titledTasks: [String: String] = [:],
        claimNames: [String]? = nil
    ) {
        self.modelNames = modelNames
        self.layerCount = layerCount
        self.taskNames = taskNames
        self.generationTasks = generationTasks
        self.classificationTasks = classificationTasks
        self.titledTasks = titledTasks
        self.claimNames = claimNames
    }
}
