import Training

/// A short file may stand for any number of trials; those of a suite are all held in memory.
extension SuiteReader {
    /// The most trials of a suite: more than any machine finishes, and a few gigabytes of them.
    static let maximumTrials = 1_000_000

    /// Refuses a matrix of more points than ``maximumTrials``, before it is multiplied out.
    ///
    /// Points that turn out to be the same trial, as those of different roundings in float32, are counted each.
    func checkSize(
        _ document: SuiteDocument, _ matrix: [String: SuiteNode], root: SuiteNode
    ) throws(SuiteError) {
        var total: Int? = 0
        for entry in document.work {
            // Shapes have no seeds of their own.
            let dataSeeds = entry.workload.taskName == nil ? 1 : document.dataSeeds.count
            let noiseSeeds = entry.workload.taskName == nil ? 1 : document.noiseSeeds.count
            let plans = (entry.plans ?? document.plans).count
            for method in document.methods(of: entry) {
                let points = Self.product(
                    method.axisLengths(plans: plans) + [
                        document.models.count, dataSeeds, method.takesSteps ? noiseSeeds : 1,
                    ])
                total = Self.sum(total, points)
            }
        }
        try (matrix["methods"] ?? root).checkTrials(total)
    }

    /// The product of the lengths of lists; nil when it does not fit an `Int`.
    static func product(_ lengths: [Int]) -> Int? {
        var product = 1
        for length in lengths {
            let (next, overflows) = product.multipliedReportingOverflow(by: length)
            guard !overflows else { return nil }
            product = next
        }
        return product
    }

    private static func sum(_ first: Int?, _ second: Int?) -> Int? {
        guard let first, let second else { return nil }
        let (sum, overflows) = first.addingReportingOverflow(second)
        return overflows ? nil : sum
    }
}

extension SuiteNode {
    /// Refuses lists here that multiply to more than ``SuiteReader/maximumTrials``; nil is more than an `Int` holds.
    func checkTrials(_ count: Int?) throws(SuiteError) {
        let most = SuiteReader.maximumTrials
        let isAllowed = count.map { $0 <= most } ?? false
        guard isAllowed else {
            throw error(
                "the lists of '\(name)' multiply to \(count.map { "\($0)" } ?? "more than \(Int.max)") trials, "
                    + "but a suite may have \(most)",
                advice: "shorten the lists, or make several suites of it")
        }
    }
}

extension SuiteDocument.MethodAxes {
    /// The lengths of its axes, plans among them where they make trials of their own.
    fileprivate func axisLengths(plans: Int) -> [Int] {
        switch self {
        case .context(let axes): [axes.methods.count]
        case .linearProbe: [1]
        case .firstOrder(let axes): [axes.settings.count]
        case .zerothOrder(let axes):
            [
                axes.layers.count, axes.learningRates.count, axes.perturbationScales.count,
                axes.noises.count, axes.tuned.count, axes.roundings.count, axes.objectives.count, plans,
            ]
        }
    }
}
