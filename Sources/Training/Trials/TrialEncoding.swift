import Tasks

/// Turns drawn examples into tokens and checks that each of them can be scored.
struct TrialEncoding {
    let task: any TaskDefinition
    let encoder: ExampleEncoder

    /// The examples of one split; there must be one if any was asked for.
    func encode(_ examples: [Example], split: String, asked: Int) throws -> [EncodedExample] {
        guard !examples.isEmpty || asked == 0 else {
            throw TrainingError.emptySplit(task: task.name, split: split)
        }
        return try examples.map { try checked(encoder.encode($0, task: task)) }
    }

    /// Test examples after their demonstrations.
    func encode(_ drawn: DrawnContexts, calibrating: Bool) throws -> [EncodedExample] {
        guard !drawn.test.isEmpty else { throw TrainingError.emptySplit(task: task.name, split: "test") }
        return try drawn.test.enumerated().map { index, example in
            var encoded = try checked(
                encoder.encode(
                    example, task: task, demonstrations: drawn.demonstrations(ofTestExample: index)))
            if calibrating, let calibration = example.calibration {
                encoded.calibrationOptions = encoder.encode(calibration)
            }
            return encoded
        }
    }

    private func checked(_ example: EncodedExample) throws -> EncodedExample {
        for (index, option) in example.options.enumerated()
        where option.optionTokenCount < 1 || option.optionTokenCount >= option.tokens.count {
            throw TrainingError.unscorableExample(id: example.id, option: index)
        }
        return example
    }

    /// Sentences for the report about what encoding lost or could not score.
    ///
    /// - Parameters:
    ///   - splits: Examples by what they are for.
    ///   - demonstrationCount: How many stand before each of them.
    func notes(
        onExamplesOf splits: [(name: String, examples: [EncodedExample])], demonstrationCount: Int
    ) -> [String] {
        var notes: [String] = []
        let context = demonstrationCount > 0 ? " with \(demonstrationCount) demonstrations" : ""
        for (name, examples) in splits {
            let cutCount = examples.count(where: \.isCut)
            guard cutCount > 0 else { continue }
            notes.append(
                "\(task.title): \(cutCount) of \(examples.count) \(name) examples\(context) are longer than the model "
                    + "takes and lose their beginning.")
        }
        let options = splits.flatMap(\.examples).flatMap(\.calibrationOptions)
        if options.contains(where: { $0.optionTokenCount == 0 }) {
            notes.append(
                "\(task.title): an option of one token has no token before it without its prompt, for the model has no "
                    + "leading token; calibration takes nothing from its score, as in the published code.")
        }
        return notes
    }
}
