package import LanguageModels
import Optimizers
package import Training

extension ModelReference {
    /// The name as the suite has it, with random weights, 16-bit storage and a first token that is not the published one
    /// named as such.
    package var words: String {
        let remarks =
            (hasRandomWeights ? ["random weights"] : []) + (hasFullStorage ? [] : [storage.rawValue])
            + (firstToken == .published ? [] : ["its tokenizer's first token"])
        return remarks.isEmpty ? name : "\(name) (\(remarks.joined(separator: ", ")))"
    }

    /// Whether parameters are held as they are computed with, so that no update is lost by storing it.
    package var hasFullStorage: Bool { storage == .float32 }

    /// Whether the weights carry no training, so that only times mean anything.
    package var hasRandomWeights: Bool {
        if case .random = weights { true } else { false }
    }

    /// Whether it is an official size of the OPT family, the papers' models.
    package var isOfficialOPT: Bool {
        let parts = name.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0] == "opt" && parts[1].first?.isNumber == true
    }
}

extension StorageFormat {
    /// How parameters are held and computed with, as a phrase after a plan's name.
    package var words: String {
        self == .float32
            ? "in 32-bit floats" : "with parameters stored in \(rawValue) and arithmetic in 32-bit floats"
    }
}

extension Workload {
    /// A task's usual name, or a shape as batch times tokens.
    package var words: String {
        switch self {
        case .task(let name, _, _, _): Self.usualNames[name] ?? name
        case .shape(let batchSize, let tokens): "\(batchSize)x\(tokens) tokens"
        }
    }

    /// The tokens of a row of a bare shape, nil for a task.
    package var tokens: Int? {
        if case .shape(_, let tokens) = self { tokens } else { nil }
    }

    /// Whether it is a bare shape of random tokens.
    package var isShape: Bool {
        if case .shape = self { true } else { false }
    }

    private static let usualNames = [
        "sst2": "SST-2", "rte": "RTE", "cb": "CB", "boolq": "BoolQ",
        "boolq-with-titles": "BoolQ with titles",
        "wsc": "WSC", "wic": "WiC", "multirc": "MultiRC", "copa": "COPA", "record": "ReCoRD",
        "squad": "SQuAD",
        "drop": "DROP",
    ]
}

extension Method {
    /// `zero-shot`, `in-context (32)`, each perhaps calibrated, `LP`, `MeZO`, `LeZO`, `FT (AdamW)`, or where only the head
    /// is tuned `LP (head, AdamW)`: the MeZO paper has both kinds of linear probing in one row.
    package var words: String {
        switch self {
        case .zeroShot: "zero-shot"
        case .inContext(let settings): settings.words
        case .linearProbe: "LP"
        case .zerothOrder(let settings): settings.droppedLayerCount == 0 ? "MeZO" : "LeZO"
        case .firstOrder(let settings):
            tunesHead ? "LP (head, \(settings.rule.words))" : "FT (\(settings.rule.words))"
        }
    }
}

extension Cell {
    /// Whether anything is trained, so that plan and noise seed matter.
    package var takesSteps: Bool { schedule.steps > 0 }

    /// Whether its steps are those of an execution plan; whatever else is done is done in one way.
    package var followsPlan: Bool { method.zerothOrderSettings != nil }

    /// Examples or rows in one step's batch.
    package var batchSize: Int {
        switch workload {
        case .task: schedule.batchSize
        case .shape(let batchSize, _): batchSize
        }
    }

    /// How many decoder layers a step leaves out, 0 for MeZO and for zero-shot.
    package var droppedLayerCount: Int {
        method.zerothOrderSettings?.droppedLayerCount ?? 0
    }
}
