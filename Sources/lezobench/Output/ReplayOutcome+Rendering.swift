import Runner
import Training

extension ReplayOutcome {
    /// What came out, line by line, for a person.
    var lines: [String] {
        let what = rebuiltStep == bestStep ? "tested" : "last"
        var lines = [
            "trial \(trial) (\(identity.prefix(8))) · \(label)",
            "weights  the \(what) ones, after step \(rebuiltStep) of \(steps), \(storage); SHA-256 \(rebuiltDigest)",
            hasRecordedWeights
                ? "digest   after the last step as recorded, \(finalDigest)"
                : "DIGEST   after the last step \(finalDigest), recorded is \(recordedDigest): these are other weights, "
                    + "so the inputs, the database or the program's arithmetic changed",
        ]
        if let recordedBLAS {
            lines.append(
                "blas     \(blas), recorded is \(recordedBLAS): evaluations round differently, weights do not"
            )
        }
        lines += evaluations.map(line)
        if evaluationsLeftOut > 0 {
            lines.append("answers  \(evaluationsLeftOut) recorded evaluations left out, as asked")
        }
        lines += files.map { "written  \($0)" }
        if !isConfirmed {
            lines.append("not confirmed: not everything came out as recorded, so no file is written")
        }
        return lines
    }

    private func line(_ evaluation: RepeatedEvaluation) -> String {
        let score = "\(evaluation.metric) \(Quantity.fixed(100 * evaluation.value, digits: 1))%"
        let what = "\(evaluation.split.rawValue) of \(evaluation.exampleCount) examples"
        if evaluation.isIdentical {
            return "answers  \(what): all as recorded, to the bit (\(score))"
        }
        let recorded = Quantity.fixed(100 * evaluation.recordedValue, digits: 1)
        return
            "\(recordedBLAS == nil ? "ANSWERS" : "answers")  \(what): \(evaluation.otherAnswerCount) differ "
            + "(\(score), recorded \(recorded)%; loss \(evaluation.loss), recorded \(evaluation.recordedLoss))"
    }
}
