import Comparison

/// Where claims come from, what their sources leave open, and what else is reported of the same.
enum ClaimSources {
    /// One sentence or more for each claim, those with the same source and note together.
    static func sentences(_ claims: [Claim], ledger: ClaimsLedger) -> [String] {
        var seen: Set<String> = []
        let distinct = claims.filter { seen.insert($0.id).inserted }
        return Grouping.inOrder(distinct) { claim in
            ([source(claim)] + elsewhere(claim, ledger)).joined(separator: " ")
        }.map { text, claims in "\(Figures.joined(claims.map(\.id))): \(text)" }
    }

    /// What other places report of the very same, and the ledger's remarks, as sentences.
    static func elsewhere(_ claim: Claim, _ ledger: ClaimsLedger) -> [String] {
        let others = ledger.otherFigures(for: claim)
        let same = others.filter { $0.paper == claim.paper }.map { "\($0.reportedWords) in \($0.source)" }
        let different = others.filter { $0.paper != claim.paper }.map {
            "\($0.reportedWords) by \($0.paper), \($0.source)"
        }
        var sentences: [String] = []
        if !same.isEmpty {
            sentences.append("The same source has elsewhere: \(same.joined(separator: "; ")).")
        }
        if !different.isEmpty {
            sentences.append("Others have for the same: \(different.joined(separator: "; ")).")
        }
        let shown = Set(others.map(\.id) + [claim.id])
        return sentences
            + ledger.remarks(on: claim).map { remark in
                let rest = remark.claims.filter { !shown.contains($0) }.compactMap { ledger[id: $0] }
                    .map {
                        "\($0.reportedWords) for \($0.metric.words), \($0.subjectWords) (\($0.paper), \($0.source))"
                    }
                let figures = rest.isEmpty ? "" : ": \(rest.joined(separator: "; "))"
                return "\(capitalized(remark.note))\(figures)."
            }
    }

    private static func source(_ claim: Claim) -> String {
        let place = [claim.paper, claim.arxiv.isEmpty ? nil : "arXiv \(claim.arxiv)", claim.source]
            .compactMap { $0 }.joined(separator: ", ")
        return claim.note.isEmpty ? "\(place)." : "\(place). \(capitalized(claim.note))."
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
