/// A set of layers as two integers of 63 bits, so that a step row stays small and SQL can test a layer.
struct LayerBits: Hashable {
    /// Layers that fit: 0 to 125.
    static let capacity = 126
    /// Bit i stands for layer i, 0 to 62.
    var low: Int64
    /// Bit i stands for layer 63 + i.
    var high: Int64

    init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }

    /// The set of `layers`, or nil when one is outside 0 to 125 or they are not ascending, which would not come
    /// back the same.
    init?(layers: [Int]) {
        self.init(low: 0, high: 0)
        var last = -1
        for layer in layers {
            guard layer > last, layer < Self.capacity else { return nil }
            last = layer
            if layer < 63 { low |= 1 << layer } else { high |= 1 << (layer - 63) }
        }
    }

    /// The layers, ascending.
    var layers: [Int] {
        var layers: [Int] = []
        for (bits, offset) in [(low, 0), (high, 63)] {
            var rest = UInt64(bitPattern: bits)
            while rest != 0 {
                layers.append(rest.trailingZeroBitCount + offset)
                rest &= rest - 1
            }
        }
        return layers
    }
}
