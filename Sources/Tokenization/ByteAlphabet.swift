/// GPT-2's byte alphabet: one printable character for each of the 256 byte values.
///
/// Bytes that are printable in Latin-1 stand for themselves; the others are the characters from U+0100 on, in
/// order of their value. Source: `bytes_to_unicode` of GPT-2's published encoder.
package enum ByteAlphabet {
    /// The character of each byte value.
    package static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if isPrintable(byte) { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? "\u{FFFD}"
        }
    }()

    private static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: zip(scalars, UInt8.min...UInt8.max))

    /// The bytes that a token written in the alphabet stands for.
    ///
    /// A token with a character outside the alphabet (an added token) stands for its own UTF-8 bytes.
    package static func bytes(of token: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(token.utf8.count)
        for scalar in token.unicodeScalars {
            guard let byte = bytes[scalar] else { return Array(token.utf8) }
            result.append(byte)
        }
        return result
    }

    /// Bytes written in the alphabet.
    package static func text(of bytes: some Sequence<UInt8>) -> String {
        var view = String.UnicodeScalarView()
        for byte in bytes { view.append(scalars[Int(byte)]) }
        return String(view)
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
    }
}
