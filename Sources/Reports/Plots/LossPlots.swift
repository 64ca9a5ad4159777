import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The loss against steps and against training time, one pair of plots for each model, task and plan.
enum LossPlots {
    static func all(_ findings: SuiteFindings) -> [Plot] {
        let rows = findings.accuracy.rows.filter { row in
            row.choice?.chosen.cell.trials.contains { !$0.stepNanoseconds.isEmpty } ?? false
        }
        return Grouping.inOrder(rows) { row in
            let cell = row.representative.cell
            return "\(cell.model.words) on \(cell.workload.words), \(cell.manner)"
        }.flatMap { subject, rows in
            Grouping.chunks(rows, of: PlotStyle.slotCount).flatMap { rows in
                let untrained = rows.first.flatMap { LearningRateSection.untrainedLoss(for: $0, findings) }
                let courses = rows.compactMap { row in
                    row.choice.map { choice in
                        (
                            label: "\(PlotWords.method(row.representative, findings)) at "
                                + Figures.setting(choice.chosen.learningRate),
                            course: LossCourse(of: choice.chosen.cell, untrainedLoss: untrained)
                        )
                    }
                }
                return [
                    plot(courses, subject: subject, isOverTime: false),
                    plot(courses, subject: subject, isOverTime: true),
                ]
            }
        }
    }

    private typealias Course = (label: String, course: LossCourse)

    private static func plot(_ courses: [Course], subject: String, isOverTime: Bool) -> Plot {
        let longest = courses.compactMap(\.course.seconds.last).max() ?? 0
        let unit = TimeUnit(longest: longest)
        func place(_ step: Double, _ course: LossCourse) -> Double {
            isOverTime ? course.seconds(after: step) / unit.seconds : step
        }
        let traces = courses.enumerated().map { slot, item in
            CurveChart.Curve(
                label: nil, style: .trace, slot: slot,
                points: item.course.batchLosses.map {
                    CurveChart.Point(x: place($0.step, item.course), y: $0.loss)
                })
        }
        let paths = courses.enumerated().map { slot, item in
            CurveChart.Curve(
                label: item.label, style: .path, slot: slot,
                points: item.course.developmentLosses.map {
                    CurveChart.Point(
                        x: place(Double($0.step), item.course), y: $0.loss, low: $0.range?.lowerBound,
                        high: $0.range?.upperBound)
                })
        }
        let seeds = courses.map(\.course.trialCount).max() ?? 1
        let ends = courses.compactMap { item in
            item.course.developmentLosses.last.map {
                "\(item.label): \(Figures.loss($0.loss)) after \(Figures.count($0.step, "step"))"
                    + (isOverTime
                        ? " and \(Figures.fixed(place(Double($0.step), item.course), decimals: 1)) \(unit.name)"
                        : "")
            }
        }
        let axis = isOverTime ? "training time (\(unit.name))" : "step"
        return Plot(
            name: "loss by \(isOverTime ? "time" : "steps") \(subject)",
            title: "Loss against \(isOverTime ? "training time" : "steps"): \(subject)",
            subtitle:
                "Markers: development loss\(seeds > 1 ? ", mean and range over seeds" : ""). Pale: loss of the training "
                + "batches, averaged over neighbouring steps and cut off where it leaves the axis."
                + (isOverTime
                    ? " Evaluation is not counted. Trials ran one after another, so times of different lines are not paired."
                    : ""),
            description: "Development loss at the learning rate chosen. \(ends.joined(separator: "; ")).",
            chart: .curves(
                CurveChart(
                    xAxis: Axis(title: axis, including: [0]), yAxis: Axis(title: "loss"),
                    curves: traces + paths)))
    }
}

/// The unit in which a length of time reads best.
private struct TimeUnit {
    let name: String
    let seconds: Double

    init(longest: Double) {
        (name, seconds) =
            longest < 300 ? ("seconds", 1) : longest < 10_800 ? ("minutes", 60) : ("hours", 3_600)
    }
}
