import Glibc
import Kernels
import LanguageModels

/// What a first-order optimizer remembers from step to step: moments or velocities, one for each element.
final class OptimizerState {
    private let settings: FirstOrderSettings
    /// The elements of the parameters' arena that it is of.
    private let range: Range<Int>
    private let buffers: [AlignedBuffer<Float>]

    /// Zeros for a range of elements.
    init(settings: FirstOrderSettings, range: Range<Int>) throws(OutOfMemory) {
        self.settings = settings
        self.range = range
        var buffers: [AlignedBuffer<Float>] = []
        for _ in 0..<settings.stateFloatsPerParameter {
            buffers.append(try AlignedBuffer(count: range.count, purpose: .optimizerState))
        }
        self.buffers = buffers
    }

    /// The bytes of all of it.
    var bytes: Int { buffers.reduce(0) { $0 + $1.count } * MemoryLayout<Float>.stride }

    /// One step of descent on some elements, on the calling thread.
    func descend(
        _ range: Range<Int>, of arena: ParameterArena, gradient: GradientArena, rate: Double, penalty: Double,
        gradientScale: Float, isFirst: Bool
    ) {
        ParameterUpdate.descent(
            rate: Float(rate), momentum: Float(settings.momentum), penalty: Float(penalty),
            gradientScale: gradientScale, gradient: gradient.element(range.lowerBound),
            velocity: buffers.first.map { element(range.lowerBound, of: $0) }, isFirst: isFirst,
            parameters: arena.base + range.lowerBound, count: range.count)
    }

    /// One step of Adam on some elements, on the calling thread; corrections are worked out in double precision.
    func adam(
        _ range: Range<Int>, of arena: ParameterArena, gradient: GradientArena, number: Int, rate: Double,
        decay: ParameterUpdate.Decay, gradientScale: Float
    ) {
        let correction = 1 - pow(settings.firstMomentDecay, Double(number))
        let step = ParameterUpdate.AdamStep(
            firstDecay: settings.firstMomentDecay, secondDecay: settings.secondMomentDecay,
            epsilon: Float(settings.epsilon), stepSize: Float(rate / correction),
            rootCorrection: Float((1 - pow(settings.secondMomentDecay, Double(number))).squareRoot()))
        ParameterUpdate.adam(
            step, decay: decay, gradientScale: gradientScale, gradient: gradient.element(range.lowerBound),
            firstMoment: element(range.lowerBound, of: buffers[0]),
            secondMoment: element(range.lowerBound, of: buffers[1]),
            parameters: arena.base + range.lowerBound, count: range.count)
    }

    private func element(_ index: Int, of buffer: AlignedBuffer<Float>) -> UnsafeMutablePointer<Float> {
        buffer.base + (index - range.lowerBound)
    }
}
