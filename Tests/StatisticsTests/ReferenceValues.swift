import Foundation

/// Values of R and its package survival, as `Fixtures/make_r_values.R` wrote them.
struct RValues: Decodable {
    struct Holm: Decodable {
        var pValues: [Double]
        var adjusted: [Double]
    }
    struct Survival: Decodable {
        var times: [Double]
        var events: [Double]
        var horizon: Double
        var mean: Double
        var error: Double
        var dropTimes: [Double]
        var survival: [Double]
    }
    struct Noncentral: Decodable {
        var degrees: Double
        var noncentrality: Double
        var x: Double
        var cumulative: Double
    }
    struct SampleSize: Decodable {
        var deviation: Double
        var margin: Double
        var pairs: Int
        var power: Double
    }

    var holm: [Holm]
    var survival: [Survival]
    var noncentral: [Noncentral]
    var sampleSizes: [SampleSize]

    static func load() throws -> RValues { try fixture("r_values.json") }
}

/// Values of SciPy and statsmodels, as `Fixtures/make_comparison_values.py` wrote them.
struct ComparisonValues: Decodable {
    struct Fieller: Decodable {
        var denominators: [Double]
        var numerators: [Double]
        var estimate: Double
        var interval: [Double]?
    }
    struct SignedRank: Decodable {
        var values: [Double]
        var above: Double
        var below: Double
    }
    struct Bootstrap: Decodable {
        var statistic: String
        var strata: [[Double]]
        var replicates: [Double]
        var percentile: [Double]
        var bca: [Double]
    }
    struct Welch: Decodable {
        var first: [Double]
        var second: [Double]
        var pValue: Double
        var interval: [Double]
    }
    struct Proportions: Decodable {
        var first: [Int]
        var second: [Int]
        var interval: [Double]
        var pValue: Double
    }
    struct Spread: Decodable {
        var values: [Double]
        var deviation: Double
        var limit: Double
    }
    struct Change: Decodable {
        var values: [Double]
        var position: Int
        var pValue: Double
        var shift: Double
    }

    var fieller: [Fieller]
    var signedRank: [SignedRank]
    var bootstrap: [Bootstrap]
    var welch: [Welch]
    var independentProportions: [Proportions]
    var spread: [Spread]
    var changePoints: [Change]

    static func load() throws -> ComparisonValues { try fixture("comparison_values.json") }
}

private func fixture<Value: Decodable>(_ name: String) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
}
