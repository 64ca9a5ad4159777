import Comparison
import LanguageModels
import ResultStore
import Training

/// The archives, weights and vocabularies, and where they fall short.
enum DataSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        var blocks: [Report.Block] = []
        let artifacts = findings.snapshot.artifacts.sorted {
            ($0.kind, $0.subject, $0.fileName, $0.sha256) < ($1.kind, $1.subject, $1.fileName, $1.sha256)
        }
        if !artifacts.isEmpty {
            var table = Table(
                name: "files", caption: "Files that the results rest on.",
                columns: [
                    .init("kind"), .init("for"), .init("file"), .init("bytes", .trailing), .init("SHA-256"),
                    .init("note"),
                ])
            for artifact in artifacts {
                table.append([
                    artifact.kind, artifact.subject, artifact.fileName,
                    artifact.byteCount > 0 ? String(artifact.byteCount) : Figures.none,
                    artifact.sha256, artifact.note ?? "",
                ])
            }
            blocks.append(.table(table))
        }
        blocks += modelTable(findings).map { [.table($0)] } ?? []
        let remarks = DataRemarks.all(in: findings.snapshot)
        if !remarks.isEmpty { blocks.append(.list(remarks)) }
        return blocks
    }

    private static func modelTable(_ findings: SuiteFindings) -> Table? {
        var table = Table(
            name: "models", caption: MethodNames.caption("Models.", cells: findings.cells),
            columns: [
                .init("model"), .init("weights"), .init("stored as"), .init("decoder layers", .trailing),
                .init("parameters", .trailing),
                .init("in decoder layers (%)", .trailing),
            ])
        var seen: Set<ModelReference> = []
        for cell in findings.cells where seen.insert(cell.cell.model).inserted {
            table.append([
                cell.cell.model.name, weights(of: cell.cell.model), cell.cell.model.storage.rawValue,
                String(cell.layerCount),
                cell.parameterCount > 0 ? String(cell.parameterCount) : Figures.none,
                Figures.percent(cell.modelShareInLayers),
            ])
        }
        return table.rows.isEmpty ? nil : table
    }

    private static func weights(of model: ModelReference) -> String {
        switch model.weights {
        case .file: "from file"
        case .random(let seed): "random, seed \(seed)"
        }
    }
}
