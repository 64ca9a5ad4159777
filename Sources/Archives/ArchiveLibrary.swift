import CArchive

/// The libarchive that this process loaded.
package enum ArchiveLibrary {
    /// Its own version string, such as `libarchive 3.6.2`.
    package static var version: String {
        archive_version_string().map { String(cString: $0) } ?? "unknown"
    }
}
