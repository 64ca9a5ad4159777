/// The learning rate of each step, as the usual trainers schedule it: a warm-up from 0, then a decay.
package struct LearningRateSchedule: Sendable, Hashable {
    /// The rate between warm-up and decay.
    package let peak: Double
    /// Steps of the warm-up.
    package let warmupSteps: Int
    /// All steps, warm-up included.
    package let totalSteps: Int
    /// What follows the warm-up.
    package let decay: LearningRateDecay

    /// A schedule from all its values.
    package init(peak: Double, warmupSteps: Int, totalSteps: Int, decay: LearningRateDecay) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
        self.decay = decay
    }

    /// The rate of step `step`, counted from 1: with a warm-up the first step's is 0.
    package func rate(ofStep step: Int) -> Double {
        let done = step - 1
        if done < warmupSteps { return peak * Double(done) / Double(warmupSteps) }
        switch decay {
        case .constant: return peak
        case .linear:
            let left = Double(max(0, totalSteps - done))
            return peak * left / Double(max(1, totalSteps - warmupSteps))
        }
    }
}
