import Foundation
import LanguageModels
import Optimizers
import Provenance
import ResultStore
import Training

/// What of a measurement's circumstances is not a claim's.
struct ClaimCircumstances {
    var snapshot: ResultSnapshot
    var ledger: ClaimsLedger

    /// Why a cell is something else than the claim is about, or nil: its method, plan, model or data.
    func mismatch(of cell: CellResult, with claim: Claim) -> String? {
        let reasons = [
            ClaimMethod(claim).mismatch(of: cell.cell), planMismatch(cell.cell, claim),
            objectiveMismatch(cell.cell),
            modelMismatch(cell.cell.model, claim),
            dataMismatch(cell, claim),
        ]
        let found = reasons.compactMap { $0 }
        return found.isEmpty ? nil : found.joined(separator: "; ")
    }

    /// All circumstances that differ or that the source leaves open.
    func differences(of cell: CellResult, from claim: Claim, seeds: Int? = nil) -> [ClaimDifference] {
        let model = cell.cell.model
        var all: [ClaimDifference] = []
        func add(_ aspect: String, _ reported: String?, _ ours: String) {
            guard reported?.lowercased() != ours.lowercased() else { return }
            all.append(ClaimDifference(aspect: aspect, reported: reported, ours: ours))
        }
        add("model", claim.model, model.name)
        if model.hasRandomWeights { add("weights", "trained", "random") }
        if !claim.setting.isEmpty { add("setting", claim.setting, "none of the kind") }
        switch cell.cell.workload {
        case .shape(_, let tokens):
            add("data", claim.isAboutAnyTask ? nil : claim.task, "random tokens")
            add("tokens of a row", claim.tokens.map(String.init), String(tokens))
        case .task:
            for note in subsetNotes(cell) { add("data", "all of it", note) }
        }
        if cell.cell.method.takesSteps {
            add("batch", claim.batch.map(String.init), String(cell.cell.batchSize))
            if let adapters = cell.cell.method.adapterSettings, !adapters.isUsual {
                add("adapters", usualAdapters(claim), TunedParameters.adapters(adapters).spelling)
            }
            if seeds != nil { add("steps", claim.steps.map(String.init), String(cell.cell.schedule.steps)) }
        }
        if let seeds { add("seeds", claim.seeds.map(String.init), String(seeds)) }
        if cell.cell.droppedLayerCount > 0 {
            add("sparsity", claim.sparsity.map(Self.share), Self.share(cell.sparsity))
        }
        add("storage", claim.storage.isEmpty ? nil : claim.storage, model.storage.rawValue)
        if claim.metric.isOfMachine, let machine = machine(of: cell) {
            add("hardware", claim.hardware.isEmpty ? nil : claim.hardware, machine)
        }
        if cell.cell.plan == .fused { add("execution plan", "pass after pass", "fused") }
        return all
    }

    /// What the papers tune as adapters of a claim's kind, nil where it is about none.
    private func usualAdapters(_ claim: Claim) -> String? {
        switch claim.mode {
        case .lora: TunedParameters.adapters(.usualLowRank).spelling
        case .prefix: TunedParameters.adapters(.usualPrefix).spelling
        case .full, .none: nil
        }
    }

    /// Rows of a claim's task are known by their length: a shape of that length stands for them, whatever its tokens.
    func isLength(_ tokens: Int, of claim: Claim) -> Bool {
        if let stated = claim.tokens { return stated == tokens }
        return claim.isAboutAnyTask
            || claim.taskNames.contains { ledger.statedLengths(ofTaskNamed: $0).contains(tokens) }
    }

    /// The claims whose length a shape has where the claim itself states none, as a remark; nil otherwise.
    func remarkOnLength(of cell: CellResult, claim: Claim) -> String? {
        guard claim.tokens == nil, !claim.isAboutAnyTask, let tokens = cell.cell.workload.tokens,
            isLength(tokens, of: claim),
            let source = ledger.claims.first(where: { other in
                other.tokens == tokens && claim.taskNames.contains { other.names(taskNamed: $0) }
            })
        else { return nil }
        return "\(tokens) tokens are the mean length of \(claim.task) in \(source.paper), \(source.source)"
    }

    private func planMismatch(_ cell: Cell, _ claim: Claim) -> String? {
        guard claim.metric.isShare, cell.plan != .reference else { return nil }
        return
            "the \(cell.plan.rawValue) plan makes other passes than the claim is about, which is judged on the "
            + "reference plan"
    }

    private func objectiveMismatch(_ cell: Cell) -> String? {
        cell.objective == .logLikelihood
            ? nil : "different objective: the metric itself, the claim is about the log-likelihood"
    }

    private func modelMismatch(_ model: ModelReference, _ claim: Claim) -> String? {
        if !claim.isAbout(model) {
            return "different model: \(model.words), the claim is about \(claim.model)"
        }
        return claim.metric.isScore && model.hasRandomWeights ? "the weights are random" : nil
    }

    private func dataMismatch(_ cell: CellResult, _ claim: Claim) -> String? {
        switch cell.cell.workload {
        case .shape(_, let tokens):
            return isLength(tokens, of: claim)
                ? nil : "different data: random tokens of another length, the claim is about \(claim.task)"
        case .task(let name, _, _, _):
            // Which tasks an average is over is judged where it is formed.
            if claim.metric == .averageScore { return nil }
            guard claim.isAboutAnyTask || claim.names(taskNamed: name) else {
                return "different data: \(cell.cell.workload.words), the claim is about \(claim.task)"
            }
            return claim.metric.isScore && !claim.isAboutAnyTask && !subsetNotes(cell).isEmpty
                ? "only a subset of the data" : nil
        }
    }

    /// What the archives of a cell's task say about themselves: that they are no official ones.
    func subsetNotes(_ cell: CellResult) -> [String] {
        guard case .task(let name, _, _, _) = cell.cell.workload else { return [] }
        return snapshot.artifacts.filter { $0.kind == "archive" && $0.subject == name }.compactMap(\.note)
            .sorted()
    }

    private func machine(of cell: CellResult) -> String? {
        let ids = cell.timedRounds.map(\.environmentID) + cell.trials.map(\.environmentID)
        return ids.compactMap { $0 }.min().flatMap { snapshot.environments[$0] }.map {
            "\($0.processor), \($0.threadCount) threads"
        }
    }

    private static func share(_ value: Double) -> String {
        String(format: "%.2f", value)
    }
}

extension ClaimMetric {
    /// Whether it is a share of a step's time.
    package var isShare: Bool {
        switch self {
        case .overheadShare, .perturbShare, .forwardShare, .updateShare: true
        default: false
        }
    }

    /// Whether it is a score on test examples or a change of one.
    package var isScore: Bool {
        switch self {
        case .accuracy, .f1, .averageScore, .scoreChange: true
        default: false
        }
    }

    /// Whether another machine is expected to give another value.
    package var isOfMachine: Bool { isShare || isSpeedup }
}
