package import ResultStore
package import Training

/// A file that two databases do not share: an archive, weights or a vocabulary.
package struct InputDifference: Sendable, Hashable {
    /// `archive`, `weights` or `vocabulary`.
    package let kind: String
    /// The task or model that it is for.
    package let subject: String
    /// The baseline's files for it, by name with their hashes; empty when it has none.
    package let baseline: [StoredArtifact]
    /// The candidate's.
    package let candidate: [StoredArtifact]

    /// All differences of two snapshots, by kind and subject; files are the same when their bytes are.
    package static func all(_ baseline: ResultSnapshot, _ candidate: ResultSnapshot) -> [InputDifference] {
        let before = groups(baseline)
        let after = groups(candidate)
        return Set(before.keys).union(after.keys).sorted { ($0.kind, $0.subject) < ($1.kind, $1.subject) }
            .compactMap { key -> InputDifference? in
                let (first, second) = (before[key] ?? [], after[key] ?? [])
                guard Set(first.map(\.sha256)) != Set(second.map(\.sha256)) else { return nil }
                return InputDifference(
                    kind: key.kind, subject: key.subject, baseline: first, candidate: second)
            }
    }

    /// Why what a cell trained and answered is not comparable, or nil: its task's archives or its model's files differ.
    package static func mismatch(
        of cell: Cell, _ baseline: ResultSnapshot, _ candidate: ResultSnapshot
    ) -> String? {
        var subjects = [cell.model.name]
        if case .task(let name, _, _, _) = cell.workload { subjects.append(name) }
        guard let difference = all(baseline, candidate).first(where: { subjects.contains($0.subject) }) else {
            return nil
        }
        return "the two sides used different \(difference.kind) files for \(difference.subject)"
    }

    private struct Key: Hashable {
        var kind: String
        var subject: String
    }

    private static func groups(_ snapshot: ResultSnapshot) -> [Key: [StoredArtifact]] {
        Dictionary(grouping: snapshot.artifacts) { Key(kind: $0.kind, subject: $0.subject) }
            .mapValues { $0.sorted { ($0.fileName, $0.sha256) < ($1.fileName, $1.sha256) } }
    }
}
