import LanguageModels
import ModelFiles
import Optimizers
package import Training

extension CostEstimate {
    /// Bytes that a trial holds: weights as they are stored, and the activations of one batch; with gradients also
    /// these, an optimizer's state and what a forward pass leaves for the backward pass.
    package func peakBytes(of cell: Cell) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)] else { return 0 }
        let configuration = model.configuration
        let weights = Double(cell.model.storage.bytesPerElement * model.parameterCounts.total)
        // The fused plan computes both probes at once.
        let tokens = cell.plan == .fused ? 2 * lengths.packedTokensInBatch : lengths.paddedTokensInBatch
        let activations =
            tokens * Double(6 * configuration.hiddenSize + 2 * configuration.feedForwardSize)
        guard let settings = cell.method.firstOrderSettings else { return weights + 4 * activations }
        let parameters = trainedElements(model, settings) * Double(1 + settings.stateFloatsPerParameter)
        guard settings.tuned != .head else { return weights + 4 * (parameters + activations) }
        // The gradients of activations are as many as these.
        return weights + 4 * (parameters + 2 * activations + tape(settings, configuration, tokens: tokens))
    }

    /// Floats that a forward pass leaves for a backward pass: the residual stream before each layer, and the inside of
    /// all layers or of one.
    private func tape(
        _ settings: FirstOrderSettings, _ configuration: ModelConfiguration, tokens: Double
    ) -> Double {
        let layers = Double(configuration.layerCount)
        let inside = Double(8 * configuration.hiddenSize + 2 * configuration.feedForwardSize)
        return tokens
            * ((layers + 1) * Double(configuration.hiddenSize)
                + (settings.retention == .kept ? layers : 1) * inside)
    }
}
