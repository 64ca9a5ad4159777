import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Tasks
import Training

extension ProtocolSentences {
    /// What is not as the papers have it: 16-bit storage and parameters that are never tuned.
    static func settings(_ cells: [CellResult]) -> [String] {
        let stepping = cells.map(\.cell).filter { $0.method.zerothOrderSettings != nil }
        var sentences: [String] = []
        let stored = stepping.filter { !$0.model.hasFullStorage }
        if !stored.isEmpty {
            let formats = Set(stored.map(\.model.storage.rawValue)).sorted()
            let roundings = Set(stored.compactMap { $0.method.zerothOrderSettings?.rounding.words }).sorted()
            sentences.append(
                "16-bit storage: parameters are held in \(Figures.joined(formats)) and computed with in 32-bit floats; an "
                    + "updated value is rounded \(roundings.joined(separator: " or "))."
            )
        }
        if stepping.contains(where: { $0.method.zerothOrderSettings?.tuned == .decoderLayers }) {
            let extent = stepping.allSatisfy { $0.method.zerothOrderSettings?.tuned == .decoderLayers }
            sentences.append(
                "\(extent ? "Tuned are" : "In some cells, named so, tuned are") the decoder layers alone: embeddings, final "
                    + "norm and head stay as they are.")
        }
        return sentences + adapters(cells.map(\.cell))
    }

    /// What adapters are, and what they begin as.
    private static func adapters(_ cells: [Cell]) -> [String] {
        let adapters = cells.compactMap(\.method.adapterSettings)
        var sentences: [String] = []
        if adapters.contains(where: { if case .lowRank = $0 { true } else { false } }) {
            sentences.append(
                "LoRA: tuned are low-rank matrices A and B beside projections of every layer's attention, W x + (alpha / r) "
                    + "B A x, query and value where no others are named; A begins uniform in the bounds of its input "
                    + "width, drawn from the noise seed, and B as 0. The model's own parameters stay as they are."
            )
        }
        if adapters.contains(where: { if case .prefix = $0 { true } else { false } }) {
            sentences.append(
                "Prefix: tuned are the keys and values of a few virtual tokens before all others in every layer; they begin "
                    + "as those of real tokens drawn from the noise seed. The model's own parameters stay as they are."
            )
        }
        return sentences
    }

    static func plans(_ cells: [CellResult]) -> [String] {
        let plans = Set(cells.map(\.cell).filter { $0.method.zerothOrderSettings != nil }.map(\.plan))
        var sentences: [String] = []
        if plans.contains(.reference) {
            sentences.append(
                "Reference plan: three perturbation passes and one update pass a step, padded batches, every option a "
                    + "full row, logits at every position.")
        }
        if plans.contains(.fused) {
            sentences.append(
                "Fused plan: the same mathematics in one pass over the parameters a step. Each tile of a weight matrix gets "
                    + "the update of the step before, then both probes are formed in scratch and multiplied at once, so "
                    + "that no perturbation is ever stored; nothing is padded, shared prompts are computed once, and "
                    + "logits only where they are read.")
        }
        if plans.count > 1 {
            sentences.append(
                "The plans take turns within each round; their times are compared with each other only where a table "
                    + "says so. Claims about shares of a step are judged on the reference plan, claims about speed and memory "
                    + "on each plan apart.")
        }
        return sentences
    }
}

extension UpdateRounding {
    /// How a value is rounded, as a phrase after that word.
    fileprivate var words: String {
        switch self {
        case .nearest: "to nearest"
        case .stochastic: "stochastically"
        }
    }
}
