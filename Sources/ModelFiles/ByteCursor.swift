/// Reads little-endian values one after the other, never past the end.
struct ByteCursor {
    let bytes: UnsafeRawBufferPointer
    /// The file's name, for errors.
    let file: String
    /// Where the next value starts.
    var offset = 0

    init(_ bytes: UnsafeRawBufferPointer, file: String) {
        self.bytes = bytes
        self.file = file
    }

    var remaining: Int { bytes.count - offset }

    /// Steps over `count` bytes and gives them.
    ///
    /// - Parameter what: What the bytes are, for the error when they are not there.
    mutating func take(_ count: Int, _ what: String) throws(ModelFileError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else {
            throw .damaged(
                file, "byte \(offset)", "\(what) needs \(count) bytes, \(remaining) are left")
        }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// The next fixed-width integer.
    mutating func integer<Integer: FixedWidthInteger>(
        _ type: Integer.Type, _ what: String
    ) throws(ModelFileError) -> Integer {
        Integer(littleEndian: try take(MemoryLayout<Integer>.size, what).loadUnaligned(as: Integer.self))
    }

    /// The next 64-bit count, which must fit an `Int` and be at most `limit`.
    mutating func count(atMost limit: Int, _ what: String) throws(ModelFileError) -> Int {
        let start = offset
        let value = try integer(UInt64.self, what)
        guard value <= UInt64(limit) else {
            throw .damaged(file, "byte \(start)", "\(what) is \(value), more than the \(limit) that can be")
        }
        return Int(value)
    }

    /// The next `count` bytes as text, which must be UTF-8.
    mutating func text(_ count: Int, _ what: String) throws(ModelFileError) -> String {
        let start = offset
        let bytes = try take(count, what)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .damaged(file, "byte \(start)", "\(what) is not UTF-8")
        }
        return text
    }
}
