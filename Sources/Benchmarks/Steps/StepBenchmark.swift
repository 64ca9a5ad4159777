package import Kernels
import LanguageModels
import ModelFiles
package import Optimizers
package import Training

/// Times steps of MeZO and LeZO on both plans, interleaved, in this process.
package struct StepBenchmark {
    /// What is timed: every combination of the lists.
    package struct Settings: Sendable, Hashable {
        /// Workloads.
        package var works: [StepWork]
        /// Shares of decoder layers that steps leave out, rounded to whole layers.
        package var sparsities: [Double]
        /// Plans.
        package var plans: [ExecutionPlan]
        /// Timed steps of each combination in a round.
        package var stepCount: Int
        /// Rounds, each beginning with another combination; an interval needs at least 6.
        package var roundCount: Int

        /// Settings from all their values.
        package init(
            works: [StepWork], sparsities: [Double], plans: [ExecutionPlan], stepCount: Int, roundCount: Int
        ) {
            self.works = works
            self.sparsities = sparsities
            self.plans = plans
            self.stepCount = stepCount
            self.roundCount = roundCount
        }
    }

    /// η and ε, MeZO's for OPT; they cost no time.
    package static let (learningRate, perturbationScale) = (1e-6, 1e-3)
    /// The seed of noise, layer draws and random tokens.
    package static let noiseSeed: UInt64 = 1
    /// Untimed steps before the timed ones of a round.
    private static let warmupCount = 1

    /// The model, its parameters put back before each combination of each round.
    package let bench: Workbench
    /// What is timed.
    package let settings: Settings
    /// Threads to use.
    package let team: ThreadTeam

    /// A benchmark from its parts.
    package init(bench: Workbench, settings: Settings, team: ThreadTeam) {
        self.bench = bench
        self.settings = settings
        self.team = team
    }

    /// The combinations, work by work.
    private var combinations: [[(work: StepWork, setting: StepCell.Setting)]] {
        let layerCount = bench.model.configuration.layerCount
        return settings.works.map { work in
            settings.plans.flatMap { plan in
                settings.sparsities.map { sparsity in
                    (
                        work,
                        StepCell.Setting(
                            work: work.label, plan: plan,
                            droppedLayerCount: Int((sparsity * Double(layerCount)).rounded()),
                            layerCount: layerCount)
                    )
                }
            }
        }
    }

    /// Times everything.
    ///
    /// - Parameter progress: Told the number of rounds done after each one.
    /// - Throws: `Diverged` or a model's error, each naming what is wrong.
    package func run(progress: (_ roundsDone: Int) -> Void) throws -> [StepCell] {
        let combinations = combinations
        var rounds = combinations.map { [[StepCell.Round]](repeating: [], count: $0.count) }
        for round in 0..<settings.roundCount {
            for workOffset in combinations.indices {
                let work = (round + workOffset) % combinations.count
                for offset in combinations[work].indices {
                    let index = (round + offset) % combinations[work].count
                    rounds[work][index].append(try time(combinations[work][index]))
                }
            }
            progress(round + 1)
        }
        return zip(combinations, rounds).flatMap { combinations, rounds in
            zip(combinations, rounds).map { StepCell(setting: $0.setting, rounds: $1) }
        }
    }

    private func time(_ combination: (work: StepWork, setting: StepCell.Setting)) throws -> StepCell.Round {
        try bench.reset(team: team)
        let optimizer = try ZerothOrderOptimizer(
            settings: ZerothOrderSettings(
                learningRate: Self.learningRate, perturbationScale: Self.perturbationScale,
                droppedLayerCount: combination.setting.droppedLayerCount),
            plan: combination.setting.plan, arena: bench.model.parameters, noiseSeed: Self.noiseSeed,
            team: team
        )
        let losses = combination.work.stepLoss(
            vocabularySize: bench.model.configuration.vocabularySize, noiseSeed: Self.noiseSeed)
        let records = try (1...Self.warmupCount + settings.stepCount).map { number in
            try optimizer.step(number: number, losses: losses.losses(step: number, model: bench.model))
        }
        return StepCell.Round(
            warmup: Array(records.prefix(Self.warmupCount)), steps: Array(records.dropFirst(Self.warmupCount))
        )
    }
}
