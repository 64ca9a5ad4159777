import Foundation
import Plots

/// Plots with every part that charts have; their figures are made up.
enum SamplePlots {
    static let all = [speedup, overhead, loss, phases, scores]

    static let speedup = Plot(
        name: "speedup", title: "Speedup of a step against sparsity: LeZO on opt-125m, reference plan",
        subtitle: "Bars: 95% interval over paired rounds. Dotted: Amdahl's bound.",
        description: "Speedups rise with sparsity, most for short rows.",
        chart: .curves(
            CurveChart(
                xAxis: Axis(title: "sparsity", including: [0, 1]), yAxis: Axis(title: "speedup"),
                curves: (0..<3).map(bound) + (0..<3).map(measured)
                    + [CurveChart.Curve(label: "Amdahl's bound", style: .bound, slot: 5, points: [])],
                referenceLines: [.init(y: 1, label: "as fast as MeZO")])))

    private static func bound(slot: Int) -> CurveChart.Curve {
        let share = [0.5, 0.12, 0.06][slot]
        let points = (0...10).map { step -> CurveChart.Point in
            func bound(_ share: Double) -> Double { 1 / (1 - share * 0.068 * Double(step)) }
            return CurveChart.Point(
                x: Double(step) / 10, y: bound(share), low: bound(share * 0.95), high: bound(share * 1.05))
        }
        return CurveChart.Curve(label: nil, style: .bound, slot: slot, points: points)
    }

    private static func measured(slot: Int) -> CurveChart.Curve {
        let gain = [0.51, 0.11, 0.04][slot]
        let points = [0, 0.25, 0.5, 0.75, 1].map { sparsity -> CurveChart.Point in
            let speedup = 1 + sparsity * gain
            return CurveChart.Point(
                x: sparsity, y: speedup, low: sparsity > 0 ? speedup - 0.03 : nil,
                high: sparsity > 0 ? speedup + 0.05 : nil)
        }
        return CurveChart.Curve(
            label: ["1x32 tokens", "16x32 tokens", "16x64 tokens"][slot], style: .measured, slot: slot,
            points: points)
    }

    static let overhead = Plot(
        name: "overhead", title: "Perturb and update in a MeZO step, by length",
        subtitle: "Hollow: reported elsewhere.", description: "The share falls with length.",
        chart: .curves(
            CurveChart(
                xAxis: Axis(title: "tokens of a row", scale: .binaryLogarithmic),
                yAxis: Axis(title: "perturb and update (%)", including: [0]),
                curves: [
                    .init(
                        label: "1 row", style: .measured, slot: 0,
                        points: [32, 64, 128, 256, 512].map {
                            .init(x: $0, y: 1600 / (32 + $0), low: 1500 / (32 + $0), high: 1750 / (32 + $0))
                        }),
                    .init(
                        label: "a paper, another model", style: .reported, slot: 5,
                        points: [.init(x: 64, y: 43), .init(x: 256, y: 21)]),
                ])))

    static let loss = Plot(
        name: "loss", title: "Loss against steps: a model on a task",
        subtitle: "Markers: development loss, mean and range over seeds.", description: "All losses fall.",
        chart: .curves(
            CurveChart(
                xAxis: Axis(title: "step", including: [0]), yAxis: Axis(title: "loss"),
                curves: (0..<6).flatMap { [batchLoss(slot: $0), developmentLoss(slot: $0)] })))

    private static func batchLoss(slot: Int) -> CurveChart.Curve {
        let points = (0..<60).map { step -> CurveChart.Point in
            let fall = 0.7 * exp(-Double(step) / 15)
            let noise = 0.02 * Double((step * 7 + slot * 3) % 11 - 5)
            return CurveChart.Point(x: Double(step) * 333, y: 0.5 + 0.1 * Double(slot) + fall + noise)
        }
        return CurveChart.Curve(label: nil, style: .trace, slot: slot, points: points)
    }

