import CArchive

/// How the bytes of a file as a whole are compressed; zip compresses its entries instead.
///
/// libarchive left to find out by itself would undo one compression after the other, up to 25 of them, and nothing could be
/// counted meanwhile: 903 bytes of zstd over zstd over gzip hold 50 GB of empty blocks.
enum ArchiveCompression: CaseIterable, Sendable, Hashable {
    case gzip
    case xz
    case zstd
    case bzip2

    /// What the first bytes of a file say, nil where they are of no known compression.
    init?(head: [UInt8]) {
        guard let match = Self.allCases.first(where: { head.starts(with: $0.mark) }) else { return nil }
        self = match
    }

    /// The bytes that a compressed file begins with.
    private var mark: [UInt8] {
        switch self {
        case .gzip: [0x1f, 0x8b]
        case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
        case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
        case .bzip2: [0x42, 0x5a, 0x68]
        }
    }

    /// libarchive's number of it.
    var filterCode: Int32 {
        switch self {
        case .gzip: ARCHIVE_FILTER_GZIP
        case .xz: ARCHIVE_FILTER_XZ
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .bzip2: ARCHIVE_FILTER_BZIP2
        }
    }
}
