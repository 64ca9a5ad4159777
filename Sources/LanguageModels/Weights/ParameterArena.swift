package import Kernels

/// Whether a parameter belongs to one decoder layer, and so may be dropped in a step, or never is.
package enum ParameterGroup: Sendable, Hashable, Codable {
    /// Perturbed in every step: embeddings, final norm, head, projections around the decoder.
    case alwaysTuned
    /// Part of decoder layer `index`, counted from 0.
    case decoderLayer(Int)
}

/// A named view into a ``ParameterArena``.
package struct Parameter: Sendable, Hashable {
    /// Hugging Face's name, such as `model.decoder.layers.0.fc1.weight`.
    package let name: String
    /// Row-major shape.
    package let shape: [Int]
    /// Elements of the arena, by global index; the random stream is keyed by these indices.
    package let range: Range<Int>
    /// The group that layer selection acts on.
    package let group: ParameterGroup
}

/// All parameters of one model: one contiguous, page-aligned run of numbers of one format in a fixed order.
package final class ParameterArena {
    /// The parameters in arena order; their ranges tile `0..<count` without gaps.
    package let parameters: [Parameter]
    /// The number of decoder layers.
    package let layerCount: Int
    /// The number of elements.
    package let count: Int
    /// The elements of each decoder layer.
    package let layerRanges: [Range<Int>]
    /// How the elements are held in memory.
    package let format: StorageFormat
    private let memory: ParameterMemory
    private let indexByName: [String: Int]

    /// Lays out parameters in the given order and allocates zeroed storage.
    ///
    /// - Throws: ``OutOfMemory`` when the system refuses the storage.
    package init(
        layout: [(name: String, shape: [Int], group: ParameterGroup)], layerCount: Int,
        format: StorageFormat = .float32
    ) throws(OutOfMemory) {
        var parameters: [Parameter] = []
        var indexByName: [String: Int] = [:]
        var offset = 0
        for entry in layout {
            let elements = entry.shape.reduce(1, *)
            indexByName[entry.name] = parameters.count
            parameters.append(
                Parameter(
                    name: entry.name, shape: entry.shape, range: offset..<(offset + elements),
                    group: entry.group)
            )
            offset += elements
        }
        self.parameters = parameters
        self.indexByName = indexByName
        self.layerCount = layerCount
        layerRanges = (0..<layerCount).map { layer in
            let ranges = parameters.filter { $0.group == .decoderLayer(layer) }.map(\.range)
            return (ranges.first?.lowerBound ?? 0)..<(ranges.last?.upperBound ?? 0)
        }
        count = offset
        self.format = format
        memory = try ParameterMemory(count: offset, format: format)
    }

    /// The elements in memory, valid for the life of the arena.
    package var storage: ParameterStorage { memory.storage }

    /// The first element of an arena in float32, valid for the life of the arena; there is none for other formats.
    package var base: UnsafeMutablePointer<Float> {
        guard case .float32(let base) = storage else {
            preconditionFailure("the parameters are stored as \(format), not as float32")
        }
        return base
    }

    /// The parameter of that name, if there is one.
    package func parameter(named name: String) -> Parameter? {
        indexByName[name].map { parameters[$0] }
    }

    /// The elements of one parameter of an arena in float32, valid for the life of the arena.
    package func elements(of parameter: Parameter) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: base + parameter.range.lowerBound, count: parameter.range.count)
    }

    /// The element ranges left when `droppedLayers` are taken out, merged and ascending.
    ///
    /// - Parameters:
    ///   - droppedLayers: Decoder layers, counted from 0.
    ///   - includingAlwaysTuned: Whether embeddings, final norm and head are part of them.
    package func activeRanges(droppedLayers: Set<Int>, includingAlwaysTuned: Bool = true) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for parameter in parameters where !parameter.range.isEmpty {
            switch parameter.group {
            case .alwaysTuned where !includingAlwaysTuned: continue
            case .decoderLayer(let layer) where droppedLayers.contains(layer): continue
            case .alwaysTuned, .decoderLayer: break
            }
            if let last = ranges.last, last.upperBound == parameter.range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<parameter.range.upperBound
            } else {
                ranges.append(parameter.range)
            }
        }
        return ranges
    }
}
