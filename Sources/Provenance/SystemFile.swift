import Glibc

/// Small texts that the kernel offers as files.
enum SystemFile {
    /// The file's text, nil when it cannot be read.
    ///
    /// Files under `/proc` have no size to ask for, so it is read to its end.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? nil : String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}
