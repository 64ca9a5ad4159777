import Archives

/// What can be wrong with a model's files: which file, where in it, what was found, and what to do.
package struct ModelFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sorts of trouble, for callers that act on them.
    package enum Kind: String, Sendable, Hashable {
        /// Nothing of that name, or no file there.
        case notFound
        /// The file cannot be opened or read.
        case unreadable
        /// The bytes break off or contradict themselves.
        case damaged
        /// Well formed, but of a sort that is not supported.
        case unsupported
        /// Two parts disagree, as a shape with a configuration.
        case mismatch
    }

    /// The sort of trouble.
    package var kind: Kind
    /// The file or folder.
    package var file: String
    /// Where in it: a field, a tensor, a byte offset, a line.
    package var place: String?
    /// What was found and what was expected.
    package var problem: String
    /// What to do about it.
    package var advice: String

    /// An error from all its parts.
    package init(_ kind: Kind, file: String, place: String? = nil, _ problem: String, advice: String) {
        self.kind = kind
        self.file = file
        self.place = place
        self.problem = problem
        self.advice = advice
    }

    /// The trouble in a sentence, then what to do.
    ///
    /// Names from inside a file are written so that a terminal shows them and does not obey them.
    package var description: String {
        let origin = [file, place ?? ""].filter { !$0.isEmpty }
        return (origin + ["\(problem); \(advice)."]).joined(separator: ": ").printable
    }

    /// Truncated or contradictory bytes.
    static func damaged(_ file: String, _ place: String?, _ problem: String) -> ModelFileError {
        ModelFileError(
            .damaged, file: file, place: place, problem,
            advice: "the file is truncated or corrupt: fetch it again and compare its SHA-256")
    }
}
