/// A zip written byte by byte, so that any part of it may lie.
package struct ZipBytes {
    /// One entry; what is nil is as it should be.
    package struct Entry {
        package var name: [UInt8]
        /// What stands behind the local header, as it is.
        package var content: [UInt8]
        /// 0 for stored, 8 for deflated.
        package var method: UInt16 = 0
        /// Bit 0 says that the entry is encrypted, bit 11 that the name is UTF-8.
        package var flags: UInt16 = 0
        package var checksum: UInt32?
        /// Bytes after unpacking, in the directory at the end.
        package var declaredBytes: UInt32?
        /// The same in the entry's own header; the directory's where nil.
        package var locallyDeclaredBytes: UInt32?
        /// Bytes in the file, in both places.
        package var packedBytes: UInt32?
        /// The name in the directory at the end; the entry's own where nil.
        package var directoryName: [UInt8]?
        /// The file's mode, as Unix has it.
        package var mode: UInt32 = 0o100644

        package init(_ name: String, _ content: [UInt8] = []) {
            self.name = Array(name.utf8)
            self.content = content
        }

        package init(name: [UInt8], content: [UInt8] = []) {
            self.name = name
            self.content = content
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The file.
    package var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(file.count)
            let declared = entry.declaredBytes ?? UInt32(entry.content.count)
            let directoryName = entry.directoryName ?? entry.name
            file += Array("PK\u{3}\u{4}".utf8) + little(UInt16(20))
            file += common(
                entry, declared: entry.locallyDeclaredBytes ?? declared, nameBytes: entry.name.count)
            file += entry.name + entry.content
            directory += Array("PK\u{1}\u{2}".utf8) + little(UInt16(3 << 8 | 20)) + little(UInt16(20))
            directory += common(entry, declared: declared, nameBytes: directoryName.count)
            directory += [0, 0, 0, 0, 0, 0] + little(entry.mode << 16) + little(offset) + directoryName
        }
        let count = little(UInt16(entries.count))
        return file + directory + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + count + count
            + little(UInt32(directory.count)) + little(UInt32(file.count)) + [0, 0]
    }

    /// What both headers have: flags, method, time, checksum, sizes, lengths of name and extra field.
    private func common(_ entry: Entry, declared: UInt32, nameBytes: Int) -> [UInt8] {
        var checksum = CRC32()
        checksum.update(entry.content)
        return little(entry.flags) + little(entry.method) + little(UInt32(0x21_0000))
            + little(entry.checksum ?? checksum.value)
            + little(entry.packedBytes ?? UInt32(entry.content.count)) + little(declared)
            + little(UInt16(nameBytes)) + little(UInt16(0))
    }
}

/// A zip of uncompressed entries, with checksums that fit, for tests that change what is inside.
package func storedZip(_ entries: [(String, [UInt8])]) -> [UInt8] {
    ZipBytes(entries.map { ZipBytes.Entry($0.0, $0.1) }).bytes
}

/// An integer's bytes, the lowest first.
package func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
