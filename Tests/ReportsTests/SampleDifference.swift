import Comparison
import Optimizers
import Provenance
import ResultStore
import Training

/// Two records of one suite such as two builds leave that took their rounds in turns.
///
/// MeZO stayed as it was. LeZO became a third faster, and answers worse. Each side has a cell that the other does not have.
enum SampleDifference {
    private static let mezoTimes = (perturb: 210.0, forward: 640.0, update: 70.0)
    private static let lezoTimes = (perturb: 130.0, forward: 640.0, update: 44.0)
    private static let fasterTimes = (perturb: 30.0, forward: 500.0, update: 12.0)

    static var baseline: ResultSnapshot {
        snapshot(
            cells: [
                mezo(isCandidate: false, testRight: 722), lezo(lezoTimes, testRight: 709, isCandidate: false),
                other(id: 8, dropped: 22),
            ], commit: "f03d8c9")
    }

    static var candidate: ResultSnapshot {
        snapshot(
            cells: [
                mezo(isCandidate: true, testRight: 722), lezo(fasterTimes, testRight: 640, isCandidate: true),
                other(id: 9, dropped: 23),
            ], commit: "77ab012")
    }

    static var difference: DatabaseDifference {
        DatabaseDifference(baseline: [baseline], candidate: [candidate])
    }

    private static func snapshot(cells: [CellResult], commit: String) -> ResultSnapshot {
        var environment = SampleSuites.environment
        environment.gitCommit = commit
        var snapshot = SampleSuites.trained
        snapshot.environments = [1: environment]
        snapshot.cells = cells
        return snapshot
    }

    private static func mezo(isCandidate: Bool, testRight: Int) -> CellResult {
        cell(
            id: 3, dropped: 0, times: mezoTimes, testRight: testRight, isCandidate: isCandidate,
            salt: isCandidate ? 1 : 0)
    }

    private static func lezo(
        _ times: (perturb: Double, forward: Double, update: Double), testRight: Int, isCandidate: Bool
    ) -> CellResult {
        cell(id: 5, dropped: 15, times: times, testRight: testRight, isCandidate: isCandidate, salt: 2)
    }

    private static func other(id: Int64, dropped: Int) -> CellResult {
        SampleSuites.trainedCell(id: id, dropped: dropped, rate: 2e-5, trials: [])
    }

    private static func cell(
        id: Int64, dropped: Int, times: (perturb: Double, forward: Double, update: Double), testRight: Int,
        isCandidate: Bool, salt: Int
    ) -> CellResult {
        let trial = SampleSuites.trial(
            id: id, losses: [1.19, 0.55, 0.44], devRight: [252, 370, 401], testRight: testRight,
            milliseconds: times)
        var rounds = SampleSuites.rounds(times, count: 12, salt: salt)
        for index in rounds.indices {
            // Which of the two goes first changes from round to round.
            let isLater = isCandidate == (index % 2 == 0)
            rounds[index].recordedNanoseconds = Int64(100 * (index + 1) + (isLater ? 40 : 20)) * 1_000_000_000
        }
        return SampleSuites.trainedCell(
            id: id, dropped: dropped, rate: 2e-5, trials: [trial], rounds: rounds)
    }
}
