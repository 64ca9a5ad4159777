import LanguageModels
import Optimizers
import ResultStore
import Training

extension ClaimAssessor {
    /// The same without the cells that tune other parameters than a claim is about, so that a figure of LoRA is never held
    /// against one of full fine-tuning.
    func keepingTuned(as claim: Claim) -> ClaimAssessor {
        var kept = self
        kept.snapshot.cells = snapshot.cells.filter { claim.isAboutTuned(by: $0.cell) }
        kept.speedups = speedups.filter { claim.isAboutTuned(by: $0.candidate.cell) }
        kept.accuracy = accuracy.keeping { claim.isAboutTuned(by: $0.representative.cell) }
        kept.timesToTarget = timesToTarget.filter {
            claim.isAboutTuned(by: $0.candidate.representative.cell)
        }
        return kept
    }
}

extension Claim {
    /// Whether a cell tunes the kind of parameters that the claim is about, or tunes nothing.
    func isAboutTuned(by cell: Cell) -> Bool {
        guard cell.takesSteps || cell.workload.isShape else { return true }
        return switch (mode, cell.method.adapterSettings) {
        case (.none, _), (.full, nil), (.lora, .lowRank), (.prefix, .prefix): true
        case (.full, _), (.lora, _), (.prefix, _): false
        }
    }
}
