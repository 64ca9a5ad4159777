/// Opcodes that push one value without parts.
extension Unpickler {
    /// Pushes what `opcode` stands for; false when it is of another sort.
    mutating func pushScalar(_ opcode: UInt8) throws(ModelFileError) -> Bool {
        switch Character(Unicode.Scalar(opcode)) {
        case "\u{80}": _ = try cursor.integer(UInt8.self, "the protocol")
        case "\u{95}": _ = try cursor.take(8, "a frame's length")
        case "N": push(.none)
        case "\u{88}": push(.bool(true))
        case "\u{89}": push(.bool(false))
        case "K": push(.integer(Int(try cursor.integer(UInt8.self, "an integer"))))
        case "M": push(.integer(Int(try cursor.integer(UInt16.self, "an integer"))))
        case "J": push(.integer(Int(try cursor.integer(Int32.self, "an integer"))))
        case "\u{8a}": push(.integer(try longInteger()))
        case "G":
            let bits = try cursor.integer(UInt64.self, "a number")
            push(.number(Double(bitPattern: bits.byteSwapped)))
        case "X": push(.string(try text(lengthBytes: 4)))
        case "\u{8c}": push(.string(try text(lengthBytes: 1)))
        default: return false
        }
        return true
    }

    private mutating func text(lengthBytes: Int) throws(ModelFileError) -> String {
        let length =
            lengthBytes == 1
            ? Int(try cursor.integer(UInt8.self, "a string's length"))
            : Int(try cursor.integer(UInt32.self, "a string's length"))
        return try cursor.text(length, "a string")
    }

    private mutating func longInteger() throws(ModelFileError) -> Int {
        let length = Int(try cursor.integer(UInt8.self, "an integer's length"))
        guard length <= 8 else { throw broken("an integer of \(length) bytes") }
        var bits: UInt64 = 0
        let bytes = try cursor.take(length, "an integer")
        for (index, byte) in bytes.enumerated() { bits |= UInt64(byte) << UInt64(8 * index) }
        let unused = UInt64(64 - 8 * length)
        return length == 0 ? 0 : Int(Int64(bitPattern: bits << unused) >> Int64(unused))
    }
}
