import Comparison
import Optimizers
import Provenance
import ResultStore
import Training

/// The suite, the machines, the builds and the libraries.
enum CircumstancesSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        [.paragraph(([sentence(findings)] + ProtocolSentences.all(findings)).joined(separator: " "))]
            + (environmentTable(findings).map { [.table($0)] } ?? [])
    }

    private static func sentence(_ findings: SuiteFindings) -> String {
        let cells = findings.cells.map(\.cell)
        let models = Set(cells.map(\.model.words)).sorted()
        let workloads = findings.cells.map(\.cell.workload.words).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let plans = Set(cells.map(\.plan.rawValue)).sorted()
        return "Suite \(findings.snapshot.suiteName) (file SHA-256 \(findings.snapshot.suiteSHA256)): "
            + "\(Figures.count(cells.count, "cell")) on \(Figures.joined(models)), "
            + "\(Figures.joined(workloads)), \(Figures.joined(plans)) plan."
    }

    private static func environmentTable(_ findings: SuiteFindings) -> Table? {
        let environments = findings.snapshot.environments.sorted { $0.key < $1.key }
        guard !environments.isEmpty else { return nil }
        var table = Table(
            name: "environments", caption: "Machine, build and libraries.",
            columns: [.init("property")] + environments.map { .init("environment \($0.key)") })
        for (property, value) in properties {
            table.append([property] + environments.map { value($0.value) })
        }
        table.append(["trials and rounds"] + environments.map { uses(of: $0.key, in: findings.cells) })
        table.append(["load average"] + environments.map { load(in: $0.key, of: findings.cells) })
        return table
    }

    private static let properties: [(String, @Sendable (Environment) -> String)] = [
        ("processor", { $0.processor }),
        ("usable processors", { String($0.processorCount) }),
        ("memory (MiB)", { Figures.mebibytes($0.memoryBytes) }),
        ("threads used", { String($0.threadCount) }),
        ("instruction set of the kernels", { $0.kernelInstructionSet }),
        ("BLAS", { $0.blasVersion }),
        (
            "BLAS core type",
            {
                $0.blasCoreType.lowercased() == $0.expectedBLASCoreType.lowercased()
                    ? "\($0.blasCoreType), as this processor deserves"
                    : "\($0.blasCoreType), but this processor deserves \($0.expectedBLASCoreType)"
            }
        ),
        ("operating system", { $0.operatingSystem }),
        ("compiler", { $0.compiler }),
        ("build", { $0.buildConfiguration }),
        (
            "commit",
            {
                $0.gitCommit
                    + ($0.gitIsDirty == true
                        ? " with uncommitted changes" : $0.gitIsDirty == nil ? "" : ", clean")
            }
        ),
    ]

    private static func uses(of id: Int64, in cells: [CellResult]) -> String {
        let trials = cells.reduce(0) { $0 + $1.trials.count { $0.environmentID == id } }
        let rounds = cells.reduce(0) { $0 + $1.rounds.count { $0.environmentID == id } }
        return "\(Figures.count(trials, "trial")), \(Figures.count(rounds, "round"))"
    }

    private static func load(in id: Int64, of cells: [CellResult]) -> String {
        let loads = cells.flatMap { cell in
            cell.trials.filter { $0.environmentID == id }.compactMap(\.load)
                + cell.rounds.filter { $0.environmentID == id }.compactMap(\.load)
        }
        guard let lowest = loads.map({ min($0.before, $0.after) }).min(),
            let highest = loads.map({ max($0.before, $0.after) }).max()
        else { return "not recorded" }
        return "\(Figures.fixed(lowest, decimals: 2)) to \(Figures.fixed(highest, decimals: 2))"
    }
}
