import Foundation

/// Finds models by name among files, archives and folders.
package enum ModelCatalog {
    /// Opens the first model of a name.
    ///
    /// What bears the name wins: a GGUF file by its file name, then by its `general.name`, a Hugging Face
    /// folder or archive by its own. After that an OPT folder is taken whose shape is the official one of the
    /// name, unless its own name says that it is another model. Paths are searched in the order given, to a
    /// depth of 3.
    ///
    /// - Parameters:
    ///   - name: Such as `opt-125m`; case, `_` and quantisation suffixes do not matter.
    ///   - paths: Model files, archives that hold one, Hugging Face folders, or folders of any of these.
    /// - Throws: ``ModelFileError`` saying what was searched and what was found instead; or what is wrong
    ///   with the model that bears the name.
    package static func locate(name: String, in paths: [String]) throws(ModelFileError) -> ModelSource {
        let finder = ModelFinder(paths)
        let wanted = normalizedModelName(name)
        let candidates = finder.locations.map(ModelCandidate.init)
        if let match = candidates.first(where: { $0.names.contains(wanted) })
            ?? candidates.first(where: { bears(wanted, inHeaderOf: $0) })
            ?? candidates.first(where: { hasShape(of: wanted, $0) })
        {
            return try open(match.location, name: KnownModels.names.contains(wanted) ? wanted : name)
        }
        // A path that was named itself and is damaged is the likelier trouble than a missing model.
        if let trouble = finder.troubles.first(where: { paths.contains($0.file) }) { throw trouble }
        throw notFound(name, paths: paths, finder: finder)
    }

    /// Opens the model at a location that ``locate(name:in:)`` or ``list(in:)`` gave, without searching.
    ///
    /// - Parameter name: The name it is to have. When it is a known one, the shape must be that model's.
    package static func open(_ location: ModelLocation, name: String) throws(ModelFileError) -> ModelSource {
        let candidate = ModelCandidate(location: location)
        let source: ModelSource
        if candidate.isGGUF {
            let file =
                if let entry = location.entry {
                    try FileBytes(.opened(location.path), entry: entry)
                } else {
                    try FileBytes(mapping: location.path)
                }
            source = try ModelSource(gguf: file, location: location, name: name)
        } else if candidate.isSafetensors {
            source = try openSafetensors(location, name: name)
        } else {
            source = try ModelSource(candidate.folder(), location: location, name: name)
        }
        try checkShape(source)
        return source
    }

    private static func openSafetensors(
        _ location: ModelLocation, name: String
    ) throws(ModelFileError) -> ModelSource {
        let folderPath = URL(fileURLWithPath: location.path).deletingLastPathComponent().path
        let folder = try ModelFolder(path: folderPath)
        let isDescribed = folder.fileNames.contains("config.json")
        guard
            let configuration = isDescribed
                ? try folder.configuration() : KnownModels.configuration(named: name)
        else {
            throw ModelFileError(
                .notFound, file: location.path,
                "there is no config.json beside it, and \(name) is no known model",
                advice: "put the model's config.json beside it, or ask for one of "
                    + KnownModels.names.joined(separator: ", "))
        }
        let checkpoint = try Checkpoint(
            safetensors: FileBytes(mapping: location.path), configuration: configuration)
        return ModelSource(
            checkpoint, location: location, configuration: configuration,
            tokenizer: try folder.tokenizer(for: configuration), name: name)
    }

    /// Everything under the paths that could be a model, and archives that could not be looked into.
    ///
    /// - Returns: Listings in the order of the search; a missing path is a listing with its trouble.
    package static func list(in paths: [String]) -> [ModelListing] {
        let finder = ModelFinder(paths)
        var listings = finder.locations.map { location in
            let candidate = ModelCandidate(location: location)
            do throws(ModelFileError) {
                let configuration = try candidate.configuration()
                return ModelListing(
                    name: knownName(candidate, configuration) ?? candidate.names[0], location: location,
                    configuration: configuration)
            } catch {
                return ModelListing(name: candidate.names[0], location: location, trouble: error)
            }
        }
        for trouble in finder.troubles {
            listings.append(
                ModelListing(
                    name: lastComponent(trouble.file), location: ModelLocation(path: trouble.file),
                    trouble: trouble))
        }
        for path in finder.missing {
            listings.append(
                ModelListing(
                    name: lastComponent(path), location: ModelLocation(path: path),
                    trouble: ModelFileError(
                        .notFound, file: path, "there is no such file or folder", advice: "check the path")))
        }
        return listings
    }

    private static func knownName(_ candidate: ModelCandidate, _ configuration: ModelConfiguration?)
        -> String?
    {
        if let own = candidate.names.first(where: KnownModels.names.contains) { return own }
        return KnownModels.names.first { hasShape(of: $0, candidate) }
    }

    private static func bears(_ wanted: String, inHeaderOf candidate: ModelCandidate) -> Bool {
        guard candidate.isGGUF, let header = try? candidate.header(),
            case .string(let name)? = header.metadata["general.name"]
        else { return false }
        return normalizedModelName(name) == wanted
    }

    /// Whether an OPT folder has the official shape of a name, and no name of its own that says otherwise.
    ///
    /// Shape alone does not tell a Llama-family model from its fine-tuned kin, so these go by name only.
    private static func hasShape(of wanted: String, _ candidate: ModelCandidate) -> Bool {
        guard !candidate.isGGUF, let known = KnownModels.configuration(named: wanted), known.family == .opt,
            (try? candidate.configuration()) == known
        else { return false }
        return !candidate.names.contains { $0.hasPrefix("opt-") && !$0.hasPrefix(wanted) }
    }

    private static func checkShape(_ source: ModelSource) throws(ModelFileError) {
        guard let known = KnownModels.configuration(named: source.name), known != source.configuration else {
            return
        }
        throw ModelFileError(
            .mismatch, file: source.location.text,
            "is named \(source.name), but "
                + known.differences(from: source.configuration).joined(separator: ", "),
            advice: "give it the name of the model that it is")
    }

    private static func notFound(_ name: String, paths: [String], finder: ModelFinder) -> ModelFileError {
        let found = list(in: paths).filter { $0.trouble == nil || $0.trouble?.kind != .notFound }
        let instead = found.prefix(8).map { listing in
            "\(listing.name) (\(listing.location.text)\(listing.trouble.map { ": \($0.problem)" } ?? ""))"
        }
        var problem =
            paths.isEmpty
            ? "no path was given to search"
            : "no model \(name) was found; found instead: "
                + (instead.isEmpty ? "nothing" : instead.joined(separator: ", "))
        if !finder.missing.isEmpty {
            problem += "; does not exist: \(finder.missing.joined(separator: ", "))"
        }
        var advice = "name the model's file, archive or folder, or a folder that holds it, with --models"
        if !KnownModels.names.contains(normalizedModelName(name)),
            let near = KnownModels.nearestName(to: name)
        {
            advice += " (did you mean \(near)?)"
        }
        return ModelFileError(.notFound, file: paths.joined(separator: ", "), problem, advice: advice)
    }
}

