package import Tasks

/// Evaluation of the untouched model after demonstrations, with calibration, or both.
///
/// With neither it would be ``Method/zeroShot``, which stands for that case.
package struct InContextSettings: Sendable, Hashable, Codable {
    /// Demonstrations before each test example, from 0; 32 in the papers.
    package let demonstrationCount: Int
    /// How they are drawn; means nothing, and is one and the same, without any.
    package let demonstrationDraw: DemonstrationDraw
    /// Whether options are compared by the sum of their log-probabilities in context minus that without context.
    ///
    /// Otherwise it is the mean in context. Means nothing where the answer is generated.
    package let calibrates: Bool

    /// Settings from all their values.
    package init(
        demonstrationCount: Int, calibrates: Bool, demonstrationDraw: DemonstrationDraw = .perExample
    ) {
        self.demonstrationCount = demonstrationCount
        self.calibrates = calibrates
        self.demonstrationDraw = demonstrationCount > 0 ? demonstrationDraw : .perExample
    }

    /// The method in a few words: `in-context (32)`, or `zero-shot, calibrated` without demonstrations.
    ///
    /// A fixed set of demonstrations is named, for it is not what the published script does.
    package var words: String {
        var words = [demonstrationCount == 0 ? "zero-shot" : "in-context (\(demonstrationCount))"]
        if demonstrationCount > 0, demonstrationDraw == .fixedSet { words.append("fixed set") }
        if calibrates { words.append("calibrated") }
        return words.joined(separator: ", ")
    }
}
