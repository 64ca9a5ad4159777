/// A suite file: one document, or one for each of its protocols.
struct SuiteProtocols {
    /// What a suite without a choice of protocols has instead.
    static let nameless = ""

    /// Documents by the names of their protocols, in the order of the file.
    var documents: [(name: String, document: SuiteDocument)]
    /// The protocol that is run when none is asked for.
    var defaultName: String

    /// The names of the protocols; none when there is no choice.
    var names: [String] { documents.map(\.name).filter { $0 != Self.nameless } }

    /// The document of a protocol, or of the default one when `name` is nil.
    ///
    /// - Throws: ``SuiteError`` that lists the protocols when there is none of that name.
    func document(named name: String?, ofSuite suite: String) throws(SuiteError) -> SuiteDocument {
        let wanted = name ?? defaultName
        guard let found = documents.first(where: { $0.name == wanted }) else {
            throw SuiteError.outside(
                names.isEmpty
                    ? "the suite '\(suite)' has no protocols to choose among, but '\(wanted)' was asked for"
                    : "the suite '\(suite)' has no protocol '\(wanted)'",
                advice: names.isEmpty
                    ? "leave the protocol out" : NearestName.advice(for: wanted, among: names))
        }
        return found.document
    }
}

extension SuiteReader {
    /// The documents of the file whose top is `root`, every one checked.
    func protocols(_ root: SuiteNode) throws(SuiteError) -> SuiteProtocols {
        let top = try root.mapping(known: Self.keys, required: ["suite", "title"])
        guard let list = top["protocols"] else {
            if let place = top["default_protocol"] {
                throw place.error(
                    "'default_protocol' names one of 'protocols', and this suite has none",
                    advice: "remove it")
            }
            return SuiteProtocols(
                documents: [(SuiteProtocols.nameless, try document(top, matrix: top, root: root))],
                defaultName: SuiteProtocols.nameless)
        }
        for key in Self.matrixKeys {
            if let place = top[key] {
                throw place.error(
                    "'\(key)' is stated by each protocol, so it cannot stand beside 'protocols'",
                    advice: "move it into the protocols")
            }
        }
        var documents: [(name: String, document: SuiteDocument)] = []
        for (name, place) in try list.namedElements(what: "protocol") {
            let matrix = try place.mapping(known: Self.matrixKeys)
            documents.append((name, try document(top, matrix: matrix, root: place)))
        }
        guard let place = top["default_protocol"] else {
            throw root.error(
                "a suite with 'protocols' needs the key 'default_protocol'",
                advice: "name the one to run when none is asked for")
        }
        return SuiteProtocols(
            documents: documents,
            defaultName: try place.word(among: documents.map(\.name), what: "protocol"))
    }
}
