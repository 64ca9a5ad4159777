import Foundation

/// Values of SciPy and NumPy, as `Fixtures/make_scipy_values.py` wrote them.
struct ScipyValues: Decodable {
    struct BinomialInterval: Decodable {
        var successes: Int
        var trials: Int
        var confidence: Double
        var exact: [Double]
        var wilson: [Double]
    }
    struct BinomialCumulative: Decodable {
        var trials: Int
        var probability: Double
        var count: Int
        var cumulative: Double
        var mass: Double
    }
    struct IncompleteBeta: Decodable {
        var a: Double
        var b: Double
        var x: Double
        var value: Double
        var inverse: Double
    }
    struct Student: Decodable {
        var degrees: Double
        var x: Double
        var cumulative: Double
        var probability: Double
        var quantile: Double
    }
    struct Normal: Decodable {
        var x: Double
        var cumulative: Double
        var probability: Double
        var quantile: Double
    }
    struct Sample: Decodable {
        var values: [Double]
        var median: Double
        var hodgesLehmann: Double
        var quantiles: [String: Double]
        var mean: Double
        var deviation: Double?
        var tInterval: [Double]?
    }
    struct Shift: Decodable {
        var value: Double
        var isRejected: Bool
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            value = try container.decode(Double.self)
            isRejected = try container.decode(Bool.self)
        }
    }
    struct SignedRankConsistency: Decodable {
        var values: [Double]
        var shifts: [Shift]
    }
    struct SignedRankCumulative: Decodable {
        var count: Int
        var cumulative: [Double]
    }
    struct Spearman: Decodable {
        var x: [Double]
        var y: [Double]
        var correlation: Double
        var ranks: [Double]
    }
    struct McNemar: Decodable {
        var first: Int
        var second: Int
        var pValue: Double
    }
    struct NonInferiority: Decodable {
        var differences: [Double]
        var margin: Double
        var lowerBound: Double
        var signFlipPValue: Double
    }

    var binomialIntervals: [BinomialInterval]
    var binomialCumulative: [BinomialCumulative]
    var incompleteBeta: [IncompleteBeta]
    var student: [Student]
    var normal: [Normal]
    var samples: [Sample]
    var signedRankConsistency: [SignedRankConsistency]
    var signedRankCumulative: [SignedRankCumulative]
    var spearman: [Spearman]
    var mcNemar: [McNemar]
    var nonInferiority: [NonInferiority]

    static func load() throws -> ScipyValues {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/scipy_values.json")
        return try JSONDecoder().decode(ScipyValues.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree relatively, or absolutely when they are tiny.
func agree(_ first: Double, _ second: Double, within tolerance: Double = 1e-10) -> Bool {
    abs(first - second) <= tolerance * max(abs(first), abs(second), 1e-6)
}