extension ModelConfiguration {
    /// The sizes in which another configuration differs, as sentences.
    func differences(from found: ModelConfiguration) -> [String] {
        let pairs: [(String, String, String)] = [
            ("family", family.rawValue, found.family.rawValue),
            ("vocabulary size", "\(vocabularySize)", "\(found.vocabularySize)"),
            ("hidden size", "\(hiddenSize)", "\(found.hiddenSize)"),
            ("feed-forward size", "\(feedForwardSize)", "\(found.feedForwardSize)"),
            ("layer count", "\(layerCount)", "\(found.layerCount)"),
            ("head count", "\(headCount)", "\(found.headCount)"),
            ("key/value head count", "\(keyValueHeadCount)", "\(found.keyValueHeadCount)"),
            ("position count", "\(maximumPositions)", "\(found.maximumPositions)"),
            ("embedding size", "\(embeddingSize)", "\(found.embeddingSize)"),
            ("norm before blocks", "\(normalizesBefore)", "\(found.normalizesBefore)"),
            ("norm epsilon", "\(normEpsilon)", "\(found.normEpsilon)"),
            ("rotary base", "\(rotaryBase)", "\(found.rotaryBase)"),
            ("tied embeddings", "\(tiesEmbeddings)", "\(found.tiesEmbeddings)"),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "its \($0.0) is \($0.2), not \($0.1)" }
    }
}
