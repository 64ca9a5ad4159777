package import Kernels
package import LanguageModels

/// SGD, Adam and AdamW on the gradient of a batch's loss.
///
/// A step is a pure function of the parameters, the optimizer's state, the settings, the step's number and the gradient:
/// the same bits for any number of threads and any instruction set. Memory beside the parameters: their gradient, and
/// two floats an element for Adam's moments, one for a momentum, none for plain SGD. Where the head alone is tuned, gradient
/// and moments are of its elements alone.
package final class FirstOrderOptimizer {
    /// The rule and its numbers.
    package let settings: FirstOrderSettings
    /// The learning rate of each step.
    package let schedule: LearningRateSchedule
    /// The parameters.
    package let arena: ParameterArena
    /// The gradient of the last step.
    package let gradient: GradientArena
    private let state: OptimizerState
    private let pieces: [UpdatePiece]
    private let team: ThreadTeam

    /// An optimizer of the parameters in `arena`, stored as float32, for `totalSteps` steps.
    ///
    /// - Parameter head: The weight of the model's head, which must be given where it alone is tuned.
    /// - Throws: ``OptimizerError/invalidSetting(name:value:requirement:)``, or `OutOfMemory` for gradient and state.
    package init(
        settings: FirstOrderSettings, totalSteps: Int, arena: ParameterArena, head: Parameter? = nil,
        team: ThreadTeam
    ) throws {
        try settings.validate()
        if settings.tuned == .head, head == nil {
            throw OptimizerError.invalidSetting(
                name: "tuned parameters", value: settings.tuned.name, requirement: "parameters that are given"
            )
        }
        guard arena.format == .float32 else {
            throw LanguageModelError.gradientNeedsFloat32(storage: arena.format)
        }
        self.settings = settings
        self.arena = arena
        self.team = team
        schedule = LearningRateSchedule(
            peak: settings.learningRate, warmupSteps: settings.warmupSteps, totalSteps: totalSteps,
            decay: settings.decay)
        gradient = try GradientArena(of: arena, only: settings.tuned == .head ? head : nil)
        state = try OptimizerState(settings: settings, range: gradient.range)
        let tuned = gradient.parameters.filter { parameter in
            settings.tuned != .decoderLayers || parameter.group != .alwaysTuned
        }
        pieces = UpdatePiece.all(of: tuned)
    }

    /// The bytes of moments or velocities.
    package var stateBytes: Int { state.bytes }

    /// Does one step.
    ///
    /// - Parameters:
    ///   - number: The step's number, from 1.
    ///   - lossGradient: Computes the loss of the step's batch and adds its gradient to what it is given, which is 0.
    /// - Throws: ``NonFiniteGradient``, or what `lossGradient` throws; the parameters are then as they were.
    package func step(
        number: Int, lossGradient: (GradientArena) throws -> LossGradient
    ) throws -> FirstOrderStepRecord {
        let start = MonotonicClock.nanoseconds()
        gradient.clear(team: team)
        let clearEnd = MonotonicClock.nanoseconds()
        let result = try lossGradient(gradient)
        let updateStart = MonotonicClock.nanoseconds()
        let norm = gradientNorm()
        guard result.loss.isFinite, norm.isFinite else {
            throw NonFiniteGradient(step: number, loss: result.loss, gradientNorm: norm)
        }
        let rate = schedule.rate(ofStep: number)
        update(number: number, rate: rate, gradientScale: gradientScale(norm: norm))
        return FirstOrderStepRecord(
            step: number, loss: result.loss, gradientNorm: norm, learningRate: rate,
            forwardNanoseconds: result.forwardNanoseconds,
            backwardNanoseconds: result.backwardNanoseconds + clearEnd - start,
            updateNanoseconds: MonotonicClock.nanoseconds() - updateStart)
    }

    /// The norm of the gradient of all tuned parameters; sums are taken in a fixed order.
    private func gradientNorm() -> Double {
        var sums = [Double](repeating: 0, count: pieces.count)
        sums.withUnsafeMutableBufferPointer { sums in
            team.forEachChunk(of: pieces.count) { index in
                let range = pieces[index].range
                sums[index] = ParameterUpdate.squareSum(
                    gradient.element(range.lowerBound), count: range.count)
            }
        }
        return sums.reduce(0, +).squareRoot()
    }

    /// The factor that clips the gradient, as torch computes it.
    private func gradientScale(norm: Double) -> Float {
        guard let largest = settings.maximumGradientNorm else { return 1 }
        return Float(min(1, largest / (norm + 1e-6)))
    }

    private func update(number: Int, rate: Double, gradientScale: Float) {
        team.forEachChunk(of: pieces.count) { index in
            let piece = pieces[index]
            let decay = piece.decays ? settings.weightDecay : 0
            switch settings.rule {
            case .sgd:
                state.descend(
                    piece.range, of: arena, gradient: gradient, rate: rate, penalty: decay,
                    gradientScale: gradientScale, isFirst: number == 1)
            case .adam:
                state.adam(
                    piece.range, of: arena, gradient: gradient, number: number, rate: rate,
                    decay: .init(penalty: Float(decay)), gradientScale: gradientScale)
            case .adamW:
                state.adam(
                    piece.range, of: arena, gradient: gradient, number: number, rate: rate,
                    decay: .init(shrinking: Float(1 - rate * decay)), gradientScale: gradientScale)
            }
        }
    }
}

/// A run of elements of one parameter that one thread updates.
struct UpdatePiece: Sendable, Hashable {
    private static let elements = 1 << 16

    let range: Range<Int>
    /// Whether weight decay acts on it.
    let decays: Bool

    /// The pieces of parameters, in their order.
    static func all(of parameters: [Parameter]) -> [UpdatePiece] {
        parameters.flatMap { parameter in
            stride(from: parameter.range.lowerBound, to: parameter.range.upperBound, by: elements).map {
                UpdatePiece(
                    range: $0..<min($0 + elements, parameter.range.upperBound),
                    decays: parameter.shape.count > 1)
            }
        }
    }
}
