/// Tensors of one safetensors file.
///
/// Format: 8 bytes with the header's length, a JSON header with dtype, shape and byte range of each tensor,
/// then the bytes, which must be covered by the tensors without a gap or an overlap (Hugging Face,
/// safetensors `README.md`).
final class SafetensorsFile: FiledWeights {
    /// The format's own bound on the header.
    static let maximumHeaderBytes = 100_000_000

    private struct Tensor {
        var type: String
        var shape: [Int]
        var range: Range<Int>
    }

    private let file: FileBytes
    private let tensors: [String: Tensor]
    let tensorNames: [String]

    /// Reads and checks the header.
    init(_ file: FileBytes) throws(ModelFileError) {
        self.file = file
        let (header, dataStart) = try file.withBytes { (bytes) throws(ModelFileError) in
            var cursor = ByteCursor(bytes, file: file.name)
            let limit = min(Self.maximumHeaderBytes, max(bytes.count - 8, 0))
            let headerBytes = try cursor.count(atMost: limit, "the header's length")
            let header = try JSONFields(file: file.name, content: cursor.take(headerBytes, "the header"))
            return (header, cursor.offset)
        }
        var tensors: [String: Tensor] = [:]
        for name in header.members.keys.sorted() where name != "__metadata__" {
            tensors[name] = try Self.tensor(
                header.object(name), name: name, dataStart: dataStart, file: file)
        }
        self.tensors = tensors
        tensorNames = tensors.keys.sorted()
        try Self.checkCoverage(tensors, from: dataStart, file: file)
    }

    private static func tensor(
        _ fields: JSONFields, name: String, dataStart: Int, file: FileBytes
    ) throws(ModelFileError) -> Tensor {
        let type = try fields.text("dtype")
        let shape = try sizes(fields, "shape")
        let offsets = try sizes(fields, "data_offsets")
        let available = file.count - dataStart
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw .damaged(file.name, "tensor \(name)", "data_offsets are \(offsets), not a start and an end")
        }
        guard offsets[1] <= available else {
            throw .damaged(
                file.name, "tensor \(name)", "its bytes end at \(offsets[1]), the file's data at \(available)"
            )
        }
        guard let elementBytes = elementByteCounts[type] else {
            throw ModelFileError(
                .unsupported, file: file.name, place: "tensor \(name)", "the dtype \(type) is not known",
                advice: "save the model as F32, F16 or BF16")
        }
        guard let count = elementCount(shape), elementCount([count, elementBytes]) == offsets[1] - offsets[0]
        else {
            throw .damaged(
                file.name, "tensor \(name)",
                "shape \(shape) of \(type) does not fill its \(offsets[1] - offsets[0]) bytes")
        }
        return Tensor(type: type, shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
    }

    private static func sizes(_ fields: JSONFields, _ field: String) throws(ModelFileError) -> [Int] {
        var sizes: [Int] = []
        for value in try fields.array(field) {
            guard case .integer(let size) = value, size >= 0 else {
                throw fields.error(
                    .damaged, field, "\(value.sort) is no size",
                    advice: "save the file again, or fetch it again")
            }
            sizes.append(size)
        }
        return sizes
    }

    /// Bytes of one element of every dtype that has whole bytes.
    private static let elementByteCounts = [
        "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4,
        "U16": 2,
        "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
    ]

    private static func checkCoverage(
        _ tensors: [String: Tensor], from start: Int, file: FileBytes
    ) throws(ModelFileError) {
        var end = start
        let ordered = tensors.sorted {
            ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
                < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
        }
        for (name, tensor) in ordered {
            guard tensor.range.lowerBound == end else {
                let trouble =
                    tensor.range.lowerBound < end ? "overlap those of another tensor" : "leave a gap"
                throw .damaged(file.name, "tensor \(name)", "its bytes \(trouble) at byte \(end)")
            }
            end = tensor.range.upperBound
        }
        guard end == file.count else {
            throw .damaged(file.name, "byte \(end)", "\(file.count - end) bytes belong to no tensor")
        }
    }

    func shape(of name: String) -> [Int]? {
        tensors[name]?.shape
    }

    func typeName(of name: String) -> String? {
        tensors[name]?.type
    }

    func read(_ name: String, into destination: TensorDestination) throws(ModelFileError) {
        guard let tensor = tensors[name] else { throw missing(name, in: file.name) }
        try check(destination, for: name, shape: tensor.shape, in: file.name)
        guard let type = ElementType(rawValue: tensor.type) else {
            throw ModelFileError(
                .unsupported, file: file.name, place: "tensor \(name)", "its dtype is \(tensor.type)",
                advice: "save it as F32, F16 or BF16")
        }
        file.forEachPiece(of: tensor.range, multipleOf: type.byteCount) { piece, bytes in
            let start = (piece.lowerBound - tensor.range.lowerBound) / type.byteCount
            let end = (piece.upperBound - tensor.range.lowerBound) / type.byteCount
            destination.elements(start..<end).store(bytes, of: type)
        }
    }
}
