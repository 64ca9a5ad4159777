import Archives

/// An entry of an archive as lines of checked UTF-8.
struct EntryText {
    /// The archive's path.
    let archive: String
    /// The entry's name.
    let entry: String
    /// The whole entry, without a byte order mark.
    let bytes: ArraySlice<UInt8>

    /// Reads the one entry whose path ends in `suffix`.
    init(endingWith suffix: String, in archive: Archive) throws(TaskError) {
        do throws(ArchiveError) {
            entry = try archive.entryName(endingWith: suffix)
            let content = try archive.read(entryNamed: entry, limits: .text)
            bytes = content.starts(with: [0xEF, 0xBB, 0xBF]) ? content.dropFirst(3) : content[...]
        } catch {
            throw .archive(error)
        }
        self.archive = archive.path
    }

    /// Reads a split in SuperGLUE's layout, version 2: `train.jsonl`, or `val.jsonl` with its labels.
    init(superGLUE split: ArchiveSplit, in archive: Archive) throws(TaskError) {
        try self.init(endingWith: split == .train ? "train.jsonl" : "val.jsonl", in: archive)
    }

    /// Gives `body` the lines with their numbers from 1, without line ends (LF or CR LF); what follows the last LF
    /// counts unless it is empty.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a line that is not UTF-8 or longer than any record, and for one line
    ///   too many, ``TaskError/emptySplit(archive:entry:)`` where there is none, or what `body` throws.
    func forEachLine(_ body: (_ number: Int, _ text: String) throws(TaskError) -> Void) throws(TaskError) {
        guard !bytes.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        try requireFewLines()
        var start = bytes.startIndex
        var number = 0
        while start < bytes.endIndex {
            number += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            try body(number, try text(of: bytes[start..<end], line: number))
            start = end + 1
        }
    }

    /// Refuses more lines than any split has before the first becomes an object.
    private func requireFewLines() throws(TaskError) {
        let count = lineEnds(in: bytes)
        guard count <= Self.maximumLines else {
            throw badRecord(
                line: Self.maximumLines + 1, found: "\(count) lines",
                expected: "at most \(Self.maximumLines)")
        }
    }

    private func text(of bytes: ArraySlice<UInt8>, line number: Int) throws(TaskError) -> String {
        let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        guard line.count <= Self.bytesPerLine else {
            throw badRecord(
                line: number, found: "a line of \(line.count) bytes",
                expected: "a record of at most \(Self.bytesPerLine)")
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw badRecord(line: number, found: "bytes that are not UTF-8", expected: "UTF-8 text")
        }
        return text
    }

    /// Lines of one split: forty times the records of the largest known task.
    ///
    /// Each becomes an object of hundreds of bytes, however short it is.
    private static let maximumLines = 4_000_000

    /// A hundred times the longest line of the known tasks.
    private static let bytesPerLine = 16 << 20

    /// Twice the largest document of the known tasks; a decoder takes many times the size of what it reads.
    private static let bytesPerDocument = 256 << 20

    /// Refuses bytes that are not UTF-8 or more than any document has, for documents that are not read by lines.
    private func requireUTF8() throws(TaskError) {
        guard bytes.count <= Self.bytesPerDocument else {
            throw badRecord(
                line: nil, found: "\(bytes.count) bytes",
                expected: "a document of at most \(Self.bytesPerDocument)")
        }
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        throw badRecord(
            line: firstLineBeyondUTF8, found: "bytes that are not UTF-8", expected: "UTF-8 text")
    }

    /// Refuses what a decoder must not be given whole: bytes that are not UTF-8, and more of anything than any document has.
    func requireDecodableDocument() throws(TaskError) {
        try requireUTF8()
        let excess = bytes.withUnsafeBufferPointer { JSONBudget.document.excess(in: $0) }
        guard let excess else { return }
        throw badRecord(
            line: 1 + lineEnds(in: bytes.prefix(excess.offset)),
            found: "\(excess.found), at byte \(excess.offset) of the document", expected: excess.expected)
    }

    /// The number of the first line that is not UTF-8; nil when all are.
    private var firstLineBeyondUTF8: Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            // Counted, not listed: a list of all lines would take many times the document.
            return 1 + lineEnds(in: bytes.prefix(error.byteOffsets.lowerBound))
        }
    }

    private func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var count = 0
            for byte in bytes where byte == UInt8(ascii: "\n") { count += 1 }
            return count
        }
    }

    /// An error about a place in this entry.
    func badRecord(line: Int?, field: String? = nil, found: String, expected: String) -> TaskError {
        .badRecord(
            BadRecord(
                archive: archive, entry: entry, line: line, field: field, found: found, expected: expected))
    }
}

/// Text from a file as it is shown in an error: quoted, on one line, cut when long.
func quoted(_ text: String) -> String {
    // By scalars, of which a character may have any number.
    let shown = text.unicodeScalars.prefix(40)
    return (String(shown) + (shown.endIndex < text.endIndex ? "…" : "")).debugDescription
}
