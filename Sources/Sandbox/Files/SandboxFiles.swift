import Archives
import Glibc

/// Making folders and text files.
enum SandboxFiles {
    /// Makes a folder and those above it; one that is there already is left as it is.
    static func makeFolder(_ path: String) throws(SandboxError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            if mkdir(made, 0o755) != 0, errno != EEXIST {
                throw SandboxError(path: made, errorNumber: errno)
            }
        }
    }

    /// Writes a text file in place of one of that name; nobody ever sees half of it.
    static func write(_ text: String, to path: String) throws(SandboxError) {
        try write(Array(text.utf8), to: path)
    }

    /// The same for any bytes.
    static func write(_ bytes: [UInt8], to path: String) throws(SandboxError) {
        do {
            try WholeFile.write(bytes, to: path)
        } catch {
            throw SandboxError(path: path, errorNumber: error.errorNumber)
        }
    }
}
