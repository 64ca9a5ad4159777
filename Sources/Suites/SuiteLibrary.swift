import Foundation

/// The suite files in some folders.
package enum SuiteLibrary {
    /// Loads the suite that `name` means: a path when it ends in .yaml or .yml or holds a slash, else the first
    /// `NAME.yaml` in the folders.
    ///
    /// - Parameter protocolName: One of its protocols; nil for its default.
    /// - Throws: ``SuiteError`` naming the folders searched and the nearest suite when there is none.
    package static func find(
        _ name: String, in folders: [String], vocabulary: SuiteVocabulary, protocolName: String? = nil
    ) throws(SuiteError) -> Suite {
        if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            return try Suite.load(path: name, vocabulary: vocabulary, protocolName: protocolName)
        }
        let paths = files(in: folders)
        if let path = paths.first(where: { stem($0) == name }) {
            return try Suite.load(path: path, vocabulary: vocabulary, protocolName: protocolName)
        }
        guard !folders.isEmpty else {
            throw SuiteError.outside(
                "there is no suite '\(name)': no folder with suites was found (looked for ./suites and beside the program)",
                advice: "name one with --suites")
        }
        let names = unique(paths.filter { !PretrainingPlan.isPlan(path: $0) }.map(stem)).sorted()
        throw SuiteError.outside(
            "there is no suite '\(name)' in \(folders.joined(separator: ", "))",
            advice: names.isEmpty
                ? "no suite files are there; give a path that ends in .yaml"
                : NearestName.advice(for: name, among: names))
    }

    /// Loads every suite of the folders, by name, once for each of its protocols; of two with one name the earlier
    /// folder's.
    ///
    /// A file with an error does not hide the others: it is listed with its error.
    package static func list(
        in folders: [String], vocabulary: SuiteVocabulary
    ) -> [Result<Suite, SuiteError>] {
        var seen: Set<String> = []
        let paths = files(in: folders).filter {
            seen.insert(stem($0)).inserted && !PretrainingPlan.isPlan(path: $0)
        }
        return paths.sorted { stem($0) < stem($1) }.flatMap { path -> [Result<Suite, SuiteError>] in
            do throws(SuiteError) {
                return try protocols(ofFile: path, vocabulary: vocabulary).map(Result.success)
            } catch {
                return [.failure(error)]
            }
        }
    }

    /// A file's suite under each of its protocols.
    private static func protocols(
        ofFile path: String, vocabulary: SuiteVocabulary
    ) throws(SuiteError) -> [Suite] {
        let suite = try Suite.load(path: path, vocabulary: vocabulary)
        var suites: [Suite] = []
        for name in suite.protocolNames {
            suites.append(
                name == suite.protocolName
                    ? suite : try Suite.load(path: path, vocabulary: vocabulary, protocolName: name))
        }
        return suites.isEmpty ? [suite] : suites
    }

    /// Paths of the suite files, folder by folder, sorted within each.
    private static func files(in folders: [String]) -> [String] {
        folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
                .map { URL(fileURLWithPath: folder).appendingPathComponent($0).relativePath }
        }
    }

    private static func stem(_ path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }
}
