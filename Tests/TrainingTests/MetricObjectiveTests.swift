import Kernels
import LanguageModels
import Optimizers
import RandomStreams
import Tasks
import Testing
import Tokenization
import Training

/// Steps on the task's metric itself, against the metric computed by hand at both sides of the perturbation.
@Suite("Metric as objective")
struct MetricObjectiveTests {
    private static let scale = 0.05

    private func optimizer(_ world: TinyWorld, plan: ExecutionPlan) throws -> ZerothOrderOptimizer {
        try ZerothOrderOptimizer(
            settings: ZerothOrderSettings(
                learningRate: 0, perturbationScale: Self.scale, droppedLayerCount: 1),
            plan: plan, arena: world.model.parameters, noiseSeed: 11, team: ThreadTeam(threadCount: 1))
    }

    /// What `body` gives at one side of a recorded step: at θ + ε z, or at θ - ε z for a sign of -1.
    private func atSide<Value>(
        _ sign: Float, of record: StepRecord, _ world: TinyWorld, body: () throws -> Value
    ) throws -> Value {
        let start = world.parameters
        defer { world.parameters = start }
        let stream = NoiseStream(seed: record.seed, distribution: .gaussian)
        let ranges = world.model.parameters.activeRanges(droppedLayers: Set(record.droppedLayers))
        var moved = start
        for index in ranges.joined() {
            moved[index] = start[index] + sign * Float(Self.scale) * stream.value(at: UInt64(index))
        }
        world.parameters = moved
        return try body()
    }

    /// `metric` of the batch at both sides of a recorded step.
    private func bothSides(
        _ record: StepRecord, _ world: TinyWorld, metric: () throws -> Double
    ) throws -> (plus: Double, minus: Double) {
        (try atSide(1, of: record, world, body: metric), try atSide(-1, of: record, world, body: metric))
    }

    private func check(_ record: StepRecord, _ sides: (plus: Double, minus: Double)) {
        #expect(record.lossPlus == Float(-sides.plus))
        #expect(record.lossMinus == Float(-sides.minus))
        let difference = (sides.minus - sides.plus) / (2 * Self.scale)
        #expect(abs(Double(record.projectedGradient) - difference) < 1e-4)
    }

    @Test(
        "a step's projected gradient is the finite difference of minus the accuracy, on both plans",
        arguments: ["sst2", "copa"], ExecutionPlan.allCases)
    func accuracy(task: String, plan: ExecutionPlan) throws {
        let world = try task == "sst2" ? TinyWorld.sst2(examples: 24) : TinyWorld.copa(examples: 24)
        let losses = StepLoss(data: world.data, batchSize: 8, noiseSeed: 4, objective: .metric)
        let order = BatchOrder(exampleCount: world.data.train.count, batchSize: 8, noiseSeed: 4)
        let optimizer = try optimizer(world, plan: plan)
        var differing = 0
        for step in 1...12 {
            let batch = order.indices(ofStep: step).map { world.data.train[$0] }
            let start = world.parameters
            let record = try optimizer.step(
                number: step, losses: losses.losses(step: step, model: world.model))
            world.parameters = start
            let sides = try bothSides(record, world) {
                // One option at a time, means taken and compared here.
                let right = try batch.filter { example in
                    let means = try example.options.map { option in
                        let scores = try world.model.scoredLogProbabilities(
                            [ScoredSequence(tokens: option.tokens, scoredCount: option.optionTokenCount)],
                            layout: .reference)[0]
                        return scores.reduce(0, +) / Float(scores.count)
                    }
                    return means.firstIndex(of: means.max() ?? 0) == example.goldIndex
                }
                return Double(right.count) / Double(batch.count)
            }
            check(record, sides)
            if sides.plus != sides.minus { differing += 1 }
        }
        #expect(differing >= 4)
    }

    @Test("a step on F1 generates in both probes, from the training texts without their answers")
    func generation() throws {
        // Half the answers are those that the model gives on the first step's plus side, so that some are right there.
        var answers = [String](repeating: "x", count: 10)
        let asked = try TinyWorld.squad(answers: answers)
        let order = BatchOrder(exampleCount: asked.data.train.count, batchSize: 5, noiseSeed: 4)
        let first = try optimizer(asked, plan: .reference).step(
            number: 1,
            losses: StepLoss(data: asked.data, batchSize: 5, noiseSeed: 4, objective: .metric)
                .losses(step: 1, model: asked.model))
        try atSide(1, of: first, asked) {
            for example in order.indices(ofStep: 1).map({ asked.data.train[$0] }) {
                let text = try generatedText(of: example, asked)
                if !text.isEmpty, position(example) < answers.count { answers[position(example)] = text }
            }
        }
        let world = try TinyWorld.squad(answers: answers)
        #expect(world.data.train.map(\.promptTokens) == asked.data.train.map(\.promptTokens))

        let losses = StepLoss(data: world.data, batchSize: 5, noiseSeed: 4, objective: .metric)
        let optimizer = try optimizer(world, plan: .reference)
        var scores: Set<Double> = []
        for step in 1...6 {
            let start = world.parameters
            let record = try optimizer.step(
                number: step, losses: losses.losses(step: step, model: world.model))
            world.parameters = start
            let batch = order.indices(ofStep: step).map { world.data.train[$0] }
            let sides = try bothSides(record, world) {
                let values = try batch.map { example in
                    AnswerScore.f1(
                        prediction: try generatedText(of: example, world), goldAnswers: example.goldAnswers)
                }
                return values.reduce(0, +) / Double(values.count)
            }
            check(record, sides)
            scores.formUnion([sides.plus, sides.minus])
        }
        #expect(scores.count > 1)
    }

    private func position(_ example: EncodedExample) -> Int {
        Int(example.id.split(separator: ":").last ?? "") ?? -1
    }

    private func generatedText(of example: EncodedExample, _ world: TinyWorld) throws -> String {
        let option = example.options[0]
        let tokens = try world.model.generate(
            prompts: [Array(option.tokens.dropLast(option.optionTokenCount))], maximumNewTokens: 50,
            stopTokens: [Int32(UInt8(ascii: "\n")), 256])[0]
        return world.data.tokenizer.decode(tokens, skippingSpecialTokens: true).withoutGaps
            .strippedOfWhiteSpace
    }

    @Test("on the fused plan there is nothing to generate with, and the error says what to do")
    func fused() throws {
        let world = try TinyWorld.squad(answers: ["1", "2", "3"])
        let losses = StepLoss(data: world.data, batchSize: 2, noiseSeed: 4, objective: .metric)
        let optimizer = try optimizer(world, plan: .fused)
        let start = world.parameters
        let error = #expect(throws: TrainingError.self) {
            try optimizer.step(number: 1, losses: losses.losses(step: 1, model: world.model))
        }
        #expect(error?.description.contains("reference plan") == true)
        #expect(world.parameters == start)
    }
}
