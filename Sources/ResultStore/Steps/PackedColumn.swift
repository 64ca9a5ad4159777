/// Numbers as bytes, all of one width, highest byte first: what `hex` shows of a value is the value.
package enum PackedColumn {
    /// Bytes that tell nothing a writer could have meant.
    package struct Malformed: Error {
        /// What was found, as a sentence without the column.
        package let problem: String
    }

    /// The fewest bytes that the largest of some numbers needs; 0 when all are 0.
    static func leastWidth(of values: [UInt64]) -> Int {
        let bits = values.reduce(0, |)
        return (64 - bits.leadingZeroBitCount + 7) / 8
    }

    /// The lowest `width` bytes of each number.
    static func bytes(of values: [UInt64], width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * width)
        for value in values {
            for place in (0..<width).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place)))
            }
        }
        return bytes
    }

    /// The `count` numbers in some bytes; there must be as many bytes for each, `width` of them if it is given.
    static func values(
        in bytes: [UInt8], count: Int, width: Int? = nil
    ) throws(Malformed) -> [UInt64] {
        let found = bytes.count / count
        guard bytes.count == found * count, found <= 8, width == nil || width == found else {
            let wanted = width.map { "\($0)" } ?? "0 to 8"
            throw Malformed(problem: "\(bytes.count) bytes for \(count) steps, \(wanted) expected for each")
        }
        guard found > 0 else { return [UInt64](repeating: 0, count: count) }
        return stride(from: 0, to: bytes.count, by: found).map { start in
            bytes[start..<start + found].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
