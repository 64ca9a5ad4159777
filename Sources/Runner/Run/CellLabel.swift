import LanguageModels
import Optimizers
package import Training

extension Cell {
    /// The cell in a few words, as progress lines and plans show it: `sst2 · LeZO 50% (15 of 30) · η 1e-05`, and
    /// what is not as usual: `· fused · bfloat16 · LoRA r 8 α 16 · stochastic rounding`.
    package func label(layerCount: Int) -> String {
        var words = [workload.label, method.label(layerCount: layerCount)]
        if plan == .fused { words.append(plan.rawValue) }
        if model.storage != .float32 { words.append(model.storage.rawValue) }
        if case .zerothOrder(let settings) = method {
            words += [settings.tuned.words].compactMap { $0 }
            if settings.rounding == .stochastic { words.append("stochastic rounding") }
        }
        if case .firstOrder(let settings) = method {
            words += [settings.tuned.words].compactMap { $0 }
            if settings.tuned != .head, settings.retention == .recomputed {
                words.append("activations recomputed")
            }
        }
        if objective == .metric { words.append("on the metric") }
        return words.joined(separator: " · ")
    }
}

extension Workload {
    /// The task's name, or the shape as `16x64`.
    package var label: String {
        switch self {
        case .task(let name, _, _, _): name
        case .shape(let batchSize, let tokens): "\(batchSize)x\(tokens)"
        }
    }
}

extension Method {
    /// The method with its sparsity and learning rate, or with its demonstrations.
    package func label(layerCount: Int) -> String {
        let settings: ZerothOrderSettings
        switch self {
        case .zeroShot: return "zero-shot"
        case .inContext(let context): return context.words
        case .linearProbe: return "linear probing"
        case .zerothOrder(let zerothOrder): settings = zerothOrder
        case .firstOrder(let firstOrder):
            let name = tunesHead ? "linear probing (head)" : "FT"
            return "\(name) \(firstOrder.rule.words) · η \(firstOrder.learningRate)"
        }
        let rate = "η \(settings.learningRate)"
        if settings.droppedLayerCount == 0 { return "MeZO · \(rate)" }
        let share = (100 * Double(settings.droppedLayerCount) / Double(max(1, layerCount))).rounded()
        // A count from a stranger's database may be larger than any number of layers.
        let percent = Int(exactly: share).map { String($0) } ?? String(share)
        return "LeZO \(percent)% (\(settings.droppedLayerCount) of \(layerCount)) · \(rate)"
    }
}