    private static func developmentLoss(slot: Int) -> CurveChart.Curve {
        let points = (0...5).map { step -> CurveChart.Point in
            let fall = 0.7 * exp(-Double(step) / 1.25)
            let y = 0.5 + 0.1 * Double(slot) + fall
            return CurveChart.Point(x: Double(step) * 4000, y: y, low: y - 0.03, high: y + 0.02)
        }
        return CurveChart.Curve(
            label: "LeZO 0.\(slot)0 (\(slot)/10) at 1e-6", style: .path, slot: slot, points: points)
    }

    static let phases = Plot(
        name: "phases", title: "Where a step's time goes", subtitle: "Medians over rounds.",
        description: "Perturb and update shrink with sparsity.",
        chart: .bars(
            BarChart(
                axis: Axis(title: "share of a step (%)", including: [0, 100]),
                segments: ["perturb", "update", "forward", "select"], noteTitle: "perturb and update (%)",
                groups: ["1x32 tokens", "16x32 tokens"].enumerated().map { group, title in
                    .init(
                        title: title,
                        bars: (0..<3).map { row in
                            let perturb = 36.0 / Double(row + 1) / Double(4 * group + 1)
                            return .init(
                                label: row == 0 ? "MeZO" : "LeZO 0.\(row)0 (\(row)/10)",
                                values: [perturb, perturb / 3, 99.5 - perturb * 4 / 3, 0.5],
                                note: "\(Int(perturb * 4 / 3)).0 (1.0 to 2.0)")
                        })
                })))

    static let scores = Plot(
        name: "scores", title: "Scores on test examples",
        subtitle: "Bars: 95% interval.", description: "MeZO is best on SST-2.",
        chart: .intervals(
            IntervalChart(
                axis: Axis(title: "score (%)"), referenceLabel: "always the most frequent right answer",
                sampleLabel: "one seed", noteTitle: "score, 95% interval",
                groups: [
                    .init(
                        title: "SST-2 (accuracy)", reference: 50.9,
                        rows: [
                            .init(
                                label: "zero-shot", value: 51.6, low: 48.2, high: 55,
                                note: "51.6 (48.2 to 55.0)"),
                            .init(
                                label: "MeZO", value: 67.8, low: 64.6, high: 70.9, samples: [66.9, 67.5, 69],
                                note: "67.8 (64.6 to 70.9)"),
                            .init(
                                label:
                                    "LeZO, Rademacher noise, perturbation 1e-3, decoder layers only, 0.50 (15/30), fused plan",
                                value: 65, low: 61.8, high: 68.2, note: "65.0 (61.8 to 68.2)"),
                        ]),
                    .init(
                        title: "SQuAD (F1)", reference: nil,
                        rows: [
                            .init(label: "MeZO", value: nil, note: "no result"),
                            .init(label: "LeZO 0.50 (15/30)", value: 41.2, note: "41.2"),
                        ]),
                ])))

    /// Long words wherever there may be any.
    static let crowded = Plot(
        name: "crowded",
        title:
            "Loss against training time: smollm2-135m-instruct (random weights, bfloat16) on BoolQ with titles, fused plan",
        subtitle:
            "Markers: development loss, mean and range over seeds. Pale: loss of the training batches, averaged over "
            + "neighbouring steps and cut off where it leaves the axis. Evaluation is not counted.",
        description: "Six curves fall.",
        chart: .curves(
            CurveChart(
                xAxis: Axis(
                    title:
                        "training time (seconds) of all steps of a trial, without evaluation, loading, writing and whatever else is "
                        + "not a step", including: [0]),
                yAxis: Axis(
                    title:
                        "loss on the development examples that were drawn for the choice of the learning rate, as a mean over "
                        + "all seeds"),
                curves: (0..<6).map { slot in
                    CurveChart.Curve(
                        label: slot == 5
                            ? "LeZO, Rademacher noise, perturbation 1e-3, decoder layers only, objective metric, LoRA of rank 8 "
                                + "beside query and value, 0.50 (15/30), at learning rate 2.5e-5"
                            : "MeZO WWW, 0.\(slot)0 at 1e-6", style: .path, slot: slot,
                        points: (0...5).map { .init(x: 900_000 * Double($0), y: 1 - 0.1 * Double($0 + slot)) }
                    )
                })))
}
