import Training

/// Multiplies a suite's matrix out, which the reader has found to be no larger than a suite may be.
struct SuiteExpansion {
    let document: SuiteDocument
    let layerCounts: [String: Int]
    /// Tasks whose answers are generated.
    let generationTasks: Set<String>
    /// Tasks with classes to tell apart.
    let classificationTasks: Set<String>

    /// One setting of a method with the names that filters know it by.
    struct Variant {
        var method: Method
        var objective = TrainingObjective.logLikelihood
        /// Its own schedule; that of the task or the suite when nil.
        var schedule: TrainingSchedule?
        var facts: [SuiteFilter.Key: Set<String>]
        /// All learning rates of its entry if it has the first one, which is the one that is timed; else empty.
        var timedLearningRates: Set<String>
    }

    /// Every point of the matrix, in the order of the file.
    func points() -> [MatrixPoint] {
        var points: [MatrixPoint] = []
        for model in document.models {
            for work in document.work {
                let variants = document.methods(of: work).flatMap {
                    self.variants($0, model: model.reference)
                }
                for variant in variants where isOfUse(variant, for: work.workload) {
                    points += self.points(model, work, variant)
                }
            }
        }
        return points
    }

    /// Generated answers have no options to calibrate, and a probe needs classes.
    private func isOfUse(_ variant: Variant, for workload: Workload) -> Bool {
        if variant.method == .linearProbe {
            return workload.taskName.map(classificationTasks.contains) ?? false
        }
        guard variant.method.inContextSettings?.calibrates == true, let task = workload.taskName else {
            return true
        }
        return !generationTasks.contains(task)
    }
}
