package import Kernels
package import Optimizers

/// Which examples an evaluation used.
package enum EvaluationSplit: String, Sendable, Hashable, Codable {
    case dev
    case test
}

/// What the model answered on one example.
package struct Prediction: Sendable, Hashable, Codable {
    /// The example's identity in its archive, such as `val:17`.
    package var exampleID: String
    /// The index of the chosen option, or nil for generation.
    package var chosenOption: Int?
    /// The index of the right option, the one trained on where several are right, or nil for generation.
    package var goldOption: Int?
    /// The indices of all options that count as right, ``goldOption`` first; empty for generation.
    package var goldOptions: [Int]
    /// The score of each option, or empty for generation: its mean log-probability, or calibrated the sum in context
    /// minus the sum without.
    package var optionScores: [Float]
    /// The generated text, or nil for options.
    package var text: String?
    /// 1 or 0 for a right or wrong choice; the F1 of generated text, in 0...1.
    package var score: Double
    /// 1 when generated text is an accepted answer, else 0; nil for options, and where it was not recorded.
    package var exactMatch: Double?

    /// A prediction from all its values.
    ///
    /// - Parameter goldOptions: nil where one option alone is right.
    package init(
        exampleID: String, chosenOption: Int?, goldOption: Int?, goldOptions: [Int]? = nil,
        optionScores: [Float], text: String?, score: Double, exactMatch: Double? = nil
    ) {
        self.exampleID = exampleID
        self.chosenOption = chosenOption
        self.goldOption = goldOption
        self.goldOptions = goldOptions ?? goldOption.map { [$0] } ?? []
        self.optionScores = optionScores
        self.text = text
        self.score = score
        self.exactMatch = exactMatch
    }
}

/// One evaluation of the parameters as they stood after `step` steps.
package struct EvaluationRecord: Sendable, Hashable, Codable {
    /// Steps done before, 0 for the untouched model.
    package var step: Int
    /// The examples used.
    package var split: EvaluationSplit
    /// The mean over the examples of the loss from log-probabilities, whatever steps make smaller.
    package var loss: Double
    /// `accuracy` or `f1`.
    package var metric: String
    /// The mean score, in 0...1.
    package var value: Double
    /// The share of generated answers that are accepted ones; nil for options, and where it was not recorded.
    package var exactMatch: Double?
    /// How long it took; never part of training time.
    package var nanoseconds: Int64
    /// One row an example, in the order drawn.
    package var predictions: [Prediction]

    /// A record from all its values.
    package init(
        step: Int, split: EvaluationSplit, loss: Double, metric: String, value: Double,
        exactMatch: Double? = nil, nanoseconds: Int64, predictions: [Prediction]
    ) {
        self.step = step
        self.split = split
        self.loss = loss
        self.metric = metric
        self.value = value
        self.exactMatch = exactMatch
        self.nanoseconds = nanoseconds
        self.predictions = predictions
    }
}

/// Why a trial ended without a result.
package struct TrialFailure: Sendable, Hashable, Codable {
    /// A kind of failure; the raw values are stored.
    package enum Reason: String, Sendable, Hashable, Codable {
        /// A loss was not finite.
        case diverged
        /// An input was missing or malformed.
        case input
        /// The archive at hand lacks a split that the trial needs, so it was never begun.
        case unavailable
        /// The system refused memory.
        case outOfMemory
        /// The child process ended by a signal.
        case killed
        /// The child process ended otherwise without a result.
        case crashed
    }

    /// The kind.
    package var reason: Reason
    /// The step under way, if any.
    package var step: Int?
    /// One sentence for a person.
    package var message: String

    /// A failure from all its values.
    package init(reason: Reason, step: Int?, message: String) {
        self.reason = reason
        self.step = step
        self.message = message
    }
}

/// What a drawn data set holds, and how it differs from what was asked.
package struct DataSummary: Sendable, Hashable, Codable {
    /// Examples drawn for training.
    package var trainExamples: Int
    /// Examples drawn for choosing the checkpoint.
    package var devExamples: Int
    /// Examples drawn for the reported figure.
    package var testExamples: Int
    /// Sentences for the report, such as that a split is a subset or that fewer examples exist than asked.
    package var notes: [String]
    /// The token that every text begins with; nil for none, and where it was not recorded.
    package var firstToken: Int32?

    /// A summary from all its values.
    package init(
        trainExamples: Int, devExamples: Int, testExamples: Int, notes: [String], firstToken: Int32? = nil
    ) {
        self.trainExamples = trainExamples
        self.devExamples = devExamples
        self.testExamples = testExamples
        self.notes = notes
        self.firstToken = firstToken
    }
}

/// What a child process ends with when it did all that was asked.
package struct TrialSummary: Sendable, Hashable, Codable {
    /// Steps done.
    package var steps: Int
    /// The step whose parameters were tested.
    package var bestStep: Int
    /// SHA-256 of the parameters after the last step.
    package var weightsDigest: String
    /// Peak resident memory of the child.
    package var peakResidentBytes: Int64
    /// What the child's buffers were used for when they were largest; nil where it was not recorded.
    package var memory: MemoryUse?
    /// What the timed steps of a round did, warm-up left out; nil for trials, which may be done in several sittings.
    package var timedWork: CountedWork?

    /// A summary from all its values.
    package init(
        steps: Int, bestStep: Int, weightsDigest: String, peakResidentBytes: Int64, memory: MemoryUse? = nil,
        timedWork: CountedWork? = nil
    ) {
        self.steps = steps
        self.bestStep = bestStep
        self.weightsDigest = weightsDigest
        self.peakResidentBytes = peakResidentBytes
        self.memory = memory
        self.timedWork = timedWork
    }
}

/// What decides a child's speed and bits beside its job; the parent checks it against what it recorded.
package struct RuntimeFacts: Sendable, Hashable, Codable {
    /// The core type whose kernels BLAS uses in this process.
    package var blasCoreType: String
    /// The instruction set of our own kernels in this process.
    package var kernelInstructionSet: String

    /// Facts from their values.
    package init(blasCoreType: String, kernelInstructionSet: String) {
        self.blasCoreType = blasCoreType
        self.kernelInstructionSet = kernelInstructionSet
    }
}

/// One line that a child process writes to its parent.
package enum TrialEvent: Sendable, Hashable, Codable {
    /// The child runs; always its first word.
    case started(RuntimeFacts)
    /// The model and data are ready.
    case ready(DataSummary)
    /// One step is done.
    case step(StepRecord)
    /// One step of fine-tuning by gradients is done.
    case firstOrderStep(FirstOrderStepRecord)
    /// One evaluation is done.
    case evaluation(EvaluationRecord)
    /// The drift of one perturb-and-restore, measured after the last step.
    case drift(RestoreDrift)
    /// What 16-bit storage kept of the updates; sent once, after the last step, and only with such storage.
    case updateLoss(UpdateLoss)
    /// The parameters of a finished trial stand again as they did after one of its steps.
    case rebuilt(RebuiltWeights)
    /// All is done.
    case finished(TrialSummary)
    /// Stopped on request after a whole step; a later run goes on from there.
    case interrupted(step: Int)
    /// Ended without a result.
    case failed(TrialFailure)
}
