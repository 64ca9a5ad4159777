package import Tokenization

/// A trial cannot be carried out as asked.
package enum TrainingError: Error, CustomStringConvertible {
    /// No task of that name.
    case unknownTask(name: String, known: [String])
    /// A model without vocabulary was asked to read text.
    case missingVocabulary(model: String, path: String)
    /// A vocabulary whose parts do not fit together.
    case unusableVocabulary(model: String, path: String, reason: TokenizerError)
    /// A file was needed and no path was given.
    case missingPath(what: String)
    /// No official shape of that name.
    case unknownModel(name: String, known: [String])
    /// The split holds no example to train or evaluate on; the shortage says why, where it is known.
    case emptySplit(task: String, split: String, shortage: SplitShortage? = nil)
    /// A method that takes steps was given no examples of a split that it needs.
    case nothingAskedFor(task: String, split: String)
    /// An example's option has no token of its own.
    case unscorableExample(id: String, option: Int)
    /// A timing round was asked of a method without steps.
    case nothingToTime
    /// Steps by gradients were asked to make the metric larger.
    case objectiveWithoutGradient
    /// A probe was asked of a task without classes.
    case nothingToProbe(task: String)
    /// No class has an example in each fold, or there is one class only.
    case tooFewToProbe(task: String, examples: Int, needed: Int)
    /// The F1 of generated answers was to be optimised without parameters that hold the perturbation.
    case generationOnFusedPlan(task: String)
    /// The steps of a trial are to be done again from records that do not say what they did.
    case notReplayable
    /// Committed steps do not continue one another.
    case brokenProgress(expectedStep: Int, foundStep: Int)

    package var description: String {
        switch self {
        case .unknownTask(let name, let known):
            "no task is named '\(name)'; known tasks: \(known.joined(separator: ", "))"
        case .missingVocabulary(let model, let path):
            "model '\(model)' at \(path) has no vocabulary (vocab.json with merges.txt, or a GGUF's own), "
                + "which a task needs to read text; put the vocabulary beside the weights"
        case .unusableVocabulary(let model, let path, let reason):
            "model '\(model)' at \(path): \(reason)"
        case .missingPath(let what):
            "no path was given for \(what); name its folder with --data or --models"
        case .unknownModel(let name, let known):
            "no official shape is known for model '\(name)'; known: \(known.joined(separator: ", "))"
        case .emptySplit(let task, let split, let shortage?):
            "task '\(task)' has no \(split) example left after drawing: \(shortage)"
        case .emptySplit(let task, let split, nil):
            "task '\(task)' has no \(split) example left after drawing; ask for fewer examples of the other split"
        case .nothingAskedFor(let task, let split):
            "no \(split) example of task '\(task)' was asked for, and a method that takes steps needs at least one; ask for "
                + "more"
        case .unscorableExample(let id, let option):
            "example \(id): option \(option) has no token of its own beside the prompt, so it cannot be scored"
        case .nothingToTime:
            "a method without training has no steps to time; leave it out of the timing block"
        case .objectiveWithoutGradient:
            "the metric jumps where an answer changes and is flat elsewhere, so it has no gradient to fine-tune by; "
                + "fine-tune on log-likelihood, or optimise the metric with mezo or lezo"
        case .nothingToProbe(let task):
            "task '\(task)' has no fixed set of answers, so there are no classes for a linear probe to tell apart; leave "
                + "it out of linear probing"
        case .tooFewToProbe(let task, let examples, let needed):
            "the \(examples) training examples of task '\(task)' are too few for a linear probe: it needs two classes, one "
                + "of them with at least \(needed) examples; ask for more training examples"
        case .generationOnFusedPlan(let task):
            "task '\(task)' is scored by generated answers, and the fused plan stores no perturbed parameters to "
                + "generate with; optimise its metric on the reference plan, or its log-likelihood on either"
        case .notReplayable:
            "the steps of this method cannot be done again from what is recorded of them; train it again instead"
        case .brokenProgress(let expectedStep, let foundStep):
            "the recorded steps do not continue one another: expected step \(expectedStep), found \(foundStep); "
                + "the database was changed by something else"
        }
    }
}
