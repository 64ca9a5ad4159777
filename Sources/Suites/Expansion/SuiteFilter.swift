/// One `key=value` of `--filter`: keeps the part of a suite's matrix that has this value on that axis.
///
/// Filters with the same key are alternatives; filters with different keys must all hold. An entry marked
/// `optional` is left out unless a filter names its axis.
package struct SuiteFilter: Sendable, Hashable {
    /// An axis of the matrix.
    package enum Key: String, Sendable, Hashable, CaseIterable {
        case model
        case storage
        case task
        case shape
        case method
        case demonstrations
        case calibrate
        case draw
        case objective
        case sparsity
        case droppedLayers = "dropped_layers"
        case learningRate = "learning_rate"
        case optimizer
        case activations
        case tuned
        case rank
        case prefixTokens = "prefix_tokens"
        case rounding
        case plan
        case dataSeed = "data_seed"
        case noiseSeed = "noise_seed"
    }

    /// The axis.
    package let key: Key
    /// The value, spelt canonically: numbers as Swift prints them.
    package let value: String

    /// A filter from its text on the command line, such as `sparsity=0.75` or `shape=16x64`.
    ///
    /// - Throws: ``SuiteError`` naming the valid keys when the text is no `key=value` or the key is unknown.
    package init(_ text: String) throws(SuiteError) {
        let keys = Key.allCases.map(\.rawValue)
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw SuiteError.outside(
                "a filter has the form key=value, but it is '\(text)'",
                advice: "known keys are: \(keys.joined(separator: ", "))")
        }
        guard let key = Key(rawValue: parts[0]) else {
            throw SuiteError.outside(
                "unknown filter key '\(parts[0])' in '\(text)'",
                advice: NearestName.advice(for: parts[0], among: keys))
        }
        self.key = key
        switch key {
        case .sparsity, .learningRate:
            guard let number = Double(parts[1]) else {
                throw SuiteError.outside("the filter '\(text)' needs a number after '\(key.rawValue)='")
            }
            value = Self.spelling(number)
        case .model, .storage, .task, .shape, .method, .demonstrations, .calibrate, .draw, .objective,
            .droppedLayers, .optimizer, .activations, .tuned, .rank, .prefixTokens, .rounding, .plan,
            .dataSeed,
            .noiseSeed:
            value = parts[1]
        }
    }

    /// How a number is spelt as a value, so that 5e-6 and 0.000005 are the same.
    static func spelling(_ number: Double) -> String {
        String(number)
    }
}

extension Suite {
    /// The part of the suite that the filters keep; they replace none that were laid on it before.
    ///
    /// - Throws: ``SuiteError`` naming the valid values when a filter matches nothing, or when all of them together
    ///   leave nothing.
    package func filtered(by filters: [SuiteFilter]) throws(SuiteError) -> Suite {
        for filter in filters {
            let values = unique(points.flatMap { ($0.facts[filter.key] ?? []).sorted() })
            guard !values.isEmpty else {
                throw SuiteError.outside(
                    "suite '\(name)' has no \(filter.key.rawValue) to filter by",
                    advice: "it has: \(keysInUse.joined(separator: ", "))")
            }
            guard values.contains(filter.value) else {
                throw SuiteError.outside(
                    "the filter '\(filter.key.rawValue)=\(filter.value)' matches nothing in suite '\(name)'",
                    advice: "its values are: \(values.joined(separator: ", "))")
            }
        }
        let suite = Suite(
            name: name, title: title, fileName: fileName, protocolName: protocolName,
            protocolNames: protocolNames, defaultProtocolName: defaultProtocolName, fileSHA256: fileSHA256,
            text: text, claims: claims,
            usesSandbox: usesSandbox, timing: timing, points: points, filters: self.filters + filters,
            acceptedArchives: acceptedArchives, knownLayerCounts: knownLayerCounts)
        guard !suite.trials.isEmpty || !suite.timingCells.isEmpty else {
            let texts = suite.filters.map { "\($0.key.rawValue)=\($0.value)" }
            throw SuiteError.outside(
                "the filters \(texts.joined(separator: ", ")) together leave nothing of suite '\(name)'",
                advice: "leave one of them out")
        }
        return suite
    }

    private var keysInUse: [String] {
        let keys = Set(points.flatMap(\.facts.keys))
        return SuiteFilter.Key.allCases.filter { keys.contains($0) }.map(\.rawValue)
    }
}
