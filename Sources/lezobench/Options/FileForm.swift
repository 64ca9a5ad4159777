/// The endings of files that say what form they are of.
enum FileEnding: String, CaseIterable {
    case markdown = "md"
    case csv
    case latex = "tex"
    case json

    /// The ending of a path, nil when it is none of these.
    init?(ofPath path: String) {
        let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last
        self.init(rawValue: ending?.lowercased() ?? "")
    }
}

/// A form of output that the ending of a file can name.
protocol FileForm: CaseIterable {
    /// The ending that names it, nil when none does.
    var fileEnding: FileEnding? { get }
}
