/// What steps make smaller; the raw values are stored.
package enum TrainingObjective: String, Sendable, Hashable, Codable, CaseIterable {
    /// The task's loss from log-probabilities.
    case logLikelihood = "log-likelihood"
    /// Minus the task's metric, which has no gradient: accuracy over options, or the F1 of generated answers.
    ///
    /// Source: Malladi et al. (2023), section 3.3, and `zo_forward_nondiff` in `trainer.py` of MeZO's large-model code.
    case metric
}
