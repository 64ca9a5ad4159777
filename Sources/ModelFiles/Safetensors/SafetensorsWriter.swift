import Archives
import Glibc
package import Kernels

/// Writes tensors as a safetensors file, in float32 or in one of the 16-bit formats.
///
/// Layout: eight bytes with the header's length (little-endian), a JSON header padded with spaces to a
/// multiple of eight bytes, then the tensors back to back, sorted by name. The same tensors give the same bytes.
/// Source: the format's description in the safetensors project's README.
package enum SafetensorsWriter {
    /// Writes every tensor of a source, replacing a file of that name; nobody ever sees half a file.
    ///
    /// - Parameters:
    ///   - source: The tensors; they are read one at a time, so memory holds only the largest of them.
    ///   - path: The file's path; its folder must exist.
    ///   - metadata: Free text under the header's `__metadata__`; `format: pt` is added for transformers.
    ///   - half: The 16-bit format to round to; nil for float32.
    /// - Throws: ``ModelFileError`` when the source cannot be read or the file cannot be written.
    package static func write(
        _ source: any WeightSource, to path: String, metadata: [String: String] = [:],
        half: HalfFormat? = nil
    ) throws(ModelFileError) {
        let type = ElementType(half: half)
        let tensors = source.tensorNames.sorted().map {
            Tensor(name: $0, shape: source.shape(of: $0) ?? [], type: type)
        }
        let partial = path + ".partial"
        do throws(ModelFileError) {
            let file = try OutputFile(path: partial, shownPath: path)
            try file.write(header(of: tensors, metadata: metadata))
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: tensors.map(\.byteCount).max() ?? 0, alignment: 64)
            defer { buffer.deallocate() }
            for tensor in tensors {
                let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<tensor.byteCount])
                try source.read(tensor.name, into: TensorDestination(bytes, half: half))
                try file.write(UnsafeRawBufferPointer(bytes))
            }
            try file.close()
            guard rename(partial, path) == 0 else {
                throw OutputFile.failure(path, errno)
            }
        } catch {
            unlink(partial)
            throw error
        }
    }

    private struct Tensor {
        let name: String
        let shape: [Int]
        let type: ElementType

        var byteCount: Int { shape.reduce(1, *) * type.byteCount }
    }

    private static func header(of tensors: [Tensor], metadata: [String: String]) -> [UInt8] {
        var notes = metadata
        notes["format"] = "pt"
        let noteFields = notes.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
        var fields = ["\"__metadata__\":{\(noteFields.joined(separator: ","))}"]
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.byteCount
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            fields.append(
                "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(end)]}"
            )
            offset = end
        }
        var json = Array("{\(fields.joined(separator: ","))}".utf8)
        json += Array(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
    }

    private static func quoted(_ text: String) -> String {
        ASCIIJSONString.quoted(text, newline: .numbered)
    }
}

/// A file being written, front to back.
private final class OutputFile {
    private let descriptor: Int32
    private let shownPath: String
    private var isOpen = true

    init(path: String, shownPath: String) throws(ModelFileError) {
        self.shownPath = shownPath
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            isOpen = false
            throw Self.failure(shownPath, errno)
        }
    }

    deinit {
        if isOpen { _ = Glibc.close(descriptor) }
    }

    func write(_ bytes: [UInt8]) throws(ModelFileError) {
        let failed = bytes.withUnsafeBytes { WholeFile.writeAll($0, to: descriptor) }
        if let failed { throw Self.failure(shownPath, failed) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        if let failed = WholeFile.writeAll(bytes, to: descriptor) { throw Self.failure(shownPath, failed) }
    }

    /// Hands the bytes to the disk, so that renaming the file puts a whole one in place even if power fails.
    func close() throws(ModelFileError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(shownPath, errno) }
        isOpen = false
        guard Glibc.close(descriptor) == 0 else { throw Self.failure(shownPath, errno) }
    }

    static func failure(_ path: String, _ number: Int32) -> ModelFileError {
        ModelFileError(
            .unreadable, file: path, "cannot be written: \(String(cString: strerror(number)))",
            advice: "check that its folder exists, that you may write there, and that the disk has room")
    }
}
