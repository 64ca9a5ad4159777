import Archives
import Foundation

extension ModelFileError {
    /// The same trouble, met below in an archive.
    init(_ error: ArchiveError) {
        let kind: Kind
        let path: String
        switch error {
        case .cannotOpen(let file, _), .cannotWrite(let file, _): (kind, path) = (.unreadable, file)
        case .notAnArchive(let file, _): (kind, path) = (.damaged, file)
        case .entryNotFound(let file, _, _), .ambiguousEntry(let file, _, _): (kind, path) = (.notFound, file)
        case .damaged(let file, _, _): (kind, path) = (.damaged, file)
        case .unsafeName(let file, _, _), .duplicateEntry(let file, _, _), .encryptedEntry(let file, _),
            .notAFile(let file, _), .limitExceeded(let file, _, _, _, _):
            (kind, path) = (.unsupported, file)
        case .notFound: (kind, path) = (.notFound, "")
        }
        var text = error.description
        if text.hasPrefix(path + ": ") { text.removeFirst(path.count + 2) }
        if text.hasSuffix(".") { text.removeLast() }
        let cut = text.range(of: "; ", options: .backwards)
        self.init(
            kind, file: path, String(cut.map { text[..<$0.lowerBound] } ?? text[...]),
            advice: cut.map { String(text[$0.upperBound...]) } ?? "check the archive")
    }
}
