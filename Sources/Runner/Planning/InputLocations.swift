import Sandbox
package import Suites

/// The folders where a suite's inputs are looked for; for a sandbox suite the sandbox is made first.
package struct InputLocations: Sendable {
    /// Folders or files with archives.
    package let dataFolders: [String]
    /// Folders, files or archives with models.
    package let modelPaths: [String]

    /// The seed of the sandbox that suites run on.
    package static let sandboxSeed: UInt64 = 1

    /// Locations for a suite.
    ///
    /// - Parameters:
    ///   - suite: The suite.
    ///   - dataFolders: What the user named; used as they are unless the suite runs on the sandbox.
    ///   - modelPaths: Likewise.
    ///   - sandboxFolder: Where a sandbox is written; an existing one is written anew, with the same bytes.
    /// - Throws: `SandboxError` when the sandbox cannot be written.
    package init(suite: Suite, dataFolders: [String], modelPaths: [String], sandboxFolder: String) throws {
        try self.init(
            usesSandbox: suite.usesSandbox, dataFolders: dataFolders, modelPaths: modelPaths,
            sandboxFolder: sandboxFolder)
    }

    /// The same, for what is known to run on the sandbox or not.
    init(usesSandbox: Bool, dataFolders: [String], modelPaths: [String], sandboxFolder: String) throws {
        guard usesSandbox else {
            self.dataFolders = dataFolders
            self.modelPaths = modelPaths
            return
        }
        let sandbox = try Sandbox.make(in: sandboxFolder, seed: Self.sandboxSeed)
        self.dataFolders = [sandbox.dataFolder]
        self.modelPaths = [sandbox.modelFolder]
    }
}
