import Glibc

/// Sequential reading of a file that is not packed.
final class PlainFileReader {
    private let descriptor: Int32
    private let path: String

    /// Opens a file for reading.
    init(path: String) throws(ArchiveError) {
        // Without waiting: a named pipe would keep the program until someone writes to it.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        self.path = path
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .cannotOpen(path: path, reason: "it is a device, a pipe or a folder, not a file")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
            }
            return count
        }
    }
}
