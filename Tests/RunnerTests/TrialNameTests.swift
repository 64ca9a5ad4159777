import LanguageModels
import Optimizers
import ResultStore
import Runner
import Testing
import Training

@Suite("Names of trials")
struct TrialNameTests {
    private static func trial(
        _ id: Int64, _ identity: String, task: String = "sst2", dropped: Int = 0, noiseSeed: UInt64 = 0
    ) -> RecordedTrial {
        let cell = Cell(
            model: ModelReference(name: "opt-125m", weights: .file),
            workload: .task(name: task, trainExamples: 1, devExamples: 1, testExamples: 1),
            method: .zerothOrder(
                ZerothOrderSettings(
                    learningRate: 1e-5, perturbationScale: 1e-3, droppedLayerCount: dropped)),
            plan: .reference, schedule: TrainingSchedule(steps: 10, batchSize: 4, evaluateEvery: 5))
        return RecordedTrial(
            id: id, identity: identity,
            specification: TrialSpecification(cell: cell, dataSeed: 0, noiseSeed: noiseSeed), layerCount: 12,
            status: .done)
    }

    private static let trials = [
        trial(1, "00aa11bb"), trial(2, "00aa22cc", dropped: 6), trial(3, "1234ffff", task: "copa"),
        trial(4, "12345678", dropped: 6, noiseSeed: 7),
    ]

    private func find(_ name: String, in trials: [RecordedTrial] = trials) -> Result<Int64, ReplayError> {
        Result { () throws(ReplayError) in
            try TrialName.find(name, in: trials, database: "some.sqlite").id
        }
    }

    private func refusal(_ name: String, in trials: [RecordedTrial] = trials) -> String {
        switch find(name, in: trials) {
        case .success(let id): "found \(id)"
        case .failure(let error): error.description
        }
    }

    @Test(
        "a trial is found by its number, the beginning of its identity, and words of its label in any order")
    func found() {
        #expect(find("3") == .success(3))
        #expect(find("1234f") == .success(3))
        #expect(find("00AA11") == .success(1))
        #expect(find("copa") == .success(3))
        #expect(find("lezo 50% sst2 7") == .success(4))
        #expect(find("MeZO · sst2") == .success(1))
    }

    @Test("a number is a row's before it is the beginning of an identity")
    func numbers() {
        let trials = Self.trials + [Self.trial(1234, "ffff0000")]
        #expect(find("1234", in: trials) == .success(1234))
        #expect(find("12345", in: trials) == .success(4))
    }

    @Test(
        "a number that is no row's is refused, though labels hold it, and no word is offered for it",
        arguments: ["9", "12", "0", "-9", "99999999999999999999"])
    func noRowsNumber(_ number: String) {
        let trials = Self.trials.dropLast() + [Self.trial(4, "12345678", dropped: 9)]
        #expect(find("lezo 9", in: Array(trials)) == .success(4))
        #expect(
            refusal(number, in: Array(trials))
                == "some.sqlite has no trial '\(number)'; its trials have the numbers 1 to 4; leave the name out to list "
                + "them")
    }

    @Test("a number among other words is not taken for a slip of a word")
    func numberAmongWords() {
        let text = refusal("copa 1e-4 mzo")
        #expect(text.contains("did you mean 'mezo' by 'mzo'?"))
        #expect(!text.contains("by '1e-4'"), "\(text)")
    }

    @Test("a name of several trials lists them")
    func several() {
        let prefix = refusal("00aa")
        #expect(prefix.contains("fits 2 trials") && prefix.contains("trial 1 (00aa11bb)"))
        let words = refusal("lezo sst2")
        #expect(words.contains("trial 2 (00aa22cc)") && words.contains("trial 4 (12345678)"))
        #expect(!words.contains("trial 3"))
        #expect(words.contains("opt-125m · sst2 · LeZO 50% (6 of 12) · η 1e-05 · data seed 0 · noise seed 7"))
    }

    @Test("a name of no trial is answered with the nearest word and the numbers that there are")
    func unknown() {
        #expect(
            refusal("mzo copa")
                == "some.sqlite has no trial 'mzo copa'; did you mean 'mezo' by 'mzo'? its trials have the numbers "
                + "1 to 4; leave the name out to list them")
        #expect(refusal("9").contains("1 to 4"))
        // The beginning of an identity needs four digits, and an empty name is no word.
        #expect(refusal("00a").hasPrefix("some.sqlite has no trial"))
        #expect(refusal("").hasPrefix("some.sqlite has no trial"))
        #expect(refusal("1", in: []) == "some.sqlite has no trial '1'; it holds no trial yet")
    }
}
