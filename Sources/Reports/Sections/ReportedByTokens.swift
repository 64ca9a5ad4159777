import Comparison

/// The columns with what papers report for rows of some length, beside a table by tokens.
struct ReportedByTokens {
    private let shares: [Int: [Claim]]
    private let speedups: [Int: [Claim]]

    init(_ findings: SuiteFindings) {
        let lengths = Set(findings.tokenSeries.flatMap(\.points).map(\.tokens))
        func reported(_ metric: ClaimMetric) -> [Int: [Claim]] {
            Dictionary(uniqueKeysWithValues: lengths.map { ($0, findings.reported(metric, tokens: $0)) })
                .filter { !$0.value.isEmpty }
        }
        shares = reported(.overheadShare)
        speedups = reported(.stepSpeedup)
    }

    /// One column for each kind of figure that a paper has.
    var columns: [Table.Column] {
        (shares.isEmpty ? [] : [.init("reported share (%)", .trailing)])
            + (speedups.isEmpty ? [] : [.init("reported speedup", .trailing)])
    }

    /// The figures for one length.
    func cells(tokens: Int) -> [String] {
        func figures(_ claims: [Int: [Claim]], decimals: Int) -> [String] {
            guard !claims.isEmpty else { return [] }
            let values = (claims[tokens] ?? []).map { Figures.fixed($0.value, decimals: decimals) }
            return [values.isEmpty ? Figures.none : values.joined(separator: ", ")]
        }
        return figures(shares, decimals: 1) + figures(speedups, decimals: 2)
    }

    /// Where the figures come from, one sentence for each paper and model.
    var footnotes: [String] {
        var notes: [String] = []
        for claim in (Array(shares.values) + speedups.values).joined().sorted(by: { $0.id < $1.id }) {
            let layers = claim.sparsity.map {
                ", \(claim.method) leaving out \(Figures.percent($0, decimals: 0))% of the layers"
            }
            let note =
                "Reported \(claim.metric == .overheadShare ? "share" : "speedup"): \(claim.paper), arXiv \(claim.arxiv), on "
                + "\(claim.model)\(layers ?? ""); another model, on other hardware."
            if !notes.contains(note) { notes.append(note) }
        }
        return notes
    }
}
