package import Comparison
import ResultStore
import Statistics
package import Suites

/// The report of a program held against itself: how often the timing gate cried wolf, and what it can see.
package enum CalibrationReport {
    /// The report of a calibration of some cells, in their order.
    package static func make(
        from calibration: TimingCalibration, of difference: SuiteDifference, policy: GatePolicy
    ) -> Report {
        let names = DifferenceNames(of: difference)
        var table = Table(
            name: "calibration",
            caption: "How much interleaved rounds of one program vary against themselves.",
            columns: DifferenceNames.columns + [
                .init("deviation of a log ratio (%)", .trailing),
                .init("slowdown that would be found (%)", .trailing),
            ], keyColumnCount: DifferenceNames.columns.count)
        for (index, cell) in difference.cells.enumerated()
        where calibration.deviations.indices.contains(index) {
            table.append(
                names.cells(cell.candidate) + [
                    Figures.percent(calibration.deviations[index], decimals: 2),
                    Figures.percent(calibration.smallestDetectable[index]),
                ])
        }
        return Report(
            title: "Calibration: suite \(difference.candidate.suiteName) against itself",
            sections: [
                Report.Section(title: "In short", blocks: [.paragraph(sentence(calibration))]),
                Report.Section(title: "What this machine can see", blocks: [.table(table)]),
            ],
            footer: [
                "Each gate has \(policy.timing.rounds) interleaved rounds a cell. A slowdown that would be found is found "
                    + "with a power of 80% after correction over \(Figures.count(difference.cells.count, "cell"))."
            ])
    }

    private static func sentence(_ calibration: TimingCalibration) -> String {
        let interval = calibration.alarmInterval
        return
            "\(calibration.alarmCount) of \(Figures.count(calibration.gateCount, "gate")) flagged a cell although "
            + "nothing differs: a false-alarm rate between \(Figures.percent(interval.lower))% and "
            + "\(Figures.percent(interval.upper))% (95%, Clopper-Pearson), where the policy states at most "
            + "\(Figures.percent(calibration.statedSignificance))%, before confirmation. "
            + verdict(calibration)
    }

    private static func verdict(_ calibration: TimingCalibration) -> String {
        guard calibration.keepsStatedRate else {
            return "That is more than chance allows: this machine may not gate."
        }
        guard calibration.seesWhatIsAskedFor else {
            let asked = Figures.percent(calibration.requiredDetectable, decimals: 0)
            guard let worst = calibration.worstDetectable else {
                return "Too few rounds say which slowdowns would be found: this machine may not gate."
            }
            return
                "This machine keeps the false-alarm rate, but only slowdowns of \(Figures.percent(worst, decimals: 0))% would "
                + "be found; the policy asks for \(asked)%: it may not gate."
        }
        if calibration.alarmInterval.upper <= calibration.statedSignificance {
            return "That is below the stated rate: this machine may gate."
        }
        return "That does not speak against the stated rate and does not show it either; "
            + "\(TimingCalibration.gatesToShow(calibration.statedSignificance)) gates without an alarm would."
    }
}
