import Comparison
import ResultStore

/// The archives, weights and vocabularies that two databases do not share.
enum InputDifferenceSection {
    static func blocks(_ suite: SuiteDifference) -> [Report.Block] {
        guard !suite.inputs.isEmpty else { return [] }
        var table = Table(
            name: "inputs",
            caption: "Files of different content; what was trained on them is not compared.",
            columns: [.init("kind"), .init("for"), .init("baseline"), .init("candidate")], keyColumnCount: 2)
        for input in suite.inputs {
            table.append([input.kind, input.subject, words(input.baseline), words(input.candidate)])
        }
        return [.table(table)]
    }

    private static func words(_ artifacts: [StoredArtifact]) -> String {
        artifacts.isEmpty
            ? "none" : artifacts.map { "\($0.fileName) (\($0.sha256.prefix(12)))" }.joined(separator: ", ")
    }
}
