import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

extension ClaimsDocument {
    /// Which cell an entry is about.
    struct CellName: Encodable {
        let model: String
        let data: String
        let plan: String
        let droppedLayers: Int
        let layers: Int

        init(_ result: CellResult) {
            model = result.cell.model.words
            data = result.cell.workload.words
            plan = result.cell.plan.rawValue
            droppedLayers = result.cell.droppedLayerCount
            layers = result.layerCount
        }
    }

    /// A ratio or a time with its interval and, where evaluations are spaced, what the spacing leaves open.
    struct Estimate: Encodable {
        let value: Double
        let interval: Range?
        let lowestForSpacing: Double?
        let highestForSpacing: Double?

        init(_ value: Double, _ interval: Interval?, lowest: Double? = nil, highest: Double? = nil) {
            self.value = value
            self.interval = interval.map(Range.init)
            lowestForSpacing = lowest
            highestForSpacing = highest
        }

        init(stepCounts factor: StepCountFactor) {
            self.init(
                factor.ratio, factor.interval, lowest: factor.lowestForSpacing,
                highest: factor.highestForSpacing)
        }

        init(product: FactorProduct) {
            self.init(
                product.ratio, product.interval, lowest: product.lowestForSpacing,
                highest: product.highestForSpacing)
        }

        init(trainings ratio: TrainingTimeRatio) {
            self.init(ratio.ratio, ratio.interval)
        }
    }

    struct Reach: Encodable {
        let reached: Int
        let seeds: Int
        let interval: Range

        init(_ proportion: BinomialProportion) {
            reached = proportion.successes
            seeds = proportion.trials
            interval = Range(proportion.scoreInterval())
        }
    }

    struct TimeToScore: Encodable {
        let cell: CellName
        let targetScore: Double
        let slack: Double
        let budgetSteps: Int
        let mezo: Reach?
        let lezo: Reach?
        let stepTimeRatio: Estimate?
        let stepCountRatio: Estimate?
        let product: Estimate?
        let reasonWithoutProduct: String?
        let wholeTrainingRatio: Estimate?
        let trialsOverRoundsMezo: Double?
        let trialsOverRoundsLezo: Double?
        let timingModelIsBroken: Bool
        let remarks: [String]

        /// The entry of a comparison.
        ///
        /// A function, not an initializer: with its argument owned, as an initializer's is, the optimizing compiler of
        /// Swift 6.3.1 stops at this body.
        static func entry(_ time: TimeToTarget) -> TimeToScore {
            TimeToScore(
                cell: CellName(time.candidate.representative), targetScore: time.target.value,
                slack: time.target.slack, budgetSteps: time.budget, mezo: time.baselineReach.map(Reach.init),
                lezo: time.candidateReach.map(Reach.init),
                stepTimeRatio: time.stepTime?.measurement.map { Estimate($0.speedup, $0.interval) },
                stepCountRatio: time.stepCountFactor.map(Estimate.init(stepCounts:)),
                product: time.product.map(Estimate.init(product:)),
                reasonWithoutProduct: time.reasonWithoutProduct,
                wholeTrainingRatio: time.trainingTime.map(Estimate.init(trainings:)),
                trialsOverRoundsMezo: time.baselineCheck?.ratio,
                trialsOverRoundsLezo: time.candidateCheck?.ratio,
                timingModelIsBroken: time.isTimingModelBroken,
                remarks: time.stepCountFactor.map { time.remarks(on: $0) } ?? [])
        }
    }

    struct Saving: Encodable {
        let cell: CellName
        let speedup: Estimate?
        let amdahlBound: Estimate?
        let overheadShareMezo: Estimate?
        let savedNanoseconds: Estimate
        let savedNanosecondsPerturbAndUpdate: Estimate
        let savedNanosecondsForward: Estimate

        /// The entry of a saving; a function for the reason of ``TimeToScore/entry(_:)``.
        static func entry(_ saving: SavedTime) -> Saving {
            let speedup = saving.speedup
            let limit = speedup.bindingLimit
            return Saving(
                cell: CellName(speedup.candidate),
                speedup: speedup.measurement.map { Estimate($0.speedup, $0.interval) },
                amdahlBound: limit.map { Estimate($0.bound, $0.interval) },
                overheadShareMezo: speedup.limit.map {
                    Estimate($0.overheadShare.median, $0.overheadShare.interval)
                },
                savedNanoseconds: Estimate(saving.total.estimate, saving.total.interval),
                savedNanosecondsPerturbAndUpdate: Estimate(
                    saving.perturbAndUpdate.estimate, saving.perturbAndUpdate.interval),
                savedNanosecondsForward: Estimate(saving.forward.estimate, saving.forward.interval))
        }
    }
}
