import Comparison

/// An entry of a paper's table in words, and what the words mean.
enum ScoreWords {
    /// The mean and its spread in percent, and what is still missing; or why there is no figure.
    static func entry(_ entry: ScoreMatrix.Entry) -> String {
        let figure = entry.mean.map { mean in
            Figures.percent(mean) + (entry.spread.map { " ± \(Figures.percent($0))" } ?? "")
        }
        return switch entry.state {
        case .absent: Figures.none
        case .planned(let count): "planned (0/\(count))"
        case .failed(let failed, let count): "failed (\(failed)/\(count))"
        case .unavailable: "no data"
        case .partial(let finished, let count):
            (figure ?? "under way") + " (\(finished)/\(count))"
        case .done: figure ?? Figures.none
        }
    }

    /// What the words mean that occur.
    static func legend(_ states: [ScoreMatrix.State]) -> [String] {
        var notes: [String] = []
        func note(_ text: String, where occurs: (ScoreMatrix.State) -> Bool) {
            if states.contains(where: occurs) { notes.append(text) }
        }
        note("\(Figures.none): the suite has no such cell.") { $0 == .absent }
        note("planned: no trial is finished yet; the number of trials counts all learning rates and seeds.") {
            if case .planned = $0 { true } else { false }
        }
        note("failed: every trial ended without a result; the reasons are listed under the failures.") {
            if case .failed = $0 { true } else { false }
        }
        note("no data: the archives at hand lack what the method needs, so it was left out.") {
            $0 == .unavailable
        }
        note(
            "A count in brackets says how many of the planned trials have ended; the score, and the learning rate that "
                + "it belongs to, may change."
        ) {
            if case .partial = $0 { true } else { false }
        }
        return notes
    }

    /// `872`, or `64 to 872` where counts differ; nil without any.
    static func range(_ counts: [Int]) -> String? {
        guard let low = counts.min(), let high = counts.max() else { return nil }
        return low == high ? String(low) : "\(low) to \(high)"
    }

    /// The same with its noun.
    static func range(_ counts: [Int], _ noun: String) -> String? {
        range(counts).map { "\($0) \(noun)\(counts.max() == 1 ? "" : "s")" }
    }
}
