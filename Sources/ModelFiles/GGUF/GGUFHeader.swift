/// What stands before the numbers of a GGUF file: metadata, and name, shape, type and place of each tensor.
///
/// Format: versions 2 and 3, little endian (ggml, `docs/gguf.md`).
struct GGUFHeader {
    /// One tensor's entry.
    struct Tensor {
        /// Row-major: the file's own order, which starts with the fastest dimension, reversed.
        var shape: [Int]
        var type: GGUFTensorType
        /// Where its bytes are in the file.
        var range: Range<Int>
    }

    let file: String
    let metadata: [String: GGUFValue]
    /// Bytes from the file's start to the end of the metadata.
    let metadataEnd: Int
    let tensors: [String: Tensor]

    /// Bytes that a header may have: ten times those of the largest published vocabularies.
    static let maximumBytes = 128 << 20

    /// Parses the header of a whole file.
    init(_ file: FileBytes) throws(ModelFileError) {
        self = try file.withBytes { (bytes) throws(ModelFileError) in
            try GGUFHeader(bytes, file: file.name, fileBytes: bytes.count)
        }
    }

    /// Parses a header.
    ///
    /// - Parameters:
    ///   - bytes: The file's start, or all of it.
    ///   - fileBytes: The file's full size, against which every tensor's place is checked.
    init(_ bytes: UnsafeRawBufferPointer, file: String, fileBytes: Int) throws(ModelFileError) {
        self.file = file
        var cursor = ByteCursor(
            UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, Self.maximumBytes)]), file: file)
        let magic = try cursor.take(4, "the magic number")
        guard magic.elementsEqual("GGUF".utf8) else {
            throw .damaged(file, "byte 0", "does not start with GGUF")
        }
        let version = try cursor.integer(UInt32.self, "the version")
        guard version == 2 || version == 3 else {
            let swapped = version.byteSwapped == 2 || version.byteSwapped == 3
            throw ModelFileError(
                .unsupported, file: file, place: "byte 4",
                swapped ? "is big endian" : "has version \(version); versions 2 and 3 are read",
                advice: "convert the model with a current llama.cpp")
        }
        let tensorCount = try cursor.count(atMost: 1 << 20, "the number of tensors")
        metadata = try Self.metadata(&cursor)
        metadataEnd = cursor.offset
        tensors = try Self.tensors(&cursor, count: tensorCount, metadata: metadata, fileBytes: fileBytes)
    }

    private static func metadata(_ cursor: inout ByteCursor) throws(ModelFileError) -> [String: GGUFValue] {
        var metadata: [String: GGUFValue] = [:]
        let count = try cursor.count(atMost: 1 << 20, "the number of metadata values")
        var elementsLeft = GGUFValue.maximumElements
        for _ in 0..<count {
            let start = cursor.offset
            let key = try cursor.ggufString("a metadata key")
            let value = try cursor.ggufValue(key, elementsLeft: &elementsLeft)
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw .damaged(cursor.file, "byte \(start)", "the metadata key \(key) stands twice")
            }
        }
        return metadata
    }

    private static func tensors(
        _ cursor: inout ByteCursor, count: Int, metadata: [String: GGUFValue], fileBytes: Int
    ) throws(ModelFileError) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        var ends: [(String, Range<Int>)] = []
        for _ in 0..<count {
            let start = cursor.offset
            let name = try cursor.ggufString("a tensor's name")
            let tensor = try tensor(&cursor, name: name)
            guard tensors.updateValue(tensor, forKey: name) == nil else {
                throw .damaged(cursor.file, "byte \(start)", "the tensor \(name) stands twice")
            }
        }
        let alignment = try alignment(metadata, file: cursor.file)
        let dataStart = (cursor.offset + alignment - 1) / alignment * alignment
        for (name, tensor) in tensors {
            let (end, overflows) = dataStart.addingReportingOverflow(tensor.range.upperBound)
            guard tensor.range.lowerBound.isMultiple(of: alignment) else {
                throw .damaged(cursor.file, "tensor \(name)", "its place is no multiple of \(alignment)")
            }
            guard !overflows, end <= fileBytes else {
                throw .damaged(
                    cursor.file, "tensor \(name)",
                    "its data end at byte \(tensor.range.upperBound) after the header, "
                        + "the file at byte \(fileBytes - dataStart)")
            }
            tensors[name]?.range = dataStart + tensor.range.lowerBound..<end
            ends.append((name, tensor.range))
        }
        try checkOverlap(ends, file: cursor.file)
        return tensors
    }

    private static func tensor(_ cursor: inout ByteCursor, name: String) throws(ModelFileError) -> Tensor {
        let dimensions = try cursor.integer(UInt32.self, "the number of dimensions of \(name)")
        guard (1...4).contains(dimensions) else {
            throw .damaged(cursor.file, "tensor \(name)", "has \(dimensions) dimensions; 1 to 4 are possible")
        }
        var shape: [Int] = []
        for _ in 0..<dimensions {
            shape.append(try cursor.count(atMost: 1 << 40, "a size of \(name)"))
        }
        let number = try cursor.integer(UInt32.self, "the type of \(name)")
        guard let type = GGUFTensorType(rawValue: number) else {
            throw ModelFileError(
                .unsupported, file: cursor.file, place: "tensor \(name)", "its type number is \(number)",
                advice: "use a file whose types are among \(GGUFTensorType.supportedNames)")
        }
        let offset = try cursor.count(atMost: 1 << 50, "the place of \(name)")
        guard let count = elementCount(shape), count > 0, count < 1 << 45,
            shape[0].isMultiple(of: type.blockElements)
        else {
            throw .damaged(
                cursor.file, "tensor \(name)", "shape \(shape) does not go into blocks of its type")
        }
        let size = count / type.blockElements * type.blockBytes
        return Tensor(shape: shape.reversed(), type: type, range: offset..<offset + size)
    }

    private static func alignment(
        _ metadata: [String: GGUFValue], file: String
    ) throws(ModelFileError) -> Int {
        guard let value = metadata["general.alignment"] else { return 32 }
        guard case .integer(let alignment) = value, alignment > 0, alignment <= 1 << 20,
            alignment & (alignment - 1) == 0
        else {
            throw .damaged(
                file, "key general.alignment", "a power of two was expected, \(value.sort) was found")
        }
        return alignment
    }

    private static func checkOverlap(
        _ ranges: [(String, Range<Int>)], file: String
    ) throws(ModelFileError) {
        let ordered = ranges.sorted { ($0.1.lowerBound, $0.0) < ($1.1.lowerBound, $1.0) }
        for (former, next) in zip(ordered, ordered.dropFirst()) where former.1.upperBound > next.1.lowerBound
        {
            throw .damaged(file, "tensor \(next.0)", "its data overlap those of \(former.0)")
        }
    }
}
