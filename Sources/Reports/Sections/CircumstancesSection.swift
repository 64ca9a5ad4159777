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
        let followed = Set(cells.filter { $0.method.zerothOrderSettings != nil }.map(\.plan))
        let plans = ExecutionPlan.allCases.filter(followed.contains).map(\.rawValue)
        let name = findings.snapshot.protocolName
        return
            "Suite \(findings.snapshot.suiteName)\(name.isEmpty ? "" : ", protocol \(name)") (file SHA-256 \(findings.snapshot.suiteSHA256)): "
            + "\(Figures.count(cells.count, "cell")) on \(Figures.joined(models)), "
            + Figures.joined(workloads)
            + (cells.contains { $0.workload.isShape } ? " (rows of a batch x tokens of a row)" : "")
            + (plans.isEmpty ? "." : ", \(Figures.joined(plans)) plan\(plans.count == 1 ? "" : "s").")
    }

    private static func environmentTable(_ findings: SuiteFindings) -> Table? {
        let environments = findings.snapshot.environments.sorted { $0.key < $1.key }
        guard !environments.isEmpty else { return nil }
        var table = Table(
            name: "environments", caption: "Machine, build and libraries.",
            columns: [.init("property")] + environments.map { .init("environment \($0.key)") })
        for (property, value) in EnvironmentFacts.all {
            table.append([property] + environments.map { value($0.value) })
        }
        table.append(
            ["BLAS as installed"]
                + environments.map { asInstalled($0.value, rates: findings.snapshot.blasRates[$0.key]) })
        table.append(
            ["matrix products (GFLOP/s)"]
                + environments.map {
                    Figures.fixed(findings.snapshot.blasRates[$0.key]?.gigaflops, decimals: 0)
                })
        table.append(["trials and rounds"] + environments.map { uses(of: $0.key, in: findings.cells) })
        table.append(["load average"] + environments.map { load(in: $0.key, of: findings.cells) })
        return table
    }

    /// What BLAS would have used without being told, and how it came to use what it did.
    private static func asInstalled(_ environment: Environment, rates: BLASRates?) -> String {
        guard let coreType = environment.blasCoreTypeAsInstalled else { return "not recorded" }
        guard let forced = environment.forcedBLASCoreType else { return "\(coreType), nothing was forced" }
        let rate = rates.map { " (\(Figures.fixed($0.gigaflopsAsInstalled, decimals: 0)) GFLOP/s)" } ?? ""
        return "\(coreType)\(rate), so \(forced) was forced"
    }

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
