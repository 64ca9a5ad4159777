extension GGUFTensorType {
    /// Converts whole blocks to float32, with the operations and roundings of gguf's Python `dequantize`.
    ///
    /// - Parameters:
    ///   - source: The blocks, `destination.count / blockElements` of them, unaligned.
    ///   - destination: A whole number of blocks' elements.
    func dequantize(_ source: UnsafeRawPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        let blocks = destination.count / blockElements
        guard blocks > 0, let target = destination.baseAddress else { return }
        let bytes = UnsafeRawBufferPointer(start: source, count: blocks * blockBytes)
        switch self {
        case .float32: ElementType.float32.widen(bytes, into: destination)
        case .float16: ElementType.float16.widen(bytes, into: destination)
        case .bfloat16: ElementType.bfloat16.widen(bytes, into: destination)
        case .q4_0: each(blocks, source, target) { dequantizeQ4($0, into: $1) }
        case .q4_1: each(blocks, source, target) { dequantizeQ4WithMinimum($0, into: $1) }
        case .q5_0: each(blocks, source, target) { dequantizeQ5($0, into: $1) }
        case .q5_1: each(blocks, source, target) { dequantizeQ5WithMinimum($0, into: $1) }
        case .q8_0: each(blocks, source, target) { dequantizeQ8($0, into: $1) }
        }
    }

    @inline(__always)
    private func each(
        _ blocks: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>,
        _ convert: (UnsafeRawPointer, UnsafeMutablePointer<Float>) -> Void
    ) {
        for block in 0..<blocks {
            convert(source + block * blockBytes, target + block * blockElements)
        }
    }
}

@inline(__always)
private func half(_ pointer: UnsafeRawPointer, at offset: Int) -> Float {
    widenHalf(pointer.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
}

@inline(__always)
private func byte(_ pointer: UnsafeRawPointer, _ offset: Int) -> Int32 {
    Int32(pointer.load(fromByteOffset: offset, as: UInt8.self))
}

/// `scale * (quant - 8)`; low halves of the 16 bytes first, then the high halves.
@inline(__always)
private func dequantizeQ4(_ block: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>) {
    let scale = half(block, at: 0)
    for index in 0..<16 {
        let pair = byte(block, 2 + index)
        target[index] = scale * Float((pair & 15) - 8)
        target[index + 16] = scale * Float((pair >> 4) - 8)
    }
}

/// `scale * quant + minimum`, in two roundings.
@inline(__always)
private func dequantizeQ4WithMinimum(_ block: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>) {
    let scale = half(block, at: 0)
    let minimum = half(block, at: 2)
    for index in 0..<16 {
        let pair = byte(block, 4 + index)
        target[index] = scale * Float(pair & 15) + minimum
        target[index + 16] = scale * Float(pair >> 4) + minimum
    }
}

/// `scale * (quant - 16)`; the fifth bits stand in one 32-bit word, in the elements' order.
@inline(__always)
private func dequantizeQ5(_ block: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>) {
    let scale = half(block, at: 0)
    let fifthBits = UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
    for index in 0..<16 {
        let pair = byte(block, 6 + index)
        let low = Int32(truncatingIfNeeded: (fifthBits >> UInt32(index)) & 1) << 4
        let high = Int32(truncatingIfNeeded: (fifthBits >> UInt32(index + 16)) & 1) << 4
        target[index] = scale * Float(((pair & 15) | low) - 16)
        target[index + 16] = scale * Float(((pair >> 4) | high) - 16)
    }
}

/// `scale * quant + minimum` with five bits a quant, in two roundings.
@inline(__always)
private func dequantizeQ5WithMinimum(_ block: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>) {
    let scale = half(block, at: 0)
    let minimum = half(block, at: 2)
    let fifthBits = UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
    for index in 0..<16 {
        let pair = byte(block, 8 + index)
        let low = Int32(truncatingIfNeeded: (fifthBits >> UInt32(index)) & 1) << 4
        let high = Int32(truncatingIfNeeded: (fifthBits >> UInt32(index + 16)) & 1) << 4
        target[index] = scale * Float((pair & 15) | low) + minimum
        target[index + 16] = scale * Float((pair >> 4) | high) + minimum
    }
}

/// `scale * quant` with signed bytes.
@inline(__always)
private func dequantizeQ8(_ block: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>) {
    let scale = half(block, at: 0)
    for index in 0..<32 {
        target[index] = scale * Float(block.load(fromByteOffset: 2 + index, as: Int8.self))
    }
}
