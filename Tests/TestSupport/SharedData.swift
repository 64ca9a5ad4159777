package import Foundation

/// Where the real archives lie, when they do: in `../shared/data` beside the package root.
package enum SharedData {
    package static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data")

    /// Paths by the tasks' names.
    package static let archivePaths = [
        "sst2": "glue/SST-2.zip", "rte": "superglue/RTE.zip", "cb": "superglue/CB.zip",
        "boolq": "superglue/BoolQ-subset.zip", "wsc": "superglue/WSC.zip", "wic": "superglue/WiC.zip",
        "multirc": "superglue/MultiRC.zip", "copa": "superglue/COPA.zip",
        "record": "superglue/ReCoRD-subset.zip", "squad": "squad",
        "drop": "drop/drop_dataset-dev-derived.zip",
    ].mapValues { folder.appending(path: $0).path }

    /// The names of tasks that have an archive, in the order of their names.
    package static let tasks = archivePaths.keys.sorted()

    package static let isPresent =
        archivePaths.values.allSatisfy(FileManager.default.fileExists(atPath:))
        && FileManager.default.fileExists(atPath: folder.appending(path: "tokenizers/opt/vocab.json").path)

    package static let absence = "no ../shared/data beside the package root: real archives are not checked"
}
