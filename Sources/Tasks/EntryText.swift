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
            let content = try archive.read(entryNamed: entry)
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

    /// The lines with their numbers from 1, without line ends (LF or CR LF); what follows the last LF counts
    /// unless it is empty.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a line that is not UTF-8, or ``TaskError/emptySplit(archive:entry:)``.
    func lines() throws(TaskError) -> [(number: Int, text: String)] {
        var result: [(number: Int, text: String)] = []
        var pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if pieces.last?.isEmpty == true { pieces.removeLast() }
        for (index, piece) in pieces.enumerated() {
            let line = piece.last == UInt8(ascii: "\r") ? piece.dropLast() : piece
            guard let text = String(validating: line, as: UTF8.self) else {
                throw badRecord(
                    line: index + 1, found: "bytes that are not UTF-8", expected: "UTF-8 text")
            }
            result.append((index + 1, text))
        }
        guard !result.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        return result
    }

    /// Refuses bytes that are not UTF-8, for documents that are not read by lines.
    func requireUTF8() throws(TaskError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        // Only to say where: the first line that is not UTF-8.
        _ = try lines()
        throw badRecord(line: nil, found: "bytes that are not UTF-8", expected: "UTF-8 text")
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
    let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
    return String(shown).debugDescription
}
