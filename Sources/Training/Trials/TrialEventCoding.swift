package import Foundation

/// Events as lines of JSON, the form in which they cross the pipe.
package enum TrialEventCoding {
    /// One line, without its newline.
    package static func encode(_ event: TrialEvent) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .lezobench
        return Array(try encoder.encode(event))
    }

    /// The event of one line.
    package static func decode(_ line: [UInt8]) throws -> TrialEvent {
        try makeDecoder().decode(TrialEvent.self, from: Data(line))
    }

    /// A decoder for whatever crosses the pipe between parent and child.
    package static func makeDecoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}

extension JSONEncoder.NonConformingFloatEncodingStrategy {
    /// Non-finite losses must survive the pipe: they are how a divergence is told.
    package static var lezobench: Self {
        .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }
}
