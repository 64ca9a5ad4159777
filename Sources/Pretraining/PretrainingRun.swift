import Digests
package import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Sandbox
package import Suites
import Tokenization
import Training

/// Pretrains the sandbox's model on the sandbox's texts, from random weights, by next-token prediction.
///
/// The same plan gives the same weights bit for bit on machines with the same core type, whatever the number of threads.
package struct PretrainingRun {
    /// What a run tells while it goes on.
    package struct Progress: Sendable, Hashable {
        /// Steps done.
        package var step: Int
        /// The mean loss of the steps since the last report, in nats a token.
        package var loss: Double
        /// Tokens predicted since the beginning.
        package var tokenCount: Int
    }

    /// What a run ends with.
    package struct Outcome: Sendable, Hashable {
        /// The mean loss over texts that are not trained on, with the weights as they are stored.
        package var heldOutLoss: Double
        /// The same before the first step.
        package var firstLoss: Double
        /// Tokens predicted in training.
        package var tokenCount: Int
        /// SHA-256 of the file written.
        package var fileSHA256: String
    }

    /// Steps between two reports.
    private static let reportEvery = 50
    /// Texts that are not trained on and tell how well the model predicts.
    private static let heldOutTexts = 256

    private let plan: PretrainingPlan
    private let team: ThreadTeam

    /// A run of a plan.
    package init(plan: PretrainingPlan, team: ThreadTeam) {
        self.plan = plan
        self.team = team
    }

    /// Trains and writes the weights.
    ///
    /// - Parameters:
    ///   - path: The safetensors file to write, in the plan's storage.
    ///   - workFolder: An empty folder for the untrained sandbox.
    ///   - report: Called now and then.
    package func run(
        writingTo path: String, workFolder: String, report: (Progress) -> Void
    ) throws -> Outcome {
        let sandbox = try Sandbox.make(in: workFolder, seed: plan.seed, weights: .untrained)
        let bench = try Workbench(
            reference: ModelReference(name: Sandbox.modelName, weights: .file),
            modelPath: sandbox.modelFolder, team: team)
        var texts = try stream(bench)
        let optimizer = try FirstOrderOptimizer(
            settings: plan.optimizer, totalSteps: plan.steps, arena: bench.model.parameters, team: team)
        // Texts are drawn in one order: first those that are held out.
        let heldOut = texts.next(Self.heldOutTexts)
        let firstLoss = try meanLoss(heldOut, model: bench.model)
        var tokenCount = 0
        var losses: [Double] = []
        texts.corpus.mixture = plan.texts.exact
        for step in 1...plan.steps {
            if step > plan.steps - plan.habitSteps { texts.corpus.mixture = plan.texts }
            let batch = texts.next(plan.textsPerBatch)
            let record = try optimizer.step(number: step) { gradient in
                try bench.model.lossGradient(
                    batch, retention: plan.optimizer.retention, into: gradient,
                    loss: ScoredLoss.meanNegativeLogLikelihood)
            }
            tokenCount += batch.reduce(0) { $0 + $1.scoredCount }
            losses.append(Double(record.loss))
            if step % Self.reportEvery == 0 || step == plan.steps {
                report(
                    Progress(
                        step: step, loss: losses.reduce(0, +) / Double(losses.count), tokenCount: tokenCount))
                losses = []
            }
        }
        if let half = plan.storage.half { bench.model.parameters.round(to: half) }
        try SafetensorsWriter.write(
            ArenaWeights(bench.model.parameters), to: path,
            metadata: ["origin": "lezobench sandbox pretrain, plan \(plan.name), seed \(plan.seed)"],
            half: plan.storage.half)
        return Outcome(
            heldOutLoss: try meanLoss(heldOut, model: bench.model), firstLoss: firstLoss,
            tokenCount: tokenCount, fileSHA256: try SHA256Digest.hex(ofFile: path))
    }

    private func stream(_ bench: Workbench) throws -> TextStream {
        guard let vocabulary = bench.vocabulary, let endToken = vocabulary.endOfTextToken else {
            throw TrainingError.missingVocabulary(model: Sandbox.modelName, path: "the sandbox")
        }
        return TextStream(
            seed: plan.seed, mixture: plan.texts, tokenizer: try Tokenizer(vocabulary), endToken: endToken,
            maximumTokens: bench.model.configuration.maximumPositions)
    }

    /// The mean over all tokens, some texts at a time.
    private func meanLoss(_ texts: [ScoredSequence], model: any CausalLanguageModel) throws -> Double {
        var total = 0.0
        for start in stride(from: 0, to: texts.count, by: 32) {
            let scores = try model.scoredLogProbabilities(
                Array(texts[start..<min(start + 32, texts.count)]), layout: .packed)
            total += scores.joined().reduce(0) { $0 - Double($1) }
        }
        return total / Double(texts.reduce(0) { $0 + $1.scoredCount })
    }
}
