import COpenSSL
package import Foundation

/// A running SHA-256 (FIPS 180-4) over bytes that arrive in pieces.
///
/// A value: a copy goes its own way. libcrypto does the work, with the processor's SHA instructions where it
/// has them; where libcrypto refuses SHA-256 (a restrictive provider configuration) the portable version
/// takes over, so a digest is always to be had and always the same.
package struct SHA256Hasher {
    private enum State {
        case libcrypto(DigestContext)
        case portable(PortableSHA256)
    }

    private var state: State

    /// A hasher that has seen nothing.
    package init() {
        state = Self.initialState()
    }

    private static func initialState() -> State {
        if let context = DigestContext() {
            return .libcrypto(context)
        }
        return .portable(PortableSHA256())
    }

    /// Adds raw bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        switch state {
        case .libcrypto(var context):
            // Taken out of `state`, so that the reference is unique unless another copy of the hasher holds
            // it.
            state = .portable(PortableSHA256())
            if !isKnownUniquelyReferenced(&context) {
                context = context.copy()
            }
            context.update(bytes)
            state = .libcrypto(context)
        case .portable(var hasher):
            hasher.update(bytes)
            state = .portable(hasher)
        }
    }

    /// Adds an array's bytes.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds a data value's bytes.
    package mutating func update(_ data: Data) {
        data.withUnsafeBytes { update($0) }
    }

    /// Adds a text's UTF-8 bytes.
    package mutating func update(_ text: String) {
        update(Array(text.utf8))
    }

    /// Ends the digest and starts anew.
    ///
    /// - Returns: 64 lower-case hexadecimal digits.
    package mutating func finalize() -> String {
        let digest: [UInt8]
        switch state {
        case .libcrypto(let context): digest = context.copy().finish()
        case .portable(var hasher): digest = hasher.finish()
        }
        state = Self.initialState()
        return hexadecimal(digest)
    }
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// Owner of libcrypto's state.
///
/// Once `EVP_DigestInit_ex` has succeeded the later calls cannot fail on any input; their results are checked
/// all the same, for a wrong digest would be worse than a stop.
private final class DigestContext {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = EVP_MD_CTX_new() else { return nil }
        guard EVP_DigestInit_ex(pointer, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    private init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        EVP_MD_CTX_free(pointer)
    }

    func copy() -> DigestContext {
        guard let twin = EVP_MD_CTX_new(), EVP_MD_CTX_copy_ex(twin, pointer) == 1 else {
            preconditionFailure("libcrypto could not copy a SHA-256 state: out of memory")
        }
        return DigestContext(adopting: twin)
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        let outcome = EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count)
        precondition(outcome == 1, "libcrypto failed in the middle of a SHA-256")
    }

    func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let outcome = EVP_DigestFinal_ex(pointer, &digest, &length)
        precondition(outcome == 1 && length == 32, "libcrypto failed at the end of a SHA-256")
        return digest
    }
}
