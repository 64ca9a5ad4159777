import ArgumentParser
import Foundation

/// Where data is looked for.
struct DataPaths: ParsableArguments {
    @Option(
        name: .customLong("data"), help: "A folder or file with data archives; may be given several times.")
    var folders: [String] = []
}

/// Where models are looked for.
struct ModelPaths: ParsableArguments {
    @Option(
        name: .customLong("models"),
        help: "A folder, file, wheel, zip or tar with a model; may be given several times.")
    var paths: [String] = []
}

/// Where data and models are looked for.
struct InputPaths: ParsableArguments {
    @OptionGroup var data: DataPaths
    @OptionGroup var models: ModelPaths

    /// Folders or files with data archives.
    var dataFolders: [String] { data.folders }

    /// Folders, files or archives with models.
    var modelPaths: [String] { models.paths }
}

/// Where suites, data and models are looked for; shared by the commands that need them.
struct SearchPaths: ParsableArguments {
    @OptionGroup var inputs: InputPaths

    @Option(name: .customLong("suites"), help: "The folder with suite files.")
    var suitesFolder: String?

    /// Folders or files with data archives.
    var dataFolders: [String] { inputs.dataFolders }

    /// Folders, files or archives with models.
    var modelPaths: [String] { inputs.modelPaths }

    /// Folders with suites: the one given, or `suites` here or beside the program's package.
    var suiteFolders: [String] {
        if let suitesFolder { return [suitesFolder] }
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        // .build/<triple>/<configuration>/lezobench: the package is four folders up.
        let package = (0..<4).reduce(executable) { url, _ in url.deletingLastPathComponent() }
        let candidates = ["suites", package.appendingPathComponent("suites").path]
        return candidates.filter { FileManager.default.fileExists(atPath: $0) }
    }
}
