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
    /// - Throws: ``TaskError/badRecord(_:)`` for a line that is not UTF-8 or longer than any record,
    ///   ``TaskError/emptySplit(archive:entry:)`` where there is none, or what `body` throws.
    func forEachLine(_ body: (_ number: Int, _ text: String) throws(TaskError) -> Void) throws(TaskError) {
        guard !bytes.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        var start = bytes.startIndex
        var number = 0
        while start < bytes.endIndex {
            number += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            try body(number, try text(of: bytes[start..<end], line: number))
            start = end + 1
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

    /// A hundred times the longest line of the known tasks.
    private static let bytesPerLine = 16 << 20

    /// Twice the largest document of the known tasks; a decoder takes many times the size of what it reads.
    private static let bytesPerDocument = 256 << 20

    /// Refuses bytes that are not UTF-8 or more than any document has, for documents that are not read by lines.
    func requireUTF8() throws(TaskError) {
        guard bytes.count <= Self.bytesPerDocument else {
            throw badRecord(
                line: nil, found: "\(bytes.count) bytes",
                expected: "a document of at most \(Self.bytesPerDocument)")
        }
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        // A line break is never part of another character, so some line is wrong by itself.
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let wrong = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        throw badRecord(
            line: wrong.map { $0 + 1 }, found: "bytes that are not UTF-8", expected: "UTF-8 text")
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
