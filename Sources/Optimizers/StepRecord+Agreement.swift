extension StepRecord {
    /// Whether two records say the same of the mathematics, to the bit; their times may differ.
    package func hasSameNumbers(as other: StepRecord) -> Bool {
        step == other.step && seed == other.seed && droppedLayers == other.droppedLayers
            && lossPlus.bitPattern == other.lossPlus.bitPattern
            && lossMinus.bitPattern == other.lossMinus.bitPattern
            && projectedGradient.bitPattern == other.projectedGradient.bitPattern
    }
}
