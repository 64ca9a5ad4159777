import Optimizers
import ResultStore
import Training

extension SampleSuites {
    static let cb = Workload.task(name: "cb", trainExamples: 100, devExamples: 50, testExamples: 56)
    static let copa = Workload.task(name: "copa", trainExamples: 300, devExamples: 100, testExamples: 100)

    /// A suite with three seeds where every state of a cell occurs: MeZO is decidedly best on SST-2, nothing is decided on
    /// CB, COPA has just begun; LeZO at 0.75 is planned on CB and absent from COPA, zero-shot failed on CB.
    static var seeds: ResultSnapshot {
        var trialCount: Int64 = 0
        func trial(right: Int, of count: Int, noiseSeed: UInt64, isTrained: Bool) -> TrialResult {
            trialCount += 1
            let losses = isTrained ? [1.1, 0.8, 0.7 - 0.0001 * Double(right)] : [1.1]
            let best = isTrained ? 200 : 0
            return TrialResult(
                id: trialCount, dataSeed: 0, noiseSeed: noiseSeed, status: .done, failure: nil,
                environmentID: 1,
                data: nil,
                summary: TrialSummary(
                    steps: best, bestStep: best, weightsDigest: String(repeating: "5e", count: 32),
                    peakResidentBytes: 910 << 20), drift: nil,
                steps: isTrained
                    ? (1...200).map { number in
                        var record = step(number, milliseconds: (0.2, 0.6, 0.1))
                        record.lossPlus = Float(1.1 - 0.002 * Double(number) + 0.01 * Double(number * 7 % 5))
                        record.lossMinus = record.lossPlus - 0.01
                        return record
                    } : [],
                evaluations: losses.enumerated().map { index, loss in
                    evaluation(100 * index, .dev, loss: loss, right: 20 + index, of: 50)
                } + [evaluation(best, .test, loss: 0.7, right: right, of: count)])
        }
        func unfinished(_ status: TrialStatus, noiseSeed: UInt64, _ failure: TrialFailure? = nil)
            -> TrialResult
        {
            trialCount += 1
            return TrialResult(
                id: trialCount, dataSeed: 0, noiseSeed: noiseSeed, status: status, failure: failure,
                environmentID: nil, data: nil, summary: nil, drift: nil, steps: [], evaluations: [])
        }
        var cells: [CellResult] = []
        func add(_ workload: Workload, dropped: Int?, _ trials: [TrialResult]) {
            let method: Training.Method = dropped.map { self.method(dropped: $0, rate: 1e-5) } ?? .zeroShot
            cells.append(
                CellResult(
                    id: Int64(cells.count + 1),
                    cell: Cell(
                        model: smol, workload: workload, method: method, plan: .reference,
                        schedule: TrainingSchedule(
                            steps: dropped == nil ? 0 : 200, batchSize: 16, evaluateEvery: 100)),
                    layerCount: 30, layerParameterCount: 106_203_600, parameterCount: 134_515_008,
                    trials: trials, rounds: []))
        }
        func trained(_ rights: [Int], of count: Int) -> [TrialResult] {
            rights.enumerated().map {
                trial(right: $0.element, of: count, noiseSeed: UInt64($0.offset), isTrained: true)
            }
        }
        add(sst2, dropped: nil, [trial(right: 444, of: 872, noiseSeed: 0, isTrained: false)])
        add(sst2, dropped: 0, trained([720, 731, 726], of: 872))
        add(sst2, dropped: 15, trained([598, 611, 604], of: 872))
        add(sst2, dropped: 23, trained([560, 540, 551], of: 872))
        add(
            cb, dropped: nil,
            [unfinished(.failed, noiseSeed: 0, TrialFailure(reason: .crashed, step: nil, message: "exit 3"))])
        add(cb, dropped: 0, trained([40, 41, 38], of: 56))
        add(cb, dropped: 15, trained([39, 42, 40], of: 56))
        add(cb, dropped: 23, (0..<3).map { unfinished(.planned, noiseSeed: $0) })
        add(copa, dropped: nil, [trial(right: 53, of: 100, noiseSeed: 0, isTrained: false)])
        add(
            copa, dropped: 0,
            trained([61], of: 100) + [
                unfinished(.running, noiseSeed: 1), unfinished(.planned, noiseSeed: 2),
            ])
        add(copa, dropped: 15, (0..<3).map { unfinished(.planned, noiseSeed: $0) })
        return ResultSnapshot(
            suiteName: "lezo-seeds", suiteSHA256: String(repeating: "e5", count: 32),
            title: "Three seeds & every state", claims: [], environments: [1: environment], artifacts: [],
            cells: cells)
    }
}
