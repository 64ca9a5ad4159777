package import ModelFiles

/// How many parameter elements a model has, and how many of them layer selection can drop.
package struct ParameterCounts: Sendable, Hashable {
    /// All elements; a tied tensor counts once.
    package let total: Int
    /// Elements of decoder layers, all layers together.
    package let inDecoderLayers: Int

    /// Counts the elements of a model of these sizes without allocating it.
    package init(configuration: ModelConfiguration) {
        let layout = configuration.parameterLayout
        func elements(_ shape: [Int]) -> Int { shape.reduce(1, *) }
        total = layout.reduce(0) { $0 + elements($1.shape) }
        inDecoderLayers = layout.reduce(0) { $1.group == .alwaysTuned ? $0 : $0 + elements($1.shape) }
    }
}
